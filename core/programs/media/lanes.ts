/**
 * Jitter for all clock rates that are in use, side by side, of streams whose payload type says none (see
 * core/analysis/streams/stream-lanes.ts): lanes (AssemblyScript).
 */
import { hasRoom, real, setWord } from './memory';
import {
  JITTER,
  JITTER_PEAK,
  JITTER_SUM,
  LANE_COUNT,
  LANE_JITTER,
  LANE_MAX,
  LANE_MEAN,
  LANE_PEAK,
  LANE_SUM,
  LANE_WIDTH,
  LANES_NUMBER,
  MAX_JITTER,
  MEAN_JITTER,
} from './record';
import { LANE_TICKS, LANES } from './state';

const LANE: usize = LANE_WIDTH * 8;
const WIDTH: usize = LANE_COUNT * LANE_WIDTH * 8;

function lanesAt(number: i32): usize {
  return load<usize>(LANES) + usize(number - 1) * WIDTH;
}

/** Opens lanes for a stream, which go on from what was counted so far; returns their number, from 1, or 0 where there is no room. */
export function openLanes(record: usize): i32 {
  if (!hasRoom(LANES, WIDTH, 16)) return 0;
  const number = load<i32>(LANES, 4) + 1;
  store<i32>(LANES, number, 4);
  setWord(record, LANES_NUMBER, number);
  let at = lanesAt(number);
  for (let lane = 0; lane < LANE_COUNT; lane++, at += LANE) {
    store<f64>(at, real(record, JITTER), LANE_JITTER * 8);
    store<f64>(at, real(record, MEAN_JITTER), LANE_MEAN * 8);
    store<f64>(at, real(record, MAX_JITTER), LANE_MAX * 8);
    store<f64>(at, real(record, JITTER_SUM), LANE_SUM * 8);
    store<f64>(at, real(record, JITTER_PEAK), LANE_PEAK * 8);
  }
  return number;
}

/**
 * Counts a packet. `delta`: nanoseconds, and `ticks`: timestamp since the one before; `tick`: nanoseconds of one where the
 * clock of its type is known, else 0. `isRegular`: it counts for mean and maximum, of which `share` is its weight.
 */
export function countLanes(number: i32, delta: f64, ticks: i32, tick: f64, isRegular: bool, share: f64): void {
  let at = lanesAt(number);
  const clocks = load<usize>(LANE_TICKS);
  for (let lane = 0; lane < LANE_COUNT; lane++, at += LANE) {
    const length = tick == 0 ? load<f64>(clocks + (lane << 3)) : tick;
    const last = load<f64>(at, LANE_JITTER * 8);
    const jitter = last + (Math.abs(delta - f64(ticks) * length) - last) / 16;
    store<f64>(at, jitter, LANE_JITTER * 8);
    store<f64>(at, load<f64>(at, LANE_SUM * 8) + jitter, LANE_SUM * 8);
    if (jitter > load<f64>(at, LANE_PEAK * 8)) store<f64>(at, jitter, LANE_PEAK * 8);
    if (!isRegular) continue;
    const mean = load<f64>(at, LANE_MEAN * 8);
    store<f64>(at, mean + (jitter - mean) * share, LANE_MEAN * 8);
    if (jitter > load<f64>(at, LANE_MAX * 8)) store<f64>(at, jitter, LANE_MAX * 8);
  }
}

/** The least jitter of all lanes: that of the likely clock. */
export function leastJitter(number: i32): f64 {
  const at = lanesAt(number);
  let least: f64 = Infinity;
  for (let lane = 0; lane < LANE_COUNT; lane++) {
    const jitter = load<f64>(at + usize(lane) * LANE, LANE_JITTER * 8);
    if (jitter < least) least = jitter;
  }
  return least;
}
