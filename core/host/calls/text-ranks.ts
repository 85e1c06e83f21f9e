import type { Turns } from '../kept.ts';

/** Bytes of a text that count; texts that differ only behind are equal. */
const LONGEST = 128;
/** Bytes kept of all texts together; of those that come when there are so many, only a few count. */
const MOST_BYTES = 256 << 20;
const SHORTEST = 16;
/** Groups up to this size are sorted by comparing. */
const FEW = 12;
const CHUNK = 1 << 20;
/** Texts between two looks at whether somebody else waits. */
const STEP = 1 << 14;

/** As people sort: letters of ASCII in any case, and `@` before whatever can go on a name. */
const fold = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x40) return 1;
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
});

/** Texts in one piece of memory, to be put in order. */
export class TextRanks {
  private bytes = new Uint8Array(CHUNK);
  private used = 0;
  private readonly ends: Uint32Array;
  private count = 0;

  /** @param most how many texts will be added at most */
  constructor(most: number) {
    this.ends = new Uint32Array(most);
  }

  /** Adds `bytes[from, to)`; an empty one has no rank. */
  add(bytes: Uint8Array, from: number, to: number): void {
    const length = Math.max(0, Math.min(to - from, this.used < MOST_BYTES ? LONGEST : SHORTEST));
    if (this.used + length > this.bytes.length) {
      const grown = new Uint8Array(this.bytes.length * 2);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    for (let i = 0; i < length; i++) this.bytes[this.used + i] = fold[bytes[from + i] as number] as number;
    this.used += length;
    this.ends[this.count++] = this.used;
  }

  /** By text in the order of adding, its place among all; equal texts have equal ones, NaN where it is empty. */
  async ranks(turns: Turns): Promise<Float64Array> {
    const { count } = this;
    const order = new Uint32Array(count);
    let filled = 0;
    for (let text = 0; text < count; text++) if (this.startOf(text) < this.endOf(text)) order[filled++] = text;
    const sorted = order.subarray(0, filled);
    const begins = new Uint8Array(filled);
    await this.sort(sorted, begins, turns);
    const ranks = new Float64Array(count).fill(Number.NaN);
    let rank = 0;
    for (let at = 0; at < filled; at++) {
      if (begins[at] === 1) rank = at;
      ranks[sorted[at] as number] = rank;
    }
    return ranks;
  }

  /**
   * Sorts by four bytes at a time: those and the text's number make one number of 64 bits, and sorting a typed array of
   * these is the engine's own work. Groups that are equal so far go on with the next four. `begins` gets 1 where a text
   * differs from the one before.
   */
  private async sort(order: Uint32Array, begins: Uint8Array, turns: Turns): Promise<void> {
    const pairs = new BigUint64Array(order.length);
    const halves = new Uint32Array(pairs.buffer);
    const groups: { readonly from: number; readonly to: number; readonly depth: number }[] = [];
    const add = (from: number, to: number, depth: number): void => {
      // Texts that differ only in bytes 0 at their ends would go on for ever.
      if (depth >= LONGEST) return;
      if (to - from > FEW) groups.push({ from, to, depth });
      else if (to - from > 1) this.sortFew(order, begins, from, to, depth);
    };
    add(0, order.length, 0);
    let since = 0;
    for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
      const { from, to } = group;
      const depth = this.differAt(order, from, to, group.depth);
      since += to - from;
      if (since > STEP) {
        since = 0;
        await turns.next();
      }
      if (depth === Infinity) continue;
      for (let at = from; at < to; at++) {
        const text = order[at] as number;
        halves[2 * (at - from)] = text;
        halves[2 * (at - from) + 1] = this.word(text, depth);
      }
      pairs.subarray(0, to - from).sort();
      let begin = from;
      for (let at = from; at < to; at++) {
        order[at] = halves[2 * (at - from)] as number;
        if (at === from || halves[2 * (at - from) + 1] === halves[2 * (at - from) - 1]) continue;
        add(begin, at, depth + 4);
        begins[at] = 1;
        begin = at;
      }
      add(begin, to, depth + 4);
    }
  }

  /** From which byte on the texts of a group differ, `depth` or behind; Infinity where they are equal. */
  private differAt(order: Uint32Array, from: number, to: number, depth: number): number {
    const { bytes } = this;
    const first = this.startOf(order[from] as number);
    const length = this.endOf(order[from] as number) - first;
    let same = Infinity;
    for (let at = from + 1; at < to && same > depth; at++) {
      const start = this.startOf(order[at] as number);
      const own = this.endOf(order[at] as number) - start;
      const end = Math.min(length, own, same);
      let equal = depth;
      while (equal < end && bytes[first + equal] === bytes[start + equal]) equal++;
      if (equal < end || length !== own) same = Math.min(same, equal);
    }
    return same;
  }

  /** Bytes `depth` to `depth` + 3 of a text as a number; 0 behind its end. */
  private word(text: number, depth: number): number {
    const { bytes } = this;
    const at = this.startOf(text) + depth;
    const left = this.endOf(text) - at;
    if (left >= 4)
      return (
        (((bytes[at] as number) << 24) |
          ((bytes[at + 1] as number) << 16) |
          ((bytes[at + 2] as number) << 8) |
          (bytes[at + 3] as number)) >>>
        0
      );
    let word = 0;
    for (let i = 0; i < 4; i++) word = (word << 8) | (i < left ? (bytes[at + i] as number) : 0);
    return word >>> 0;
  }

  private sortFew(order: Uint32Array, begins: Uint8Array, from: number, to: number, depth: number): void {
    for (let at = from + 1; at < to; at++) {
      const text = order[at] as number;
      let place = at;
      while (place > from && this.compare(order[place - 1] as number, text, depth) > 0) {
        order[place] = order[place - 1] as number;
        place -= 1;
      }
      order[place] = text;
    }
    for (let at = from + 1; at < to; at++)
      if (this.compare(order[at - 1] as number, order[at] as number, depth) !== 0) begins[at] = 1;
  }

  private compare(a: number, b: number, depth: number): number {
    const { bytes } = this;
    const [endA, endB] = [this.endOf(a), this.endOf(b)];
    let atA = this.startOf(a) + depth;
    let atB = this.startOf(b) + depth;
    while (atA < endA && atB < endB) {
      const difference = (bytes[atA++] as number) - (bytes[atB++] as number);
      if (difference !== 0) return difference;
    }
    return endA - atA - (endB - atB);
  }

  private startOf(text: number): number {
    return text === 0 ? 0 : (this.ends[text - 1] as number);
  }

  private endOf(text: number): number {
    return this.ends[text] as number;
  }
}
