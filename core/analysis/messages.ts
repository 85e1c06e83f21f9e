import { F64Column, U32Column, type Column } from '../bytes/column.ts';
import { Interner, type Strings } from '../bytes/intern.ts';
import { tokenText, utf8 } from '../bytes/text.ts';
import type { Extents } from '../decode/extents.ts';
import { CALL_FIELDS } from './call-records.ts';
import { Method } from './method.ts';
import { Numbering, type Identifiers } from './numbering.ts';
import { FarIdentifiers, type Numbers } from './far-identifiers.ts';
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
  /** Gives numbers to the identifiers of messages that come without. */
  private readonly numbering = new Numbering();
  /** Where the identifiers of all messages are. */
  private identifiers: Identifiers = this.numbering;
  private far: FarIdentifiers | null = null;
  readonly extents = new PieceTable();

  /** Made when the first one comes: few captures have any. */
  private associations: Column | null = null;
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

  get callIds(): Strings {
    return this.identifiers.callIds;
  }
  get tags(): Strings {
    return this.identifiers.tags;
  }
  get branches(): Strings {
    return this.identifiers.branches;
  }
  get sentBys(): Strings {
    return this.identifiers.sentBys;
  }

  /**
   * Told before messages come from another thread, and with each batch: where the identifiers are that have numbers. Null
   * where that has no more room for any, or nothing comes from there, and each message gets its numbers when it is added.
   */
  numbered(numbers: Numbers | null): void {
    const { numbering } = this;
    if (numbers !== null) (this.identifiers = this.far ??= new FarIdentifiers()).learn(numbers);
    else if (this.far !== null && this.identifiers === this.far) {
      numbering.adopt(this.far);
      this.far.hand(numbering);
      this.identifiers = numbering;
    }
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

    if (!seen.isNumbered) this.numbering.number(seen);
    if (seen.methodAt >= 0) seen.method = this.methodOf(bytes, seen.methodAt, seen.methodEnd);
    if (seen.cseqMethodAt >= 0) seen.cseqMethod = this.methodOf(bytes, seen.cseqMethodAt, seen.cseqMethodEnd);
    while (this.callRecords.length <= seen.callId) this.callRecords.push();

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
    const parts = [this.records, this.notes, this.callRecords, this.time, this.position, this.methods];
    const others = [this.identifiers, this.extents, ...(this.associations === null ? [] : [this.associations])];
    return [...parts, ...others].reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
