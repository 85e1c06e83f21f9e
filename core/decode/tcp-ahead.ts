import { HeldBytes } from './held-bytes.ts';
import type { ByteStream } from './framing.ts';
import type { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';

/** Bytes and segments that one direction holds back at most while bytes before them are missing. */
export const MAX_AHEAD = 512 << 10;
export const MAX_AHEAD_SEGMENTS = 1024;

/** Bytes that came before their turn. */
export class AheadSegment {
  /** Sequence number of the first byte. */
  readonly seq: number;
  readonly held: HeldBytes;
  /** The packet it came in: its number, when it came, its IP identification, the security association it came out of. */
  readonly frame: number;
  readonly time: number;
  readonly ipId: number;
  readonly association: number;
  /** What its packet was counted as; -1 for a further piece of the same packet. */
  readonly counted: Outcome | -1;
  /** Bytes right behind it that the capture did not keep. */
  cut = 0;

  constructor(packet: Packet, seq: number, held: HeldBytes, counted: Outcome | -1) {
    this.seq = seq;
    this.held = held;
    this.frame = packet.frame;
    this.time = packet.time;
    this.ipId = packet.ipId;
    this.association = packet.association;
    this.counted = counted;
  }

  /** Sequence number behind the last byte. */
  get next(): number {
    return (this.seq + this.held.length) >>> 0;
  }
}

/** Segments of one direction that came before their turn (RFC 9293 3.10.7.4), by sequence number, without overlaps: what came first counts. */
export class Ahead {
  bytes = 0;
  private readonly stream: ByteStream;
  private readonly segments: AheadSegment[] = [];

  constructor(stream: ByteStream) {
    this.stream = stream;
  }

  get first(): AheadSegment | undefined {
    return this.segments[0];
  }

  get isFull(): boolean {
    return this.bytes > MAX_AHEAD || this.segments.length > MAX_AHEAD_SEGMENTS;
  }

  /** Keeps what is new of `packet.bytes[at, end)`, whose first byte has the number `seq`; false if nothing is. */
  add(packet: Packet, seq: number, at: number, end: number, counted: Outcome, cut: number): boolean {
    let index = this.place(seq);
    let from = at;
    let number = seq;
    let added: AheadSegment | null = null;
    const { segments } = this;
    while (from < end) {
      const other = segments[index];
      const room = other === undefined ? end - from : Math.min(end - from, (other.seq - number) | 0);
      if (room > 0) {
        added = this.segment(packet, number, from, from + room, added === null ? counted : -1);
        segments.splice(index, 0, added);
        index++;
        from += room;
        number = (number + room) >>> 0;
      }
      if (other === undefined || from >= end) break;
      const covered = (other.next - number) | 0;
      if (covered > 0) {
        from += covered;
        number = (number + covered) >>> 0;
      }
      index++;
    }
    if (added !== null && from === end) added.cut = cut;
    return added !== null;
  }

  /** Takes the first segment out; whoever does releases what it holds. */
  shift(): AheadSegment | undefined {
    const first = this.segments.shift();
    if (first !== undefined) this.bytes -= first.held.length;
    return first;
  }

  /** Where the first segment is that ends behind `seq`: most often the end. */
  private place(seq: number): number {
    let index = this.segments.length;
    while (index > 0 && (((this.segments[index - 1] as AheadSegment).next - seq) | 0) > 0) index--;
    return index;
  }

  private segment(packet: Packet, seq: number, at: number, end: number, counted: Outcome | -1): AheadSegment {
    const held = new HeldBytes(this.stream.budget, this.stream);
    held.take(packet, at, end);
    this.bytes += end - at;
    return new AheadSegment(packet, seq, held, counted);
  }
}
