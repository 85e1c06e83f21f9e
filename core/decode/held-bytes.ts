import { Extents } from './extents.ts';
import type { Packet } from './packet.ts';

/** Bytes that all streams of a session together hold back at most, waiting for the rest of a message. */
export const MAX_HELD = 64 << 20;
/** What noting where a piece came from is reckoned to cost. */
const PIECE_COST = 32;
/** Buffers are powers of two; of each size from the least to the largest kept, this many are used again. */
const LEAST_BITS = 8;
const MOST_BITS = 14;
const KEPT_PER_SIZE = 32;

/** Who holds bytes back, and can be asked to give them up. The fields are HeldBudget's own. */
export interface Holder {
  /** Bytes held. */
  held: number;
  /** Neighbours among those who hold something. */
  heldBefore: Holder | null;
  heldBehind: Holder | null;
  /** Drops all that is held, and accounts for it. */
  giveUp(packet: Packet): void;
}

/** Room for bytes, and how to read them. */
class Room {
  readonly bytes: Uint8Array;
  readonly view: DataView;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }
}

/** Counts what is held back, and knows who has been holding something for longest. */
export class HeldBudget {
  used = 0;
  readonly limit: number;
  /** First and last of a list in the order in which they began to hold something. */
  private first: Holder | null = null;
  private last: Holder | null = null;
  private readonly kept: Room[][] = Array.from({ length: MOST_BITS + 1 }, () => []);

  constructor(limit = MAX_HELD) {
    this.limit = limit;
  }

  /** `holder` holds `bytes` more, or fewer where negative. */
  change(holder: Holder, bytes: number): void {
    const before = holder.held;
    this.used += bytes;
    holder.held = before + bytes;
    if (before === 0 && bytes > 0) this.enter(holder);
    else if (before > 0 && holder.held === 0) this.leave(holder);
  }

  /** Asks those who have been holding something for longest to give it up, until the limit is kept. */
  keep(packet: Packet): void {
    while (this.used > this.limit && this.first !== null) {
      const { first } = this;
      first.giveUp(packet);
      if (this.first === first) this.leave(first);
    }
  }

  /** Room for `size` bytes at least; what is in it is anything. */
  room(size: number): Room {
    const bits = Math.max(LEAST_BITS, 32 - Math.clz32(size - 1));
    return (bits <= MOST_BITS ? this.kept[bits]?.pop() : undefined) ?? new Room(2 ** bits);
  }

  giveBack(room: Room): void {
    const kept = this.kept[31 - Math.clz32(room.bytes.length)];
    if (kept !== undefined && kept.length < KEPT_PER_SIZE) kept.push(room);
  }

  private enter(holder: Holder): void {
    holder.heldBefore = this.last;
    holder.heldBehind = null;
    if (this.last === null) this.first = holder;
    else this.last.heldBehind = holder;
    this.last = holder;
  }

  private leave(holder: Holder): void {
    const { heldBefore, heldBehind } = holder;
    if (heldBefore === null) this.first = heldBehind;
    else heldBefore.heldBehind = heldBehind;
    if (heldBehind === null) this.last = heldBefore;
    else heldBehind.heldBefore = heldBefore;
    holder.heldBefore = null;
    holder.heldBehind = null;
  }
}

const nothing = new Uint8Array(0);
const nothingToSee = new DataView(new ArrayBuffer(0));

/**
 * Bytes of a stream held back, in order, with where they came from. Grows by doubling, so that many small pieces cost
 * no more than one large one.
 */
export class HeldBytes {
  bytes: Uint8Array = nothing;
  view: DataView = nothingToSee;
  length = 0;
  extents = new Extents();

  private readonly budget: HeldBudget;
  private readonly holder: Holder;
  private cost = 0;
  /** Where `bytes` are, if they came from the budget. */
  private room: Room | null = null;
  /** What a packet had that the bytes are lent to. */
  private lentBytes: Uint8Array = nothing;
  private lentView: DataView = nothingToSee;
  private lentOrigin: Extents | null = null;
  private lentNetworkAt = -1;
  private lentMissing = 0;

  constructor(budget: HeldBudget, holder: Holder) {
    this.budget = budget;
    this.holder = holder;
  }

  get pieces(): number {
    return this.extents.starts.length;
  }

  /** Appends a copy of `packet.bytes[at, end)`. */
  take(packet: Packet, at: number, end: number): void {
    this.reserve(end - at);
    this.bytes.set(packet.bytes.subarray(at, end), this.length);
    this.place(packet, at, end, this.length);
    this.length += end - at;
  }

  /** Makes room for `more` bytes behind those there are. */
  reserve(more: number): void {
    const wanted = this.length + more;
    if (wanted <= this.bytes.length) return;
    const { room } = this;
    const wider = this.budget.room(Math.max(wanted, this.bytes.length * 2));
    if (this.length > 0) wider.bytes.set(this.bytes.subarray(0, this.length));
    this.charge(wider.bytes.length - this.bytes.length);
    this.room = wider;
    this.bytes = wider.bytes;
    this.view = wider.view;
    if (room !== null) this.budget.giveBack(room);
  }

  /** Notes that the bytes from `start` on are `packet.bytes[at, end)`, as many or the same number of bytes made of them. */
  place(packet: Packet, at: number, end: number, start: number): void {
    const { extents } = this;
    const { origin } = packet;
    const before = extents.starts.length;
    if (origin === null) extents.add(start, end - at, packet.position + (at - packet.start));
    else {
      const part = origin.slice(at, end);
      if (part.made) extents.made = true;
      for (let i = 0; i < part.starts.length; i++) {
        extents.add(start + (part.starts[i] as number), part.lengths[i] as number, part.positions[i] as number);
      }
    }
    this.charge((extents.starts.length - before) * PIECE_COST);
  }

  /** Puts `made` in the place of the bytes held: what they are when decompressed. */
  replace(made: Uint8Array): void {
    const position = this.extents.positions[0] ?? 0;
    this.release();
    this.bytes = made;
    this.view = new DataView(made.buffer, made.byteOffset, made.length);
    this.length = made.length;
    this.extents.made = true;
    this.extents.add(0, made.length, position);
    this.charge(made.length + PIECE_COST);
  }

  /** Forgets the bytes. */
  release(): void {
    if (this.room !== null) this.budget.giveBack(this.room);
    this.room = null;
    this.bytes = nothing;
    this.view = nothingToSee;
    this.length = 0;
    if (this.extents.starts.length > 0 || this.extents.made) this.extents = new Extents();
    this.budget.change(this.holder, -this.cost);
    this.cost = 0;
  }

  /** Makes these bytes those of the packet, until `restore`; not twice at a time. */
  lend(packet: Packet): void {
    this.lentBytes = packet.bytes;
    this.lentView = packet.view;
    this.lentOrigin = packet.origin;
    this.lentNetworkAt = packet.networkAt;
    this.lentMissing = packet.missing;
    packet.bytes = this.bytes;
    packet.view = this.view;
    packet.origin = this.extents;
    packet.networkAt = -1;
    packet.missing = 0;
  }

  restore(packet: Packet): void {
    packet.bytes = this.lentBytes;
    packet.view = this.lentView;
    packet.origin = this.lentOrigin;
    packet.networkAt = this.lentNetworkAt;
    packet.missing = this.lentMissing;
    this.lentBytes = nothing;
    this.lentView = nothingToSee;
    this.lentOrigin = null;
  }

  private charge(bytes: number): void {
    this.cost += bytes;
    this.budget.change(this.holder, bytes);
  }
}
