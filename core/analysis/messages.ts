import { F64Column, U32Column, type Column } from '../bytes/column.ts';
import { Heap } from '../bytes/heap.ts';
import { Interner } from '../bytes/intern.ts';
import { tokenText, utf8 } from '../bytes/text.ts';
import type { Extents } from '../decode/extents.ts';
import { CALL_FIELDS, OfCall } from './call-records.ts';
import { Method } from './method.ts';
import { PieceTable } from './piece-table.ts';
import { BitField, Field, Records } from './records.ts';
import { NOTES } from './row-notes.ts';
import type { Sighting } from './sighting.ts';

export { Method } from './method.ts';

/** Bits of the column `flags`. */
export const Flag = {
  Request: 1 << 0,
  /** The message does not stand in the capture in one piece: `position` is a number in `extents`. */
  Pieces: 1 << 1,
  /** Some of its bytes were not captured (snaplen) or it ended before its headers did. */
  Truncated: 1 << 2,
  /** Has a body of type application/sdp, or a multipart one, which may hold SDP. */
  Sdp: 1 << 3,
  /** Came out of an ESP packet that was opened, also of one with NULL encryption. */
  Decrypted: 1 << 4,
  /** Seen before: written by the analyses. */
  Retransmission: 1 << 5,
  Copy: 1 << 6,
} as const;

/** Where the numbers of a message are in its record, for whoever looks at many of them. `Methods` holds method and that of CSeq, `Bits` flags, transport, Max-Forwards and number of Vias. */
export const At = {
  Frame: 0,
  Length: 1,
  Src: 2,
  Dst: 3,
  Ports: 4,
  Bits: 5,
  Methods: 6,
  Status: 7,
  CseqNumber: 8,
  CallId: 9,
  FromTag: 10,
  ToTag: 11,
  Branch: 12,
  SentBy: 13,
  BodyAt: 14,
  BodyLength: 15,
} as const;
/** Numbers in a record of `Messages`. */
const FIELDS = 16;
/** The highest number of a method: 16 bits. */
const MOST_METHODS = 0xffff;

/**
 * Every SIP message of the session, a row of numbers each, in the order in which they were handed over: that of the
 * packets that completed them, but what stands behind a hole in a stream comes when the hole is given up.
 * What is not in a column (display names, URIs …) is read again from the message's bytes when somebody looks.
 */
export class Messages {
  /** See At. */
  readonly records = new Records(FIELDS);
  /** By row: what the analyses keep of a message (row-notes.ts). */
  readonly notes = new Records(NOTES);
  /** By Call-ID: what messages of one call ask for (call-records.ts). */
  readonly callRecords = new Records(CALL_FIELDS);
  /** Nanoseconds since the session's base. */
  readonly time = new F64Column();
  /** Where its bytes are: a position (see Extents), or with Flag.Pieces a number in `extents`. */
  readonly position = new F64Column();
  /** Packet that completed the message, from 1. */
  readonly frame = new Field(this.records, At.Frame);
  readonly length = new Field(this.records, At.Length);
  readonly src = new Field(this.records, At.Src);
  readonly dst = new Field(this.records, At.Dst);
  readonly sport = new BitField(this.records, At.Ports, 16, 16);
  readonly dport = new BitField(this.records, At.Ports, 0, 16);
  readonly flags = new BitField(this.records, At.Bits, 0, 8);
  readonly transport = new BitField(this.records, At.Bits, 8, 8);
  /** 255 where missing. */
  readonly maxForwards = new BitField(this.records, At.Bits, 16, 8);
  /** At most 255. */
  readonly viaCount = new BitField(this.records, At.Bits, 24, 8);
  /** Number in `methods`; 0 for a response. */
  readonly method = new BitField(this.records, At.Methods, 0, 16);
  /** Number in `methods`. */
  readonly cseqMethod = new BitField(this.records, At.Methods, 16, 16);
  /** 0 to 999; 0 for a request. */
  readonly status = new BitField(this.records, At.Status, 0, 16);
  /** Bits of SipFault. */
  readonly faults = new BitField(this.records, At.Status, 16, 16);
  readonly cseqNumber = new Field(this.records, At.CseqNumber);
  /** Numbers in the interners below; 0 where the message has none. */
  readonly callId = new Field(this.records, At.CallId);
  readonly fromTag = new Field(this.records, At.FromTag);
  readonly toTag = new Field(this.records, At.ToTag);
  readonly branch = new Field(this.records, At.Branch);
  readonly sentBy = new Field(this.records, At.SentBy);
  /** Offset of the body in the message. */
  readonly bodyAt = new Field(this.records, At.BodyAt);
  /** Bytes of the body. */
  readonly bodyLength = new Field(this.records, At.BodyLength);
  /** Number of the security association it came out of, 0 where none. */
  readonly association: { get(row: number): number } = { get: (row) => this.associations?.get(row) ?? 0 };

  readonly methods = new Interner(tokenText);
  private readonly heap = new Heap();
  readonly callIds = new Interner(tokenText, this.heap);
  readonly tags = new Interner(tokenText, this.heap);
  /** The note of a branch is the number of the transaction opened last with it. */
  readonly branches = new Interner(tokenText, this.heap);
  readonly sentBys = new Interner(tokenText, this.heap);
  readonly extents = new PieceTable();

  /** Made when the first one comes: few captures have any. */
  private associations: Column | null = null;
  private lastCall = 0;
  private readonly keep: (bytes: Uint8Array) => number;

  /** @param keep stores bytes that do not stand in the capture, and returns their position. */
  constructor(keep: (bytes: Uint8Array) => number) {
    this.keep = keep;
    this.callRecords.push();
    for (const name of Object.keys(Method)) {
      const bytes = utf8(name);
      this.methods.intern(bytes, 0, bytes.length);
    }
  }

  get count(): number {
    return this.records.length;
  }

  /** Appends a message and returns its row. */
  add(seen: Sighting): number {
    const { bytes } = seen;
    let { flags } = seen;
    if (seen.origin === null) this.position.push(seen.position);
    else {
      this.addPieces(seen.origin, seen.made);
      flags |= Flag.Pieces;
    }
    this.time.push(seen.time);

    this.number(bytes, seen);

    this.notes.push();
    const row = this.records.push();
    const record = this.records.segmentOf(row);
    const at = this.records.offsetOf(row);
    record[at] = seen.frame;
    record[at + At.Length] = seen.length;
    record[at + At.Src] = seen.src;
    record[at + At.Dst] = seen.dst;
    record[at + At.Ports] = (seen.sport << 16) | seen.dport;
    record[at + At.Bits] = flags | (seen.transport << 8) | (seen.maxForwards << 16) | (seen.viaCount << 24);
    record[at + At.Methods] = seen.method | (seen.cseqMethod << 16);
    record[at + At.Status] = seen.status | (seen.faults << 16);
    record[at + At.CseqNumber] = seen.cseqNumber;
    record[at + At.CallId] = seen.callId;
    record[at + At.FromTag] = seen.fromTag;
    record[at + At.ToTag] = seen.toTag;
    record[at + At.Branch] = seen.branch;
    record[at + At.SentBy] = seen.sentBy;
    record[at + At.BodyAt] = seen.bodyAt;
    record[at + At.BodyLength] = seen.bodyLength;
    if (seen.association !== 0 || this.associations !== null) this.associate(row, seen.association);
    return row;
  }

  private associate(row: number, association: number): void {
    const column = (this.associations ??= new U32Column());
    while (column.length < row) column.push(0);
    column.push(association);
  }

  /** Gives numbers to the identifiers of a message. */
  private number(bytes: Uint8Array, seen: Sighting): void {
    const call = (seen.callId = this.callOf(bytes, seen));
    const known = this.callRecords.segmentOf(call);
    const at = this.callRecords.offsetOf(call);
    seen.fromTag =
      seen.fromTagAt === 0 ? 0 : this.tagOf(bytes, seen.fromTagAt, seen.fromTagEnd, known, at, OfCall.FromTag);
    seen.toTag = seen.toTagAt === 0 ? 0 : this.tagOf(bytes, seen.toTagAt, seen.toTagEnd, known, at, OfCall.ToTag);
    this.numberVia(bytes, seen, known, at);
    if (seen.methodAt >= 0) seen.method = this.methodOf(bytes, seen.methodAt, seen.methodEnd);
    if (seen.cseqMethodAt >= 0) seen.cseqMethod = this.methodOf(bytes, seen.cseqMethodAt, seen.cseqMethodEnd);
  }

  /** The number of a tag: `field` of the call's record has it, or where the request went the other way the other field, or it is looked up. */
  private tagOf(bytes: Uint8Array, from: number, to: number, known: Uint32Array, at: number, field: number): number {
    const { tags } = this;
    const usual = known[at + field] as number;
    if (tags.is(usual, bytes, from, to)) return usual;
    const other = known[at + OfCall.FromTag + OfCall.ToTag - field] as number;
    if (tags.is(other, bytes, from, to)) return other;
    const tag = tags.intern(bytes, from, to);
    known[at + field] = tag;
    return tag;
  }

  /** Numbers branch and sent-by of the top Via: what is sent from one place with one branch has one sent-by, too. */
  private numberVia(bytes: Uint8Array, seen: Sighting, known: Uint32Array, at: number): void {
    const first = known[at + OfCall.Branch] as number;
    const second = known[at + OfCall.BranchBefore] as number;
    let sentBy = known[at + OfCall.SentBy] as number;
    let other = known[at + OfCall.SentByBefore] as number;
    let branch = 0;
    if (seen.branchAt !== 0) branch = this.branches.internNear(bytes, seen.branchAt, seen.branchEnd, first, second);
    if (branch === second && branch !== first) {
      other = sentBy;
      sentBy = known[at + OfCall.SentByBefore] as number;
    }
    if (seen.sentByAt === 0) sentBy = 0;
    else if (!this.sentBys.is(sentBy, bytes, seen.sentByAt, seen.sentByEnd))
      sentBy = this.sentBys.internNear(bytes, seen.sentByAt, seen.sentByEnd, other, 0);
    seen.branch = branch;
    seen.sentBy = sentBy;
    if (branch === first || branch === second) return;
    known[at + OfCall.BranchBefore] = first;
    known[at + OfCall.SentByBefore] = known[at + OfCall.SentBy] as number;
    known[at + OfCall.Branch] = branch;
    known[at + OfCall.SentBy] = sentBy;
  }

  /** The number of the message's Call-ID. Messages of one call often follow each other: the last one is looked at first. */
  private callOf(bytes: Uint8Array, { callIdAt, callIdEnd }: Sighting): number {
    if (callIdAt === 0) return 0;
    if (this.callIds.is(this.lastCall, bytes, callIdAt, callIdEnd)) return this.lastCall;
    this.lastCall = this.callIds.intern(bytes, callIdAt, callIdEnd);
    if (this.lastCall >= this.callRecords.length) this.callRecords.push();
    return this.lastCall;
  }

  /** The number of a method. Beyond 65,535 different ones (nobody has as many but who makes them up) all others are the last. */
  private methodOf(bytes: Uint8Array, at: number, end: number): number {
    const { methods } = this;
    if (methods.size <= MOST_METHODS) return methods.intern(bytes, at, end);
    return methods.find(bytes, at, end) || MOST_METHODS;
  }

  /** Notes where a message that was put together came from. */
  private addPieces(pieces: Extents, made: Uint8Array | null): void {
    if (made !== null) pieces.kept = this.keep(made);
    this.position.push(this.extents.add(pieces));
  }

  /** Bytes held by the table and its interners. */
  get bytes(): number {
    const parts = [this.records, this.notes, this.callRecords, this.time, this.position, this.methods, this.heap];
    const others = [
      this.callIds,
      this.tags,
      this.branches,
      this.sentBys,
      this.extents,
      ...(this.associations === null ? [] : [this.associations]),
    ];
    return [...parts, ...others].reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
