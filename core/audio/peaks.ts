/** Buckets that are kept at most of a channel; when they are full, two become one. */
export const MOST_BUCKETS = 8192;
const FIRST_LENGTH = 32;

/** Bits of `marks`; one of them in an answer. */
export const Missing = { Lost: 1, Late: 2 } as const;

/** Least and greatest sample, and what is missing, over a sound whose length is not known before. One channel. */
export class Peaks {
  readonly min = new Int16Array(MOST_BUCKETS);
  readonly max = new Int16Array(MOST_BUCKETS);
  readonly marks = new Uint8Array(MOST_BUCKETS);
  /** Samples of a bucket. */
  length = FIRST_LENGTH;
  /** Samples so far. */
  samples = 0;

  /** Takes every `step`-th sample from `at` on. */
  add(samples: Int16Array, at: number, step: number): void {
    const { min, max } = this;
    for (let i = at; i < samples.length; i += step) {
      const value = samples[i] as number;
      if (this.samples >= MOST_BUCKETS * this.length) this.halve();
      const bucket = Math.floor(this.samples / this.length);
      if (this.samples % this.length === 0) {
        min[bucket] = value;
        max[bucket] = value;
      } else if (value < (min[bucket] as number)) min[bucket] = value;
      else if (value > (max[bucket] as number)) max[bucket] = value;
      this.samples += 1;
    }
  }

  /** Something is missing between two samples. */
  mark(from: number, to: number, bit: number): void {
    if (to <= from) return;
    while (to > MOST_BUCKETS * this.length) this.halve();
    const last = Math.floor((to - 1) / this.length);
    for (let bucket = Math.floor(from / this.length); bucket <= last; bucket++) {
      this.marks[bucket] = (this.marks[bucket] as number) | bit;
    }
  }

  /**
   * The same in `count` buckets of a whole of `samples`; no more than there are buckets, so that what lies behind the last
   * sample is silent.
   */
  inBuckets(
    count: number,
    samples = this.samples,
  ): { readonly min: number[]; readonly max: number[]; readonly marks: number[] } {
    while (samples > MOST_BUCKETS * this.length) this.halve();
    const filled = Math.ceil(samples / this.length);
    const buckets = Math.max(0, Math.min(count, filled));
    const min: number[] = [];
    const max: number[] = [];
    const marks: number[] = [];
    for (let i = 0; i < buckets; i++) {
      const from = Math.floor((i * filled) / buckets);
      const to = Math.max(from + 1, Math.floor(((i + 1) * filled) / buckets));
      let low = 32_767;
      let high = -32_768;
      let bits = 0;
      for (let bucket = from; bucket < to; bucket++) {
        low = Math.min(low, this.min[bucket] as number);
        high = Math.max(high, this.max[bucket] as number);
        bits |= this.marks[bucket] as number;
      }
      min.push(low);
      max.push(high);
      // What came too late was missed before.
      marks.push((bits & Missing.Late) === 0 ? bits : Missing.Late);
    }
    return { min, max, marks };
  }

  private halve(): void {
    const { min, max, marks } = this;
    const filled = Math.ceil(this.samples / this.length);
    for (let i = 0; i < MOST_BUCKETS; i++) {
      const [a, b] = [2 * i, 2 * i + 1];
      const isBoth = b < filled;
      min[i] = isBoth ? Math.min(min[a] as number, min[b] as number) : (min[a] ?? 0);
      max[i] = isBoth ? Math.max(max[a] as number, max[b] as number) : (max[a] ?? 0);
      marks[i] = (marks[a] ?? 0) | (marks[b] ?? 0);
    }
    this.length *= 2;
  }
}
