import { wireText } from './text.ts';

const CHUNK_BITS = 20;
const CHUNK = 1 << CHUNK_BITS;
const PAIRS_BITS = 12;
const PAIRS = 1 << PAIRS_BITS;
/** The id of a segment of pairs at which the next one is made: early, for the reason given in column.ts. */
const EARLY = 64;

/**
 * Byte strings to small numbers and back. Equal bytes give equal numbers; 0 stands for "absent" and is never handed
 * out. The bytes are copied once, into chunks of a megabyte; text is made only by `text`.
 *
 * What a look-up costs are cache misses. Strings that are near in time lie next to each other (ids, places, bytes);
 * only the table is scattered, so a slot of it is four bytes: the id, and above it bits of the hash, which spare most
 * looks at strings that turn out to be others.
 */
export class Interner {
  /** Open addressing; 0 is an empty slot. At most three quarters of the slots are taken, so that an id fits into the bits of `mask`. */
  private table = new Int32Array(1 << 10);
  private mask = (1 << 10) - 1;
  /** Pairs (place, length) by id, in segments. A place is the chunk's number times CHUNK plus the offset. */
  private readonly entries: Uint32Array[] = [new Uint32Array(2 * PAIRS)];
  private readonly chunks: Uint8Array[] = [];
  private readonly views: DataView[] = [];
  private count = 1;
  private used = CHUNK;
  private held = 0;
  /** The array asked about last, and a view of it: callers ask about one buffer many times. */
  private lastBytes: Uint8Array = new Uint8Array(0);
  private lastView: DataView = new DataView(new ArrayBuffer(0));

  private readonly decode: (bytes: Uint8Array) => string;

  /** @param decode how the bytes of an id become text. */
  constructor(decode: (bytes: Uint8Array) => string = wireText) {
    this.decode = decode;
  }

  /** How many ids there are, the absent one included: valid ids are 1 to size-1. */
  get size(): number {
    return this.count;
  }

  /** Bytes held, for the memory figures. */
  get bytes(): number {
    return this.held + this.table.byteLength + this.entries.length * PAIRS * 8;
  }

  /** The id of `bytes[from, to)`, a new one where these bytes were not seen before. An empty range has an id, too. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    const view = this.viewOf(bytes);
    const hash = hashOf(view, from, to);
    const slot = this.slotOf(hash, view, from, to);
    const found = (this.table[slot] as number) & this.mask;
    return found === 0 ? this.add(bytes, from, to, hash, slot) : found;
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
    const entries = this.entries[id >>> PAIRS_BITS] as Uint32Array;
    const place = entries[2 * (id & (PAIRS - 1))] as number;
    const length = entries[2 * (id & (PAIRS - 1)) + 1] as number;
    if (length === 0) return new Uint8Array(0);
    const offset = place & (CHUNK - 1);
    return (this.chunks[place >>> CHUNK_BITS] as Uint8Array).subarray(offset, offset + length);
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

  private equals(id: number, view: DataView, start: number, size: number): boolean {
    const from = start | 0;
    const length = size | 0;
    const entries = this.entries[id >>> PAIRS_BITS] as Uint32Array;
    const pair = 2 * (id & (PAIRS - 1));
    if (entries[pair + 1] !== length) return false;
    const place = entries[pair] as number;
    const kept = this.views[place >>> CHUNK_BITS];
    // Only the empty string can have been interned before there was a chunk.
    if (kept === undefined) return true;
    const offset = (place & (CHUNK - 1)) | 0;
    if (length < 4) {
      for (let i = 0; i < length; i++) if (kept.getUint8(offset + i) !== view.getUint8(from + i)) return false;
      return true;
    }
    const last = length - 4;
    for (let i = 0; i < last; i = (i + 4) | 0)
      if (kept.getInt32(offset + i, true) !== view.getInt32(from + i, true)) return false;
    return kept.getInt32(offset + last, true) === view.getInt32(from + last, true);
  }

  private add(bytes: Uint8Array, from: number, to: number, hash: number, slot: number): number {
    const length = to - from;
    if (this.used + length > CHUNK) {
      // A string longer than a chunk gets a chunk of its own; only its first byte's place has to fit in the entry.
      const chunk = new Uint8Array(Math.max(CHUNK, length));
      this.chunks.push(chunk);
      this.views.push(new DataView(chunk.buffer));
      this.held += chunk.length;
      this.used = 0;
    }
    const place = Math.max(0, this.chunks.length - 1) * CHUNK + (this.used & (CHUNK - 1));
    if (length > 0) {
      copy(this.viewOf(bytes), from, this.views.at(-1) as DataView, this.used, length);
      this.used += length;
    }
    const id = this.count++;
    if ((id & (PAIRS - 1)) === EARLY) this.entries.push(new Uint32Array(2 * PAIRS));
    const entries = this.entries[id >>> PAIRS_BITS] as Uint32Array;
    const pair = 2 * (id & (PAIRS - 1));
    entries[pair] = place;
    entries[pair + 1] = length;
    this.table[slot] = (hash & ~this.mask) | id;
    // Three quarters: with bits of the hash in the slot, a longer search costs less than a larger table.
    if (this.count * 4 > this.mask * 3) this.grow();
    return id;
  }

  /** Twice the slots. Hashes are made anew from the bytes: the slots hold only some bits of them. */
  private grow(): void {
    const size = this.table.length * 2;
    const mask = size - 1;
    const table = new Int32Array(size);
    for (let id = 1; id < this.count; id++) {
      const entries = this.entries[id >>> PAIRS_BITS] as Uint32Array;
      const pair = 2 * (id & (PAIRS - 1));
      const place = entries[pair] as number;
      const view = this.views[place >>> CHUNK_BITS] ?? this.lastView;
      const offset = place & (CHUNK - 1);
      const hash = hashOf(view, offset, offset + (entries[pair + 1] as number));
      let slot = hash & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = (hash & ~mask) | id;
    }
    this.table = table;
    this.mask = mask;
  }
}

/** Copies bytes, four a step: the strings are short, and a call for each would cost more. */
function copy(source: DataView, from: number, target: DataView, to: number, length: number): void {
  let i = 0;
  for (; i + 4 <= length; i = (i + 4) | 0) target.setInt32(to + i, source.getInt32(from + i));
  for (; i < length; i++) target.setUint8(to + i, source.getUint8(from + i));
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
