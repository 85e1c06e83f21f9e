import { Heap, PLACE_BITS } from './heap.ts';
import { wireText } from './text.ts';

const OFFSET = (1 << PLACE_BITS) - 1;
const ENTRIES_BITS = 12;
const ENTRIES = 1 << ENTRIES_BITS;
/** The id of a segment of entries at which the next one is made: early, for the reason given in column.ts. */
const EARLY = 64;

/** What is known of an id, in an entry: where its bytes are, and how many. */
const Entry = { Place: 0, Length: 1 } as const;
const ENTRY_BITS = 1;

/** Strings that have numbers. */
export interface Strings {
  /** How many ids there are, the absent one included: valid ids are 1 to size-1. */
  readonly size: number;
  /** The bytes of an id, as a view that stays valid; empty for 0. */
  bytesOf(id: number): Uint8Array;
  /** The text of an id; null for 0. */
  text(id: number): string | null;
  /** The id of these bytes, or 0 where they were never interned. */
  find(bytes: Uint8Array, from?: number, to?: number): number;
}

/**
 * Byte strings to small numbers and back. Equal bytes give equal numbers; 0 stands for "absent" and is never handed
 * out. The bytes are copied once; text is made only by `text`.
 *
 * What a look-up costs are cache misses. Strings that are near in time lie next to each other (ids, entries, and in a
 * heap that several interners share, bytes of all of them); only the table is scattered, so a slot of it is four bytes:
 * the id, and above it bits of the hash, which spare most looks at strings that turn out to be others.
 */
export class Interner implements Strings {
  /** Open addressing; 0 is an empty slot. At most three quarters of the slots are taken, so that an id fits into the bits of `mask`. */
  private table = new Int32Array(1 << 10);
  private mask = (1 << 10) - 1;
  /** Entries by id, in segments. */
  private readonly entries: Int32Array[] = [new Int32Array(ENTRIES << ENTRY_BITS)];
  /** Hashes by id, in segments: for a larger table, and to tell guesses from each other. */
  private readonly hashes: Int32Array[] = [new Int32Array(ENTRIES)];
  private count = 1;
  /** The array asked about last, and a view of it: callers ask about one buffer many times. */
  private lastBytes: Uint8Array = new Uint8Array(0);
  private lastView: DataView = new DataView(new ArrayBuffer(0));

  private readonly decode: (bytes: Uint8Array) => string;
  private readonly heap: Heap;
  private readonly ownHeap: boolean;

  /**
   * @param decode how the bytes of an id become text.
   * @param heap where bytes are kept, shared with other interners that are asked at the same time; null for one of its own.
   */
  constructor(decode: (bytes: Uint8Array) => string = wireText, heap: Heap | null = null) {
    this.decode = decode;
    this.heap = heap ?? new Heap();
    this.ownHeap = heap === null;
  }

  /** How many ids there are, the absent one included: valid ids are 1 to size-1. */
  get size(): number {
    return this.count;
  }

  /** Bytes held, for the memory figures; those of a shared heap are not counted here. */
  get bytes(): number {
    const entries = this.entries.length * ENTRIES * (4 + (4 << ENTRY_BITS));
    return this.table.byteLength + entries + (this.ownHeap ? this.heap.bytes : 0);
  }

  /** The id of `bytes[from, to)`, a new one where these bytes were not seen before. An empty range has an id, too. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    const view = this.viewOf(bytes);
    return this.numberOf(view, from, to, hashOf(view, from, to));
  }

  /** The same where it may be one of two ids (or 0), so that there is little to look at. */
  internNear(bytes: Uint8Array, from: number, to: number, guess: number, other: number): number {
    const view = this.viewOf(bytes);
    const hash = hashOf(view, from, to);
    if (this.hashAt(guess) === hash && this.equals(guess, view, from, to - from)) return guess;
    if (this.hashAt(other) === hash && this.equals(other, view, from, to - from)) return other;
    return this.numberOf(view, from, to, hash);
  }

  /** The id of these bytes, or 0 where they were never interned. */
  find(bytes: Uint8Array, from = 0, to = bytes.length): number {
    const view = this.viewOf(bytes);
    return (this.table[this.slotOf(hashOf(view, from, to), view, from, to)] as number) & this.mask;
  }

  /** Whether `bytes[from, to)` is the string of `id`: cheaper than a look-up where there is a guess. False for id 0. */
  is(id: number, bytes: Uint8Array, from: number, to: number): boolean {
    return id !== 0 && this.equals(id, this.viewOf(bytes), from, to - from);
  }

  /** The bytes of an id, as a view that stays valid; empty for 0. */
  bytesOf(id: number): Uint8Array {
    const entries = this.entries[id >>> ENTRIES_BITS] as Int32Array;
    const at = (id & (ENTRIES - 1)) << ENTRY_BITS;
    const length = entries[at + Entry.Length] as number;
    return length === 0 ? new Uint8Array(0) : this.heap.bytesAt(entries[at + Entry.Place] as number, length);
  }

  /** The text of an id; null for 0. */
  text(id: number): string | null {
    return id === 0 ? null : this.decode(this.bytesOf(id));
  }

  private viewOf(bytes: Uint8Array): DataView {
    if (bytes !== this.lastBytes) {
      this.lastBytes = bytes;
      this.lastView = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return this.lastView;
  }

  /** The slot that holds this string, or the empty one where it belongs. */
  private slotOf(hash: number, view: DataView, from: number, to: number): number {
    const { table, mask } = this;
    let slot = hash & mask;
    for (;;) {
      const entry = table[slot] as number;
      if (entry === 0) return slot;
      if (((entry ^ hash) & ~mask) === 0 && this.equals(entry & mask, view, from, to - from)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** The hash of an id; of 0, none that anything has but by chance, and then `equals` says no. */
  private hashAt(id: number): number {
    return (this.hashes[id >>> ENTRIES_BITS] as Int32Array)[id & (ENTRIES - 1)] as number;
  }

  private equals(id: number, view: DataView, start: number, size: number): boolean {
    const from = start | 0;
    const length = size | 0;
    const entries = this.entries[id >>> ENTRIES_BITS] as Int32Array;
    const at = (id & (ENTRIES - 1)) << ENTRY_BITS;
    if (entries[at + Entry.Length] !== length) return false;
    if (length === 0) return true;
    const place = entries[at] as number;
    const kept = this.heap.views[place >>> PLACE_BITS] as DataView;
    const offset = place & OFFSET;
    if (length < 4) {
      for (let i = 0; i < length; i++) if (kept.getUint8(offset + i) !== view.getUint8(from + i)) return false;
      return true;
    }
    const last = length - 4;
    for (let i = 0; i < last; i = (i + 4) | 0)
      if (kept.getInt32(offset + i, true) !== view.getInt32(from + i, true)) return false;
    return kept.getInt32(offset + last, true) === view.getInt32(from + last, true);
  }

  private numberOf(view: DataView, from: number, to: number, hash: number): number {
    const slot = this.slotOf(hash, view, from, to);
    const found = (this.table[slot] as number) & this.mask;
    return found === 0 ? this.add(view, from, to, hash, slot) : found;
  }

  private add(view: DataView, from: number, to: number, hash: number, slot: number): number {
    const length = to - from;
    const id = this.count++;
    if ((id & (ENTRIES - 1)) === EARLY) {
      this.entries.push(new Int32Array(ENTRIES << ENTRY_BITS));
      this.hashes.push(new Int32Array(ENTRIES));
    }
    const entries = this.entries[id >>> ENTRIES_BITS] as Int32Array;
    const at = (id & (ENTRIES - 1)) << ENTRY_BITS;
    entries[at] = length === 0 ? 0 : this.heap.keep(view, from, length);
    entries[at + Entry.Length] = length;
    (this.hashes[id >>> ENTRIES_BITS] as Int32Array)[id & (ENTRIES - 1)] = hash;
    this.table[slot] = (hash & ~this.mask) | id;
    // Three quarters: with bits of the hash in the slot, a longer search costs less than a larger table.
    if (this.count * 4 > this.mask * 3) this.grow();
    return id;
  }

  /** Twice the slots. */
  private grow(): void {
    const size = this.table.length * 2;
    const mask = size - 1;
    const table = new Int32Array(size);
    for (let id = 1; id < this.count; id++) {
      const hash = this.hashAt(id);
      let slot = hash & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = (hash & ~mask) | id;
    }
    this.table = table;
    this.mask = mask;
  }
}

/** Four bytes a step, the last four once more where the length is no multiple; mixed at the end, since slots are taken from the low bits and the rest is compared. */
function hashOf(view: DataView, start: number, end: number): number {
  // `| 0` tells the compiler that offsets are 32-bit numbers: without it the loop counts in floating point.
  const from = start | 0;
  const to = end | 0;
  let hash = 0x811c9dc5 ^ (to - from);
  if (to - from < 4) {
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x85ebca6b);
  } else {
    const last = to - 4;
    for (let at = from; at < last; at = (at + 4) | 0) {
      hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ view.getInt32(last, true), 0x9e3779b1);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return hash ^ (hash >>> 15);
}
