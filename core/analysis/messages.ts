import { F64Column } from '../bytes/column.ts';
import { Interner } from '../bytes/intern.ts';
import { tokenText, utf8 } from '../bytes/text.ts';
import type { Extents } from '../decode/extents.ts';
import type { Packet, Transport } from '../decode/packet.ts';
import { SipFault } from '../decode/sip-faults.ts';
import type { SipHead } from '../decode/sip-head.ts';
import { BitField, Field, Records } from './records.ts';

/** Numbers of the methods in `Messages.methods`; others get the numbers behind, as they come. */
export const Method = {
  INVITE: 1,
  ACK: 2,
  BYE: 3,
  CANCEL: 4,
  OPTIONS: 5,
  REGISTER: 6,
  PRACK: 7,
  SUBSCRIBE: 8,
  NOTIFY: 9,
  PUBLISH: 10,
  INFO: 11,
  REFER: 12,
  MESSAGE: 13,
  UPDATE: 14,
  KDMQ: 15,
} as const;

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
  /** Number of the security association it came out of, 0 where none: few messages have one. */
  readonly association: { get(row: number): number } = { get: (row) => this.associations.get(row) ?? 0 };

  readonly methods = new Interner(tokenText);
  readonly callIds = new Interner(tokenText);
  readonly tags = new Interner(tokenText);
  readonly branches = new Interner(tokenText);
  readonly sentBys = new Interner(tokenText);
  readonly extents: Extents[] = [];

  /** By call: tags and branches seen last, two each. Most messages of a call have one of them, and comparing with what is near is cheaper than looking it up. */
  private readonly recent = new Records(4);
  private readonly associations = new Map<number, number>();
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

  /** Appends the message in `packet.bytes[at, end)` that `head` has read, and returns its row. */
  add(packet: Packet, head: SipHead, at: number, end: number, transport: Transport): number {
    const { bytes } = packet;
    let flags = head.isRequest ? Flag.Request : 0;
    if (packet.missing > 0) flags |= Flag.Truncated;
    if (packet.association !== 0) flags |= Flag.Decrypted;
    if (head.contentTypeAt !== 0 && head.bodyEnd > head.bodyAt && mayHoldSdp(bytes, head.contentTypeAt)) {
      flags |= Flag.Sdp;
    }
    if (packet.origin === null) this.position.push(packet.position + (at - packet.start));
    else flags |= this.addPieces(packet.origin, bytes, at, end);
    this.time.push(packet.time);

    const call = this.callOf(bytes, head);

    const row = this.records.push();
    const segment = this.records.segmentOf(row);
    const to = this.records.offsetOf(row);
    segment[to] = packet.frame;
    segment[to + 1] = end - at;
    segment[to + 2] = packet.src;
    segment[to + 3] = packet.dst;
    segment[to + 4] = (packet.sport << 16) | packet.dport;
    const maxForwards = head.maxForwards & 0xff;
    const viaCount = head.viaCount < 255 ? head.viaCount : 255;
    segment[to + 5] = flags | (transport << 8) | (maxForwards << 16) | (viaCount << 24);
    const method = head.isRequest ? this.methodOf(bytes, head.methodAt, head.methodEnd) : 0;
    let cseqMethod = 0;
    if (head.cseqMethodAt !== 0) {
      const same = method !== 0 && (head.faults & SipFault.CSeqMethod) === 0;
      cseqMethod = same ? method : this.methodOf(bytes, head.cseqMethodAt, head.cseqMethodEnd);
    }
    segment[to + 6] = method | (cseqMethod << 16);
    segment[to + 7] = head.status | (head.faults << 16);
    segment[to + 8] = head.cseqNumber;
    segment[to + 9] = call;
    segment[to + 10] = head.fromTagAt === 0 ? 0 : this.near(this.tags, call, 0, bytes, head.fromTagAt, head.fromTagEnd);
    segment[to + 11] = head.toTagAt === 0 ? 0 : this.near(this.tags, call, 0, bytes, head.toTagAt, head.toTagEnd);
    segment[to + 12] =
      head.branchAt === 0 ? 0 : this.near(this.branches, call, 2, bytes, head.branchAt, head.branchEnd);
    segment[to + 13] = head.viaAt === 0 ? 0 : this.sentBys.intern(bytes, head.sentByAt, head.sentByEnd);
    segment[to + 14] = head.bodyAt - at;
    segment[to + 15] = head.bodyEnd - head.bodyAt;
    if (packet.association !== 0) this.associations.set(row, packet.association);
    return row;
  }

  /** The number of the message's Call-ID. Messages of one call often follow each other: the last one is looked at first. */
  private callOf(bytes: Uint8Array, head: SipHead): number {
    if (head.callIdAt === 0) return 0;
    if (this.callIds.is(this.lastCall, bytes, head.callIdAt, head.callIdEnd)) return this.lastCall;
    this.lastCall = this.callIds.intern(bytes, head.callIdAt, head.callIdEnd);
    if (this.lastCall >= this.recent.length) this.recent.push();
    return this.lastCall;
  }

  /** The number of a method. Beyond 65,535 different ones (nobody has as many but who makes them up) all others are the last. */
  private methodOf(bytes: Uint8Array, at: number, end: number): number {
    const { methods } = this;
    if (methods.size <= MOST_METHODS) return methods.intern(bytes, at, end);
    return methods.find(bytes, at, end) || MOST_METHODS;
  }

  /** Notes where a message that was put together came from; returns Flag.Pieces where one position does not say it. */
  private addPieces(origin: Extents, bytes: Uint8Array, at: number, end: number): number {
    const pieces = origin.slice(at, end);
    if (pieces.starts.length === 1 && !pieces.made) {
      this.position.push(pieces.positions[0] as number);
      return 0;
    }
    if (pieces.made) pieces.kept = this.keep(bytes.subarray(at, end));
    this.position.push(this.extents.push(pieces) - 1);
    return Flag.Pieces;
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
    return [...parts, this.branches, this.sentBys].reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

/** `application/sdp` or `multipart/…`, told from two letters: the type itself is looked at when somebody asks. */
function mayHoldSdp(bytes: Uint8Array, at: number): boolean {
  const first = (bytes[at] as number) | 0x20;
  const slash = bytes[at + 11];
  if (first === 0x6d) return true;
  return (
    first === 0x61 &&
    slash === 0x2f &&
    ((bytes[at + 12] as number) | 0x20) === 0x73 &&
    ((bytes[at + 13] as number) | 0x20) === 0x64
  );
}
