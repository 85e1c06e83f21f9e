import { Extents } from './extents.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';

/** How far a datagram is. */
export const State = {
  Waiting: 0,
  /** It was whole once; the fragments that come now are copies of what was seen. */
  Again: 1,
  /** Decided without being whole: what comes of it gets the outcome `settled`. */
  Settled: 2,
} as const;

/** What `place` did with a fragment. */
export const Placed = {
  /** Some of its bytes are new. */
  Taken: 0,
  /** A copy of what is there. */
  Known: 1,
  /** It contradicts what is there, and nothing of it was taken. */
  Refused: 2,
  /** It is of another datagram that has the same identification: this one has to go. */
  OtherDatagram: 3,
} as const;

const BLOCK = 8;
const FIRST_CAPACITY = 4096;
/** What an Assembly takes besides its bytes, about. */
const OVERHEAD = 2048;
const PIECE_COST = 24;
const NEVER = 0xffff_ffff;

/** One datagram that is being put together. Used again for others. */
export class Assembly {
  bytes: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  view: DataView = new DataView(this.bytes.buffer);
  hash = 0;
  src = 0;
  dst = 0;
  id = 0;
  /** Protocol where it is part of what tells a datagram (IPv4), else -1. */
  key = 0;
  /** What follows, as the first fragment says. */
  protocol = 0;
  /** When its first fragment came, or when it was whole. */
  time = 0;
  /** Packet of the first fragment. */
  frame = 0;
  state: number = State.Waiting;
  settled: Outcome = Outcome.FragmentLost;
  /** Packets counted as waiting. */
  count = 0;
  /** Length of the datagram, -1 until the last fragment says. */
  total = -1;
  /** First byte that the capture did not keep. */
  cutAt = NEVER;
  /** Bytes this takes, as counted by Fragments. */
  cost = 0;
  /** The fragment placed last overlaps others and differs from them. */
  overlaps = false;

  /** A bit for each 8 bytes that are there. */
  private readonly marks = new Uint32Array(257);
  private covered = 0;
  private highest = 0;
  /** Result of `compare`. */
  private differs = false;
  private made = false;
  private readonly starts: number[] = [];
  private readonly lengths: number[] = [];
  private readonly positions: number[] = [];

  begin(packet: Packet, hash: number, key: number, protocol: number): void {
    this.hash = hash;
    this.src = packet.src;
    this.dst = packet.dst;
    this.id = packet.ipId;
    this.key = key;
    this.protocol = protocol;
    this.time = packet.time;
    this.frame = packet.frame;
    this.state = State.Waiting;
    this.total = -1;
    this.highest = 0;
    this.cost = 0;
    this.clear();
  }

  get whole(): boolean {
    return this.total >= 0 && this.covered === (this.total + BLOCK - 1) >>> 3;
  }

  /**
   * Puts a fragment where it belongs: `packet.bytes[at, end)` is what the capture kept of it, `wireEnd` where it ended on
   * the wire. Where fragments contradict each other, IPv6 gives the datagram up (RFC 5722). In IPv4 a different fragment
   * at the same place means that the sender uses the identification again, and a new datagram begins; where fragments
   * merely overlap, what came first stays.
   */
  place(packet: Packet, offset: number, more: boolean, at: number, end: number, wireEnd: number): number {
    const last = offset + (wireEnd - at);
    const first = offset >>> 3;
    const behind = more ? last >>> 3 : (last + BLOCK - 1) >>> 3;
    this.overlaps = false;
    const again = this.state === State.Again;
    const misfit = this.total < 0 ? !more && last < this.highest : more ? last > this.total : last !== this.total;
    if (misfit) return packet.family === 6 && !again ? Placed.Refused : Placed.OtherDatagram;
    // In order, as nearly always: nothing is there yet to compare with.
    const fresh = !again && offset >= this.highest;
    const known = fresh ? 0 : this.compare(packet.bytes, at, end, first, behind, again);
    const differs = !fresh && this.differs;
    if (again) {
      if (differs) return Placed.OtherDatagram;
      if (known === behind - first) return Placed.Known;
    } else if (known > 0) {
      if (known === behind - first && !differs) return Placed.Known;
      if (packet.family === 6) return Placed.Refused;
      if (differs && this.starts.includes(offset)) return Placed.OtherDatagram;
      if (known === behind - first) return Placed.Refused;
      this.overlaps = differs;
    }
    this.copy(packet, at, end, first, behind);
    if (!more) this.total = last;
    this.highest = Math.max(this.highest, last);
    if (end < wireEnd) this.cutAt = Math.min(this.cutAt, offset + (end - at));
    return Placed.Taken;
  }

  /** Where the bytes came from, for a whole datagram. */
  extents(): Extents {
    const extents = new Extents();
    extents.made = this.made;
    const order = this.starts.map((_, index) => index);
    if (this.starts.some((start, index) => index > 0 && start < (this.starts[index - 1] as number))) {
      order.sort((a, b) => (this.starts[a] as number) - (this.starts[b] as number));
    }
    for (const index of order)
      extents.add(this.starts[index] as number, this.lengths[index] as number, this.positions[index] as number);
    return extents;
  }

  /** It was handed on. From now on its bytes are what copies are compared with. */
  wasWhole(time: number): void {
    this.state = State.Again;
    this.time = time;
    this.clear();
  }

  settle(outcome: Outcome): void {
    this.state = State.Settled;
    this.settled = outcome;
  }

  /** How far the bytes reach from the datagram's start without a hole; 0 where the first fragment is missing. */
  beginning(): number {
    const index = this.starts.indexOf(0);
    return index === -1 ? 0 : (this.lengths[index] as number);
  }

  /** By how many bytes it grew since the last time this was asked. */
  grown(): number {
    const cost = OVERHEAD + this.bytes.length + this.starts.length * PIECE_COST;
    const more = cost - this.cost;
    this.cost = cost;
    return more;
  }

  /** How many of the blocks `[first, behind)` are there; `differs` says whether those (with `all`: any) are other bytes than these. */
  private compare(bytes: Uint8Array, at: number, end: number, first: number, behind: number, all: boolean): number {
    let known = 0;
    this.differs = false;
    for (let block = first; block < behind; block++) {
      const marked = this.isMarked(block);
      if (marked) known++;
      if (!(marked || all) || this.differs) continue;
      const from = at + (block - first) * BLOCK;
      const to = Math.min(from + BLOCK, end);
      const shift = block * BLOCK - from;
      for (let next = from; next < to; next++) if (bytes[next] !== this.bytes[next + shift]) this.differs = true;
    }
    return known;
  }

  /** Copies the blocks that are not there yet, and notes where they came from. */
  private copy(packet: Packet, at: number, end: number, first: number, behind: number): void {
    let block = first;
    while (block < behind) {
      if (this.isMarked(block)) {
        block++;
        continue;
      }
      const begin = block;
      while (block < behind && !this.isMarked(block)) {
        const word = this.marks[block >>> 5] as number;
        this.marks[block >>> 5] = word | (1 << (block & 31));
        block++;
      }
      this.covered += block - begin;
      const from = at + (begin - first) * BLOCK;
      const to = Math.min(at + (block - first) * BLOCK, end);
      if (from < to) this.piece(packet, begin * BLOCK, from, to);
    }
  }

  private piece(packet: Packet, start: number, from: number, to: number): void {
    this.reserve(start + (to - from));
    this.bytes.set(packet.bytes.subarray(from, to), start);
    if (packet.origin === null) {
      this.note(start, to - from, packet.position + (from - packet.start));
      return;
    }
    const part = packet.origin.slice(from, to);
    this.made ||= part.made;
    for (let i = 0; i < part.starts.length; i++) {
      this.note(start + (part.starts[i] as number), part.lengths[i] as number, part.positions[i] as number);
    }
  }

  private note(start: number, length: number, position: number): void {
    this.starts.push(start);
    this.lengths.push(length);
    this.positions.push(position);
  }

  private reserve(length: number): void {
    if (length <= this.bytes.length) return;
    let capacity = this.bytes.length;
    while (capacity < length) capacity *= 2;
    const bytes = new Uint8Array(capacity);
    bytes.set(this.bytes);
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }

  private isMarked(block: number): boolean {
    return ((this.marks[block >>> 5] as number) & (1 << (block & 31))) !== 0;
  }

  private clear(): void {
    this.marks.fill(0);
    this.covered = 0;
    this.count = 0;
    this.made = false;
    this.overlaps = false;
    this.cutAt = NEVER;
    this.starts.length = this.lengths.length = this.positions.length = 0;
  }
}
