/**
 * Where in the record of a stream (core/analysis/streams/stream-records.ts) those numbers stand that `media.ts` works
 * on as well: read by TypeScript and by AssemblyScript alike, so nothing but constants.
 */

/** Bytes in front of the doubles, and of the counts of arrival spacing. */
export const REALS_AT = 256;
export const SPACINGS_AT = 576;

/* 32-bit numbers, by fours of bytes. */
export const LAST_STEP = 51;
export const LANES = 53;
export const SSRC = 56;
export const PACKETS = 57;
export const REGRESSED = 58;
export const RUN = 59;
export const NEXT_HEAD = 60;
export const NEXT_TIMESTAMP = 61;
export const SIZE = 62;
export const WIRE = 63;

/* Doubles, by eights of bytes. */
export const REF_TIME = 0;
export const JITTER = 1;
export const MEAN_JITTER = 2;
export const MAX_JITTER = 3;
export const JITTER_SUM = 4;
export const MEAN_DELTA = 5;
export const MAX_DELTA = 6;
export const COURSE_END = 7;
export const COURSE_MAX_DELTA = 8;
export const FIRST = 9;
export const SUM_TIME = 10;
export const SUM_TICKS = 11;
export const SUM_TIME_TIME = 12;
export const SUM_TIME_TICKS = 13;
export const TICKS = 14;
export const JITTER_PEAK = 15;

/** Numbers of a lane: jitter, mean and peak of regular packets, sum and peak of all (doubles); how many lanes there are. */
export const LANE_JITTER = 0;
export const LANE_MEAN = 1;
export const LANE_MAX = 2;
export const LANE_SUM = 3;
export const LANE_PEAK = 4;
export const LANE_WIDTH = 5;
export const LANE_COUNT = 7;

/** Up to so many nanoseconds places of arrival spacing are of the same length: so many of them lie in a nanosecond. */
export const LINEAR = 100e6;
export const PLACES_PER_NS = 5e-7;
