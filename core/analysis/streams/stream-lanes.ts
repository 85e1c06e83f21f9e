import { staticCodec } from '../../decode/sdp-codecs.ts';

/**
 * Jitter of payload types whose clock rate nobody has said yet: what a dynamic type means stands in an SDP, which may
 * come later, on another path, or never. So it is counted for all clock rates that are in use, side by side, and the
 * right one is taken when it is known. Where it never is, the one with the least jitter is the likely one.
 */
export const laneClocks = [8000, 16_000, 24_000, 32_000, 44_100, 48_000, 90_000] as const;

/** Numbers of a lane: jitter, mean and peak of regular packets, sum and peak of all. */
export const Lane = { Jitter: 0, Mean: 1, Max: 2, Sum: 3, Peak: 4 } as const;
const WIDTH = 5;
const STRIDE = laneClocks.length * WIDTH;
const nanoseconds = Float64Array.from(laneClocks, (clock) => 1e9 / clock);

/** Nanoseconds of a tick by payload type; 0 for dynamic and unassigned ones. 19 was comfort noise once. */
export const staticTicks = Float64Array.from({ length: 128 }, (_, type) => {
  const clock = type === 19 ? 8000 : (staticCodec(type)?.clockRate ?? 0);
  return clock === 0 ? 0 : 1e9 / clock;
});

export class StreamLanes {
  /** Numbers of all lanes behind each other; those of number n from 1 begin at (n - 1) * STRIDE. */
  private values = new Float64Array(STRIDE * 16);
  private count = 0;

  /** Opens lanes that go on from what was counted so far, and returns their number, from 1. */
  open(jitter: number, mean: number, max: number, sum: number, peak: number): number {
    const start = this.count * STRIDE;
    if (start + STRIDE > this.values.length) {
      const more = new Float64Array(this.values.length * 2);
      more.set(this.values);
      this.values = more;
    }
    for (let lane = 0; lane < laneClocks.length; lane++) {
      this.values.set([jitter, mean, max, sum, peak], start + lane * WIDTH);
    }
    this.count += 1;
    return this.count;
  }

  /**
   * Counts a packet. `delta`: nanoseconds and ticks since the one before; `tick`: nanoseconds of one where the clock of its type
   * is known, else 0. `regular`: it counts for mean and maximum, of which `share` is its weight.
   */
  packet(number: number, delta: number, ticks: number, tick: number, regular: boolean, share: number): void {
    const { values } = this;
    let at = (number - 1) * STRIDE;
    for (let lane = 0; lane < laneClocks.length; lane++, at += WIDTH) {
      const difference = Math.abs(delta - ticks * (tick === 0 ? (nanoseconds[lane] as number) : tick));
      const jitter = (values[at] as number) + (difference - (values[at] as number)) / 16;
      values[at] = jitter;
      values[at + Lane.Sum] = (values[at + Lane.Sum] as number) + jitter;
      if (jitter > (values[at + Lane.Peak] as number)) values[at + Lane.Peak] = jitter;
      if (!regular) continue;
      values[at + Lane.Mean] =
        (values[at + Lane.Mean] as number) + (jitter - (values[at + Lane.Mean] as number)) * share;
      if (jitter > (values[at + Lane.Max] as number)) values[at + Lane.Max] = jitter;
    }
  }

  /** The least jitter of all lanes: that of the likely clock. */
  least(number: number): number {
    let least = Infinity;
    for (let lane = 0; lane < laneClocks.length; lane++) {
      least = Math.min(least, this.values[(number - 1) * STRIDE + lane * WIDTH] as number);
    }
    return least;
  }

  get plain(): Float64Array {
    return this.values.slice(0, this.count * STRIDE);
  }
}

/** A number of a lane out of `plain`. */
export function laneValue(plain: Float64Array, number: number, lane: number, what: number): number {
  return plain[(number - 1) * STRIDE + lane * WIDTH + what] ?? 0;
}
