import { F64Column, U32Column, type Column } from '../bytes/column.ts';
import { Interner } from '../bytes/intern.ts';
import { tokenText, utf8 } from '../bytes/text.ts';
import type { Extents } from '../decode/extents.ts';
import { Method } from './method.ts';
import { PieceTable } from './piece-table.ts';
import { BitField, Field, Records } from './records.ts';
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
  private readonly records = new Records(FIELDS);
  /** Nanoseconds since the session's base. */
  readonly time = new F64Column();
  /** Where its bytes are: a position (see Extents), or with Flag.Pieces a number in `extents`. */
  readonly position = new F64Column();
  /** Packet that completed the message, from 1. */
  readonly frame = new Field(this.records, 0);
  readonly length = new Field(this.records, 1);
  readonly src = new Field(this.records, 2);
  readonly dst = new Field(this.records, 3);
  readonly sport = new BitField(this.records, 4, 16, 16);
  readonly dport = new BitField(this.records, 4, 0, 16);
  readonly flags = new BitField(this.records, 5, 0, 8);
  readonly transport = new BitField(this.records, 5, 8, 8);
  /** 255 where missing. */
  readonly maxForwards = new BitField(this.records, 5, 16, 8);
  /** At most 255. */
  readonly viaCount = new BitField(this.records, 5, 24, 8);
  /** Number in `methods`; 0 for a response. */
  readonly method = new BitField(this.records, 6, 0, 16);
  /** Number in `methods`. */
  readonly cseqMethod = new BitField(this.records, 6, 16, 16);
  /** 0 to 999; 0 for a request. */
  readonly status = new BitField(this.records, 7, 0, 16);
  /** Bits of SipFault. */
  readonly faults = new BitField(this.records, 7, 16, 16);
  readonly cseqNumber = new Field(this.records, 8);
  /** Numbers in the interners below; 0 where the message has none. */
  readonly callId = new Field(this.records, 9);
  readonly fromTag = new Field(this.records, 10);
  readonly toTag = new Field(this.records, 11);
  readonly branch = new Field(this.records, 12);
  readonly sentBy = new Field(this.records, 13);
  /** Offset of the body in the message. */
  readonly bodyAt = new Field(this.records, 14);
  /** Bytes of the body. */
  readonly bodyLength = new Field(this.records, 15);
  /** Number of the security association it came out of, 0 where none. */
  readonly association: { get(row: number): number } = { get: (row) => this.associations?.get(row) ?? 0 };

  readonly methods = new Interner(tokenText);
  readonly callIds = new Interner(tokenText);
  readonly tags = new Interner(tokenText);
  readonly branches = new Interner(tokenText);
  readonly sentBys = new Interner(tokenText);
  readonly extents = new PieceTable();

  /** By call: tags, branches and sent-bys seen last, two each. Most messages of a call have one of them, and comparing with what is near is cheaper than looking it up. */
  private readonly recent = new Records(6);
  /** Made when the first one comes: few captures have any. */
  private associations: Column | null = null;
  private lastCall = 0;
  private readonly keep: (bytes: Uint8Array) => number;

  /** @param keep stores bytes that do not stand in the capture, and returns their position. */
  constructor(keep: (bytes: Uint8Array) => number) {
    this.keep = keep;
    this.recent.push();
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

    const row = this.records.push();
    const segment = this.records.segmentOf(row);
    const to = this.records.offsetOf(row);
    segment[to] = seen.frame;
    segment[to + 1] = seen.length;
    segment[to + 2] = seen.src;
    segment[to + 3] = seen.dst;
    segment[to + 4] = (seen.sport << 16) | seen.dport;
    segment[to + 5] = flags | (seen.transport << 8) | (seen.maxForwards << 16) | (seen.viaCount << 24);
    segment[to + 6] = seen.method | (seen.cseqMethod << 16);
    segment[to + 7] = seen.status | (seen.faults << 16);
    segment[to + 8] = seen.cseqNumber;
    segment[to + 9] = seen.callId;
    segment[to + 10] = seen.fromTag;
    segment[to + 11] = seen.toTag;
    segment[to + 12] = seen.branch;
    segment[to + 13] = seen.sentBy;
    segment[to + 14] = seen.bodyAt;
    segment[to + 15] = seen.bodyLength;
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
    const call = this.callOf(bytes, seen);
    seen.callId = call;
    seen.fromTag = seen.fromTagAt === 0 ? 0 : this.near(this.tags, call, 0, bytes, seen.fromTagAt, seen.fromTagEnd);
    seen.toTag = seen.toTagAt === 0 ? 0 : this.near(this.tags, call, 0, bytes, seen.toTagAt, seen.toTagEnd);
    seen.branch = seen.branchAt === 0 ? 0 : this.near(this.branches, call, 2, bytes, seen.branchAt, seen.branchEnd);
    seen.sentBy = seen.sentByAt === 0 ? 0 : this.near(this.sentBys, call, 4, bytes, seen.sentByAt, seen.sentByEnd);
    if (seen.methodAt >= 0) seen.method = this.methodOf(bytes, seen.methodAt, seen.methodEnd);
    if (seen.cseqMethodAt >= 0) seen.cseqMethod = this.methodOf(bytes, seen.cseqMethodAt, seen.cseqMethodEnd);
  }

  /** The number of the message's Call-ID. Messages of one call often follow each other: the last one is looked at first. */
  private callOf(bytes: Uint8Array, { callIdAt, callIdEnd }: Sighting): number {
    if (callIdAt === 0) return 0;
    if (this.callIds.is(this.lastCall, bytes, callIdAt, callIdEnd)) return this.lastCall;
    this.lastCall = this.callIds.intern(bytes, callIdAt, callIdEnd);
    if (this.lastCall >= this.recent.length) this.recent.push();
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

  /** The number of `bytes[from, to)`: one of the two that the call had last (fields `field` and the next of `recent`), or looked up. */
  private near(interner: Interner, call: number, field: number, bytes: Uint8Array, from: number, to: number): number {
    const { recent } = this;
    const first = recent.get(call, field);
    if (interner.is(first, bytes, from, to)) return first;
    const second = recent.get(call, field + 1);
    if (interner.is(second, bytes, from, to)) return second;
    const id = interner.intern(bytes, from, to);
    recent.set(call, field + 1, first);
    recent.set(call, field, id);
    return id;
  }

  /** Bytes held by the table and its interners. */
  get bytes(): number {
    const parts = [this.records, this.recent, this.time, this.position, this.methods, this.callIds, this.tags];
    const others = [
      this.branches,
      this.sentBys,
      this.extents,
      ...(this.associations === null ? [] : [this.associations]),
    ];
    return [...parts, ...others].reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
