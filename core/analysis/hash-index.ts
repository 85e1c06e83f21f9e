/**
 * Numbers (rows, transactions) found again by a hash of what they stand for. Open addressing, hash and number side by
 * side. The caller compares: `first` and `next` give the numbers stored under one hash until 0, and `add` puts a number
 * where the search ended.
 */

/**
 * Places looked at in one search. Good hashes never need as many at the fill allowed here; a capture made to collide
 * costs this much per message and no more, and what lies behind counts as not seen before.
 */
const MAX_PROBES = 1024;

export class HashIndex {
  private table: Uint32Array;
  private mask: number;
  private place = 0;
  private probes = 0;
  private used = 0;

  /** @param size places at first, a power of two. */
  constructor(size = 1 << 12) {
    this.table = new Uint32Array(size * 2);
    this.mask = size - 1;
  }

  /** The first number stored under `hash` (0 to 2^32-1), or 0. */
  first(hash: number): number {
    this.place = hash & this.mask;
    this.probes = 0;
    return this.search(hash);
  }

  /** The next number stored under `hash`, after `first`, or 0. */
  next(hash: number): number {
    this.place = (this.place + 1) & this.mask;
    this.probes++;
    return this.search(hash);
  }

  /** Stores `number` (from 1) under `hash`, right after a search for this hash came to 0. */
  add(hash: number, number: number): void {
    if (this.probes >= MAX_PROBES) return;
    this.table[this.place * 2] = hash;
    this.table[this.place * 2 + 1] = number;
    this.used++;
    if (this.used * 4 > (this.mask + 1) * 3) this.grow();
  }

  /** Bytes held. */
  get bytes(): number {
    return this.table.byteLength;
  }

  private search(hash: number): number {
    const { table, mask } = this;
    let { place, probes } = this;
    let number = 0;
    while (probes < MAX_PROBES) {
      number = table[place * 2 + 1] as number;
      if (number === 0 || table[place * 2] === hash) break;
      place = (place + 1) & mask;
      probes++;
    }
    this.place = place;
    this.probes = probes;
    return probes < MAX_PROBES ? number : 0;
  }

  private grow(): void {
    const old = this.table;
    const mask = this.mask * 2 + 1;
    const table = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) {
      const number = old[at + 1] as number;
      if (number === 0) continue;
      const hash = old[at] as number;
      let place = hash & mask;
      while (table[place * 2 + 1] !== 0) place = (place + 1) & mask;
      table[place * 2] = hash;
      table[place * 2 + 1] = number;
    }
    this.table = table;
    this.mask = mask;
  }
}

/** One more value into a hash; the last result is finished with `>>> 0`. */
export function mix(hash: number, value: number): number {
  const product = Math.imul(hash ^ value, 0x9e3779b1);
  return product ^ (product >>> 15);
}

/** The four bytes from `at` on as a number; the caller has checked that they are there. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}
