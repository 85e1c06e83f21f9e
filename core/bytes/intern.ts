import { wireText } from './text.ts';

const CHUNK_BITS = 20;
const CHUNK = 1 << CHUNK_BITS;
const PAIRS_BITS = 12;
const PAIRS = 1 << PAIRS_BITS;

/**
 * Byte strings to small numbers and back. Equal bytes give equal numbers; 0 stands for "absent" and is never handed
 * out. The bytes are copied once, into chunks of a megabyte; text is made only by `text`.
 *
 * Laid out for few cache misses, which are what a look-up costs: the hash stands beside the id in the table, offset
 * and length of an id beside each other in a segment, so a hit touches three places.
 */
export class Interner {
  /** Open addressing over pairs (hash, id); id 0 is an empty place. At most half of the places are taken. */
  private table = new Uint32Array(2 << 10);
  private mask = (1 << 10) - 1;
  /** Pairs (place in the chunks, length) by id, in segments. A place is the chunk's number times CHUNK plus the offset. */
  private readonly entries: Uint32Array[] = [new Uint32Array(2 * PAIRS)];
  private readonly chunks: Uint8Array[] = [];
  private count = 1;
  private used = CHUNK;
  private held = 0;

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
    const hash = hashOf(bytes, from, to);
    const { table, mask } = this;
    let place = hash & mask;
    for (;;) {
      const id = table[2 * place + 1] as number;
      if (id === 0) return this.add(bytes, from, to, hash, place);
      if (table[2 * place] === hash && this.equals(id, bytes, from, to)) return id;
      place = (place + 1) & mask;
    }
  }

  /** The id of these bytes, or 0 where they were never interned. */
  find(bytes: Uint8Array, from = 0, to = bytes.length): number {
    const hash = hashOf(bytes, from, to);
    const { table, mask } = this;
    let place = hash & mask;
    for (;;) {
      const id = table[2 * place + 1] as number;
      if (id === 0 || (table[2 * place] === hash && this.equals(id, bytes, from, to))) return id;
      place = (place + 1) & mask;
    }
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

  /** The text of an id (UTF-8, and Latin-1 where it is not valid UTF-8); null for 0. */
  text(id: number): string | null {
    return id === 0 ? null : wireText(this.bytesOf(id));
  }

  private equals(id: number, bytes: Uint8Array, from: number, to: number): boolean {
    const entries = this.entries[id >>> PAIRS_BITS] as Uint32Array;
    const pair = 2 * (id & (PAIRS - 1));
    const length = to - from;
    if (entries[pair + 1] !== length) return false;
    const place = entries[pair] as number;
    const chunk = this.chunks[place >>> CHUNK_BITS] as Uint8Array;
    const offset = place & (CHUNK - 1);
    for (let i = 0; i < length; i++) if (chunk[offset + i] !== bytes[from + i]) return false;
    return true;
  }

  private add(bytes: Uint8Array, from: number, to: number, hash: number, place: number): number {
    const length = to - from;
    if (this.used + length > CHUNK || this.chunks.length === 0) {
      // A string longer than a chunk gets a chunk of its own; only its first byte's place has to fit in the entry.
      const size = Math.max(CHUNK, length);
      this.chunks.push(new Uint8Array(size));
      this.held += size;
      this.used = 0;
    }
    const chunk = this.chunks.at(-1) as Uint8Array;
    for (let i = 0; i < length; i++) chunk[this.used + i] = bytes[from + i] as number;
    const id = this.count++;
    if ((id & (PAIRS - 1)) === 0) this.entries.push(new Uint32Array(2 * PAIRS));
    const entries = this.entries[id >>> PAIRS_BITS] as Uint32Array;
    const pair = 2 * (id & (PAIRS - 1));
    entries[pair] = (this.chunks.length - 1) * CHUNK + this.used;
    entries[pair + 1] = length;
    this.used += length;
    this.table[2 * place] = hash;
    this.table[2 * place + 1] = id;
    if (id * 2 > this.mask) this.grow();
    return id;
  }

  private grow(): void {
    const old = this.table;
    const size = (this.mask + 1) * 2;
    const mask = size - 1;
    const table = new Uint32Array(2 * size);
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] === 0) continue;
      let place = (old[i] as number) & mask;
      while (table[2 * place + 1] !== 0) place = (place + 1) & mask;
      table[2 * place] = old[i] as number;
      table[2 * place + 1] = old[i + 1] as number;
    }
    this.table = table;
    this.mask = mask;
  }
}

/** Four bytes a step, so that the multiplications wait for each other a quarter as often; mixed at the end, since places are taken from the low bits. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5 ^ (to - from);
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
}
