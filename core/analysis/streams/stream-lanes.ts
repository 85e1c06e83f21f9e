import { staticCodec } from '../../decode/sdp-codecs.ts';
import * as Place from '../../programs/media/record.ts';

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
/** Bytes of the lanes of a stream. */
export const LANES_WIDTH = 8 * STRIDE;
/** Nanoseconds of a tick by lane. */
export const laneTicks = Float64Array.from(laneClocks, (clock) => 1e9 / clock);

/** Nanoseconds of a tick by payload type; 0 for dynamic and unassigned ones. 19 was comfort noise once. */
export const staticTicks = Float64Array.from({ length: 128 }, (_, type) => {
  const clock = type === 19 ? 8000 : (staticCodec(type)?.clockRate ?? 0);
  return clock === 0 ? 0 : 1e9 / clock;
});

/** A number of a lane out of `plain`. */
export function laneValue(plain: Float64Array, number: number, lane: number, what: number): number {
  return plain[(number - 1) * STRIDE + lane * WIDTH + what] ?? 0;
}
