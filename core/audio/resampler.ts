import { saturated } from './decoder.ts';

/** Samples of the slower side, to each side, that make one of the output. */
const REACH = 16;
/** Steps between two samples of the input for which there are coefficients; others are interpolated. */
const STEPS = 512;

/**
 * Brings a sound to another rate: a windowed sinc, cut off below half of the lower rate. The output begins with the first
 * sample of the input, not with the filter's delay; its length is the input's, in proportion.
 */
export class Resampler {
  private readonly ratio: number;
  private readonly reach: number;
  private readonly coefficients: Float64Array;
  /** The last samples of the input, and what came since. */
  private held: Int16Array;
  private count: number;
  /** Number of the first sample in `held`. */
  private base: number;
  private produced = 0;
  private made = new Int16Array(4096);

  /** @param from samples a second of the input @param to of the output. */
  constructor(from: number, to: number) {
    this.ratio = from / to;
    const narrow = Math.min(1, to / from);
    this.reach = Math.ceil(REACH / narrow);
    this.coefficients = windowedSinc(this.reach, narrow * 0.95);
    // Before the beginning there is silence.
    this.held = new Int16Array(4096 + 4 * this.reach);
    this.count = this.reach;
    this.base = -this.reach;
  }

  /** Takes `count` samples; answers what is certain now, in memory that the next call uses again. */
  push(samples: Int16Array, count: number): Int16Array {
    this.append(samples, count);
    return this.produce(this.base + this.count - this.reach);
  }

  /** At the end of the input: what is still missing of the output. */
  finish(): Int16Array {
    const end = this.base + this.count;
    this.append(new Int16Array(this.reach), this.reach);
    return this.produce(end);
  }

  private append(samples: Int16Array, count: number): void {
    if (this.count + count > this.held.length) {
      const larger = new Int16Array(2 * (this.count + count));
      larger.set(this.held.subarray(0, this.count));
      this.held = larger;
    }
    this.held.set(samples.subarray(0, count), this.count);
    this.count += count;
  }

  /** All samples of the output that lie before sample `end` of the input. */
  private produce(end: number): Int16Array {
    const { ratio, reach, held, coefficients } = this;
    const count = Math.max(0, Math.ceil(end / ratio) - this.produced);
    if (this.made.length < count) this.made = new Int16Array(2 * count);
    const { made } = this;
    for (let i = 0; i < count; i++, this.produced++) {
      const position = this.produced * ratio;
      const whole = Math.floor(position);
      const part = (position - whole) * STEPS;
      const step = Math.floor(part);
      const between = part - step;
      let sum = 0;
      // The first sample that is reached is `reach - 1` before the whole one: farthest from the middle of the sinc.
      let at = whole - reach + 1 - this.base;
      for (let tap = 2 * reach - 1; tap >= 0; tap--, at++) {
        const place = tap * STEPS + step;
        const low = coefficients[place] as number;
        sum += (held[at] as number) * (low + between * ((coefficients[place + 1] as number) - low));
      }
      made[i] = saturated(Math.round(sum));
    }
    const needed = Math.max(0, Math.floor(this.produced * ratio) - reach - this.base);
    if (needed > 2048) {
      held.copyWithin(0, needed, this.count);
      this.count -= needed;
      this.base += needed;
    }
    return made.subarray(0, count);
  }
}

/** The sinc from `-reach` to `reach` in steps, under a Blackman window; `cut` is its share of half the input's rate. */
function windowedSinc(reach: number, cut: number): Float64Array {
  const coefficients = new Float64Array(2 * reach * STEPS + 1);
  for (let i = 0; i < coefficients.length; i++) {
    const x = i / STEPS - reach;
    const sinc = x === 0 ? cut : Math.sin(Math.PI * cut * x) / (Math.PI * x);
    const turn = (Math.PI * x) / reach;
    coefficients[i] = sinc * (0.42 + 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn));
  }
  return coefficients;
}
