import { staticCodec } from '../../decode/sdp-codecs.ts';
import * as Place from '../../programs/stream-record.ts';
import type { MediaProgram } from './media-program.ts';

/**
 * Jitter of payload types whose clock rate nobody has said yet: what a dynamic type means stands in an SDP, which may
 * come later, on another path, or never. So it is counted for all clock rates that are in use, side by side, and the
 * right one is taken when it is known. Where it never is, the one with the least jitter is the likely one.
 */
export const laneClocks = [8000, 16_000, 24_000, 32_000, 44_100, 48_000, 90_000] as const;

/** Numbers of a lane: jitter, mean and peak of regular packets, sum and peak of all. */
export const Lane = {
  Jitter: Place.LANE_JITTER,
  Mean: Place.LANE_MEAN,
  Max: Place.LANE_MAX,
  Sum: Place.LANE_SUM,
  Peak: Place.LANE_PEAK,
} as const;
const WIDTH = Place.LANE_WIDTH;
const STRIDE = Place.LANE_COUNT * WIDTH;
/** Nanoseconds of a tick by lane. */
export const laneTicks = Float64Array.from(laneClocks, (clock) => 1e9 / clock);

/** Nanoseconds of a tick by payload type; 0 for dynamic and unassigned ones. 19 was comfort noise once. */
export const staticTicks = Float64Array.from({ length: 128 }, (_, type) => {
  const clock = type === 19 ? 8000 : (staticCodec(type)?.clockRate ?? 0);
  return clock === 0 ? 0 : 1e9 / clock;
});

export class StreamLanes {
  /** Numbers of all lanes behind each other; those of number n from 1 begin at (n - 1) * STRIDE. */
  private values: Float64Array;
  private count = 0;
  private readonly program: MediaProgram;

  /** @param program counts, and has the lanes in its memory. */
  constructor(program: MediaProgram) {
    this.program = program;
    this.values = this.room(16);
  }

  /** Opens lanes that go on from what was counted so far, and returns their number, from 1. */
  open(jitter: number, mean: number, max: number, sum: number, peak: number): number {
    const start = this.count * STRIDE;
    if (start + STRIDE > this.values.length) {
      const more = this.room((2 * this.values.length) / STRIDE);
      more.set(this.values);
      this.values = more;
    }
    for (let lane = 0; lane < laneClocks.length; lane++) {
      this.values.set([jitter, mean, max, sum, peak], start + lane * WIDTH);
    }
    this.count += 1;
    return this.count;
  }

  private room(count: number): Float64Array {
    const bytes = this.program.memory.take(8 * STRIDE * count);
    this.program.knowLanes(bytes.byteOffset);
    return new Float64Array(bytes.buffer, bytes.byteOffset, STRIDE * count);
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
