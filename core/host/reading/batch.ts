import type { Numbers } from '../../analysis/far-identifiers.ts';
import type { Sighting } from '../../analysis/sighting.ts';
import { Extents } from '../../decode/extents.ts';
import type { Transport } from '../../decode/packet.ts';

/** Bytes there is room for at first: about two thousand messages. */
const ROOM = 512 << 10;
/** 32-bit numbers of a message that are always there. */
const NUMBERS = 32;
/** Which of them says how far behind the record's begin what follows the identifiers is, where these have numbers (identify.ts). */
const REST = 31;
/** 64-bit numbers per piece of a message that was put together: start, length, position. */
const PIECE = 3;

/** Messages as bytes that another thread can look at. */
export interface Batched {
  readonly count: number;
  /** Where the identifiers are, which have numbers; null where they are in the messages. */
  readonly numbers: Numbers | null;
  readonly memory: SharedArrayBuffer;
}

/**
 * Messages on their way from the thread that reads to the one that keeps and judges. Each is a record, one behind the
 * other: numbers, identifiers, and of messages that were put together their pieces, and their bytes where the capture
 * does not have them. Written in order and read in order, so that the processor fetches ahead.
 */
export class BatchWriter {
  count = 0;
  memory = new SharedArrayBuffer(ROOM);

  private words = new Int32Array(this.memory);
  private doubles = new Float64Array(this.memory);
  private all = new Uint8Array(this.memory);
  private view = new DataView(this.memory);
  private end = 0;

  /** All that was written. */
  get records(): Uint8Array {
    return this.all.subarray(0, this.end);
  }

  clear(): void {
    this.count = this.end = 0;
  }

  /** Writes a message down; false where there is no room for it. In an empty batch there is for any. */
  add(seen: Sighting): boolean {
    const size = sizeOf(seen);
    if (this.end + size > this.all.length) {
      if (this.count > 0) return false;
      this.widen(size);
    }
    const { words, doubles } = this;
    const d = this.end >> 3;
    const w = this.end >> 2;
    this.count++;
    doubles[d] = seen.time;
    doubles[d + 1] = seen.position;
    words[w + 4] = seen.frame;
    words[w + 5] = seen.length;
    words[w + 6] = seen.src;
    words[w + 7] = seen.dst;
    words[w + 8] = (seen.sport << 16) | seen.dport;
    words[w + 9] = seen.flags | (seen.transport << 8) | (seen.maxForwards << 16) | (seen.viaCount << 24);
    words[w + 10] = seen.method | (seen.cseqMethod << 8);
    words[w + 11] = seen.status | (seen.faults << 16);
    words[w + 12] = seen.cseqNumber;
    words[w + 13] = seen.bodyAt;
    words[w + 14] = seen.bodyLength;
    words[w + 15] = seen.association;
    words[w + 16] = seen.ipId;
    words[w + 17] = seen.surroundings;
    words[w + 18] = seen.digest;
    words[w + 19] = seen.intent;
    // Lengths + 1, and 0 where there is none.
    words[w + 20] = seen.callIdAt === 0 ? 0 : seen.callIdEnd - seen.callIdAt + 1;
    words[w + 21] = seen.fromTagAt === 0 ? 0 : seen.fromTagEnd - seen.fromTagAt + 1;
    words[w + 22] = seen.toTagAt === 0 ? 0 : seen.toTagEnd - seen.toTagAt + 1;
    words[w + 23] = seen.branchAt === 0 ? 0 : seen.branchEnd - seen.branchAt + 1;
    words[w + 24] = seen.sentByAt === 0 ? 0 : seen.sentByEnd - seen.sentByAt + 1;
    words[w + 25] = seen.methodAt < 0 ? 0 : seen.methodEnd - seen.methodAt + 1;
    words[w + 26] = seen.cseqMethodAt < 0 ? 0 : seen.cseqMethodEnd - seen.cseqMethodAt + 1;
    words[w + 27] = seen.origin === null ? 0 : seen.origin.starts.length;
    words[w + 28] = seen.made === null ? 0 : 1;
    words[w + 29] = size;
    words[w + 30] = seen.sdpAt === 0 ? 0 : seen.sdpEnd - seen.sdpAt + 1;
    let to = this.end + 4 * NUMBERS;
    to = this.copy(seen.view, seen.callIdAt, seen.callIdEnd, to);
    to = this.copy(seen.view, seen.fromTagAt, seen.fromTagEnd, to);
    to = this.copy(seen.view, seen.toTagAt, seen.toTagEnd, to);
    to = this.copy(seen.view, seen.branchAt, seen.branchEnd, to);
    to = this.copy(seen.view, seen.sentByAt, seen.sentByEnd, to);
    if (seen.methodAt >= 0) to = this.copy(seen.view, seen.methodAt, seen.methodEnd, to);
    if (seen.cseqMethodAt >= 0) to = this.copy(seen.view, seen.cseqMethodAt, seen.cseqMethodEnd, to);
    if (seen.sdpAt !== 0) to = this.copy(seen.view, seen.sdpAt, seen.sdpEnd, to);
    if (seen.origin !== null) this.addPieces(seen.origin, seen.made, (to + 7) & ~7);
    this.end += size;
    return true;
  }

  /** Whether messages of so many bytes may be added. In an empty batch there is room for any. */
  hasRoom(bytes: number): boolean {
    return this.count === 0 || this.end + bytes <= this.all.length;
  }

  /** Takes messages over that were written as `add` does it, one behind the other; there has to be room. */
  addRecords(records: Uint8Array, count: number): void {
    if (records.length > this.all.length) this.widen(records.length);
    this.all.set(records, this.end);
    this.end += records.length;
    this.count += count;
  }

  /** Identifiers are short: a call for each would cost more than four bytes a step. Returns where the copy ends. */
  private copy(source: DataView, start: number, stop: number, into: number): number {
    const { view } = this;
    let at = start | 0;
    let to = into | 0;
    const end = stop | 0;
    for (; at + 4 <= end; at = (at + 4) | 0, to = (to + 4) | 0) view.setInt32(to, source.getInt32(at));
    for (; at < end; at = (at + 1) | 0, to = (to + 1) | 0) view.setUint8(to, source.getUint8(at));
    return to;
  }

  private addPieces({ starts, lengths, positions }: Extents, made: Uint8Array | null, into: number): void {
    let to = into >> 3;
    for (let i = 0; i < starts.length; i++, to += PIECE) {
      this.doubles[to] = starts[i] as number;
      this.doubles[to + 1] = lengths[i] as number;
      this.doubles[to + 2] = positions[i] as number;
    }
    if (made !== null) this.all.set(made, 8 * to);
  }

  private widen(size: number): void {
    this.memory = new SharedArrayBuffer(2 ** Math.ceil(Math.log2(size)));
    this.words = new Int32Array(this.memory);
    this.doubles = new Float64Array(this.memory);
    this.all = new Uint8Array(this.memory);
    this.view = new DataView(this.memory);
  }
}

/** Bytes of a record, a multiple of 8. */
function sizeOf(seen: Sighting): number {
  let size =
    4 * NUMBERS +
    (seen.callIdEnd - seen.callIdAt) +
    (seen.fromTagEnd - seen.fromTagAt) +
    (seen.toTagEnd - seen.toTagAt) +
    (seen.branchEnd - seen.branchAt);
  if (seen.sentByAt !== 0) size += seen.sentByEnd - seen.sentByAt;
  if (seen.methodAt >= 0) size += seen.methodEnd - seen.methodAt;
  if (seen.cseqMethodAt >= 0) size += seen.cseqMethodEnd - seen.cseqMethodAt;
  if (seen.sdpAt !== 0) size += seen.sdpEnd - seen.sdpAt;
  if (seen.origin !== null) {
    size = ((size + 7) & ~7) + 8 * PIECE * seen.origin.starts.length + (seen.made?.length ?? 0);
  }
  return (size + 7) & ~7;
}

/** Reads a batch, one message after the other. */
export class BatchReader {
  private readonly origin = new Extents();
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly isNumbered: boolean;
  private at: number;

  /**
   * @param at where the first message begins, a multiple of 8.
   * @param isNumbered whether the identifiers have numbers already.
   */
  constructor(memory: ArrayBufferLike, at = 0, isNumbered = false) {
    this.at = at;
    this.isNumbered = isNumbered;
    this.words = new Int32Array(memory);
    this.doubles = new Float64Array(memory);
    this.bytes = new Uint8Array(memory);
    this.view = new DataView(memory);
  }

  /** Goes on with the message that begins at `at`. */
  goTo(at: number): void {
    this.at = at;
  }

  /** `seen` becomes the next message, of which the identifiers lie in the batch. */
  next(seen: Sighting): void {
    const { words, doubles } = this;
    const d = this.at >> 3;
    const w = this.at >> 2;
    seen.time = doubles[d] as number;
    seen.position = doubles[d + 1] as number;
    seen.frame = words[w + 4] as number;
    seen.length = words[w + 5] as number;
    seen.src = (words[w + 6] as number) >>> 0;
    seen.dst = (words[w + 7] as number) >>> 0;
    const ports = words[w + 8] as number;
    seen.sport = ports >>> 16;
    seen.dport = ports & 0xffff;
    const bits = words[w + 9] as number;
    seen.flags = bits & 0xff;
    seen.transport = ((bits >> 8) & 0xff) as Transport;
    seen.maxForwards = (bits >> 16) & 0xff;
    seen.viaCount = bits >>> 24;
    const methods = words[w + 10] as number;
    seen.method = methods & 0xff;
    seen.cseqMethod = methods >> 8;
    const answer = words[w + 11] as number;
    seen.status = answer & 0xffff;
    seen.faults = answer >>> 16;
    seen.cseqNumber = (words[w + 12] as number) >>> 0;
    seen.bodyAt = words[w + 13] as number;
    seen.bodyLength = words[w + 14] as number;
    seen.association = words[w + 15] as number;
    seen.ipId = words[w + 16] as number;
    seen.surroundings = words[w + 17] as number;
    seen.digest = words[w + 18] as number;
    seen.intent = words[w + 19] as number;
    seen.bytes = this.bytes;
    seen.view = this.view;
    const to = this.isNumbered ? this.numbers(seen, w) : this.places(seen, w);
    this.rest(seen, w, to);
    this.at += words[w + 29] as number;
  }

  /** The identifiers have numbers; returns where they end. */
  private numbers(seen: Sighting, w: number): number {
    const { words } = this;
    seen.isNumbered = true;
    seen.callId = words[w + 20] as number;
    seen.fromTag = words[w + 21] as number;
    seen.toTag = words[w + 22] as number;
    seen.branch = words[w + 23] as number;
    seen.sentBy = words[w + 24] as number;
    return this.at + (words[w + REST] as number);
  }

  /** The identifiers have places; returns where they end. */
  private places(seen: Sighting, w: number): number {
    const { words } = this;
    let to = this.at + 4 * NUMBERS;
    let length = words[w + 20] as number;
    seen.callIdAt = length === 0 ? 0 : to;
    seen.callIdEnd = length === 0 ? 0 : (to += length - 1);
    length = words[w + 21] as number;
    seen.fromTagAt = length === 0 ? 0 : to;
    seen.fromTagEnd = length === 0 ? 0 : (to += length - 1);
    length = words[w + 22] as number;
    seen.toTagAt = length === 0 ? 0 : to;
    seen.toTagEnd = length === 0 ? 0 : (to += length - 1);
    length = words[w + 23] as number;
    seen.branchAt = length === 0 ? 0 : to;
    seen.branchEnd = length === 0 ? 0 : (to += length - 1);
    length = words[w + 24] as number;
    seen.sentByAt = length === 0 ? 0 : to;
    seen.sentByEnd = length === 0 ? 0 : (to += length - 1);
    seen.isNumbered = false;
    return to;
  }

  /** What follows the identifiers. */
  private rest(seen: Sighting, w: number, from: number): void {
    const { words } = this;
    let to = from;
    let length = words[w + 25] as number;
    seen.methodAt = length === 0 ? -1 : to;
    seen.methodEnd = length === 0 ? -1 : (to += length - 1);
    length = words[w + 26] as number;
    seen.cseqMethodAt = length === 0 ? -1 : to;
    seen.cseqMethodEnd = length === 0 ? -1 : (to += length - 1);
    length = words[w + 30] as number;
    seen.sdpAt = length === 0 ? 0 : to;
    seen.sdpEnd = length === 0 ? 0 : (to += length - 1);
    const count = words[w + 27] as number;
    seen.origin = null;
    seen.made = null;
    if (count > 0) this.pieces(seen, count, words[w + 28] === 1, (to + 7) & ~7);
  }

  private pieces(seen: Sighting, count: number, made: boolean, from: number): void {
    const { origin, doubles } = this;
    let at = from >> 3;
    for (let i = 0; i < count; i++, at += PIECE) {
      origin.starts[i] = doubles[at] as number;
      origin.lengths[i] = doubles[at + 1] as number;
      origin.positions[i] = doubles[at + 2] as number;
    }
    origin.cut(count);
    origin.made = made;
    origin.kept = -1;
    seen.origin = origin;
    if (made) seen.made = this.bytes.subarray(8 * at, 8 * at + seen.length);
  }
}

/** Tells of messages that lie one behind the other in `records`, each of them in `seen`. */
export function eachMessage(
  records: Uint8Array<SharedArrayBuffer>,
  count: number,
  seen: Sighting,
  tell: (seen: Sighting) => void,
): void {
  const reader = new BatchReader(records.buffer, records.byteOffset);
  for (let number = 0; number < count; number++) {
    reader.next(seen);
    tell(seen);
  }
}
