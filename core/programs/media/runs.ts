/**
 * Runs: packets that follow each other as those before did, by sequence number, by timestamp and in length. That is what
 * nearly all packets of media do. Of each only what its time of arrival says is worked out as it comes; all that is the same
 * from one to the next waits until the run is over, and is then multiplied. What comes out is the same to the bit: these are
 * sums of whole numbers (AssemblyScript).
 */
import { countLanes } from './lanes';
import { addReal, addWord, real, setReal, setWord, word } from './memory';
import {
  CANDIDATE_COUNT,
  COURSE_END,
  COURSE_MAX_DELTA,
  CURRENT,
  FIRST,
  JITTER,
  JITTER_COUNT,
  JITTER_PEAK,
  JITTER_SUM,
  LANES_NUMBER,
  LAST,
  LAST_TIMESTAMP,
  LINEAR,
  MAX_DELTA,
  MAX_JITTER,
  MAX_SEQUENCE,
  MEAN_DELTA,
  MEAN_JITTER,
  NEXT_HEAD,
  NEXT_TIMESTAMP,
  ORDER_TIME,
  PACKETS,
  PAYLOAD_BYTES,
  PLACES_PER_NS,
  REF_TIME,
  REF_TIMESTAMP,
  REGRESSED,
  RTP_BYTES,
  RUN,
  SEEN_HIGH,
  SEEN_LOW,
  SIZE,
  SPACINGS_AT,
  STEADY,
  STEP,
  STEP_COUNTS,
  STEP_PAYLOAD,
  STEP_SPACING,
  STEPS,
  SUM_TICKS,
  SUM_TIME,
  SUM_TIME_TICKS,
  SUM_TIME_TIME,
  TICKS,
  WIRE,
  WIRE_SUM,
} from './record';
import { TYPE_TICKS } from './state';

/** No head of a packet of RTP: its version is 0. */
const NONE: i32 = 0;
/** Version 2, neither padding nor extension nor sources. */
const PLAIN: i32 = 0x80;

/** Nanoseconds of a tick of a payload type; 0 where that says nothing. */
export function tickOf(type: i32): f64 {
  return load<f64>(load<usize>(TYPE_TICKS) + (type << 3));
}

/**
 * Counts a packet that goes on with a run: `head` and `timestamp` are its first two words, `size` is that of UDP's payload,
 * `wire` that of the packet, all of which was captured. False where it does not, or needs more than that; then nothing has
 * changed.
 */
export function goesOn(record: usize, time: f64, head: i32, timestamp: i32, size: i32, wire: i32): bool {
  if (word(record, NEXT_HEAD) != head || word(record, NEXT_TIMESTAMP) != timestamp) return false;
  if (word(record, SIZE) != size || word(record, WIRE) != wire) return false;
  const run = word(record, RUN);
  const before = word(record, PACKETS) + run;
  // Payloads of which the head is kept have such numbers.
  if ((before & (before - 1)) == 0) return false;
  const delta = time - real(record, REF_TIME);
  if (!(time < real(record, COURSE_END) && delta >= 0 && delta < LINEAR)) return false;

  const step = word(record, CURRENT);
  const share = 1 / f64(before);
  setReal(record, REF_TIME, time);
  if (delta > real(record, MAX_DELTA)) setReal(record, MAX_DELTA, delta);
  if (delta > real(record, COURSE_MAX_DELTA)) setReal(record, COURSE_MAX_DELTA, delta);
  const meanDelta = real(record, MEAN_DELTA);
  setReal(record, MEAN_DELTA, meanDelta + (delta - meanDelta) * share);
  const tick = tickOf((head >>> 16) & 0x7f);
  const lanes = word(record, LANES_NUMBER);
  if (lanes == 0) {
    const last = real(record, JITTER);
    const jitter = last + (Math.abs(delta - f64(step) * tick) - last) / 16;
    setReal(record, JITTER, jitter);
    addReal(record, JITTER_SUM, jitter);
    if (jitter > real(record, MAX_JITTER)) {
      setReal(record, MAX_JITTER, jitter);
      // The peak of all packets is never below that of the regular ones.
      if (jitter > real(record, JITTER_PEAK)) setReal(record, JITTER_PEAK, jitter);
    }
    const mean = real(record, MEAN_JITTER);
    setReal(record, MEAN_JITTER, mean + (jitter - mean) * share);
  } else {
    countLanes(lanes, delta, step, tick, true, share);
  }
  if ((before & 7) == 0) {
    regress(record, (time - real(record, FIRST)) / 1e6, real(record, TICKS) + f64(run + 1) * f64(step));
  }
  const place = record + (i32(delta * PLACES_PER_NS) << 2);
  store<i32>(place, load<i32>(place, SPACINGS_AT) + 1, SPACINGS_AT);
  setWord(record, RUN, run + 1);
  setWord(record, NEXT_HEAD, next(head));
  setWord(record, NEXT_TIMESTAMP, timestamp + step);
  return true;
}

/** Sums for the line through arrival (x, ms) and timestamp (y), of which the slope is the sender's clock by ours. */
export function regress(record: usize, x: f64, y: f64): void {
  addWord(record, REGRESSED, 1);
  addReal(record, SUM_TIME, x);
  addReal(record, SUM_TICKS, y);
  addReal(record, SUM_TIME_TIME, x * x);
  addReal(record, SUM_TIME_TICKS, x * y);
}

/** What the packet behind one begins with; the one that begins the sequence numbers anew is counted by itself. */
function next(head: i32): i32 {
  return (head & 0xffff) == 0xffff ? NONE : head + 1;
}

/** Ends a run: what had to wait is made up for. */
export function settle(record: usize): void {
  const run = word(record, RUN);
  if (run == 0) return;
  setWord(record, RUN, 0);
  const size = word(record, SIZE);
  const step = word(record, CURRENT);
  const place = word(record, STEP);
  const low = word(record, SEEN_LOW);
  const timestamp = word(record, REF_TIMESTAMP) + run * step;
  addWord(record, PACKETS, run);
  addWord(record, STEADY, run);
  addWord(record, MAX_SEQUENCE, run);
  setWord(record, REF_TIMESTAMP, timestamp);
  setWord(record, LAST_TIMESTAMP, timestamp);
  addWord(record, STEP_COUNTS + place, run);
  if (run < 32) {
    setWord(record, SEEN_HIGH, (word(record, SEEN_HIGH) << run) | (low >>> (32 - run)));
    setWord(record, SEEN_LOW, (low << run) | ((1 << run) - 1));
  } else {
    setWord(record, SEEN_HIGH, run < 64 ? (low << (run - 32)) | ((1 << (run - 32)) - 1) : -1);
    setWord(record, SEEN_LOW, -1);
  }
  const time = real(record, REF_TIME);
  const payload = f64(run) * f64(size - 12);
  addReal(record, TICKS, f64(run) * f64(step));
  addReal(record, JITTER_COUNT, run);
  addReal(record, STEP_SPACING + place, time - real(record, ORDER_TIME));
  addReal(record, STEP_PAYLOAD + place, payload);
  addReal(record, PAYLOAD_BYTES, payload);
  addReal(record, RTP_BYTES, f64(run) * f64(size));
  addReal(record, WIRE_SUM, f64(run) * f64(word(record, WIRE)));
  setReal(record, ORDER_TIME, time);
  setReal(record, LAST, time);
}

/**
 * Behind a packet that was counted by itself, was regular and is the newest by sequence number: what would go on with it,
 * where its stream is in order. `isWhole`: all of the packet was captured.
 */
export function expectRun(record: usize, head: i32, timestamp: i32, size: i32, wire: i32, isWhole: bool): void {
  const type = (head >>> 16) & 0x7f;
  const step = word(record, CURRENT);
  const isInOrder =
    head >>> 24 == PLAIN &&
    isWhole &&
    step > 0 &&
    word(record, CANDIDATE_COUNT) == 0 &&
    word(record, STEPS + word(record, STEP)) == step &&
    word(record, REF_TIMESTAMP) == timestamp &&
    // Events of RFC 4733 are so long, and told by what they hold.
    (type < 96 || size != 16) &&
    (word(record, LANES_NUMBER) != 0 || tickOf(type) > 0);
  if (!isInOrder) return;
  setWord(record, NEXT_HEAD, next(head));
  setWord(record, NEXT_TIMESTAMP, timestamp + step);
  setWord(record, SIZE, size);
  setWord(record, WIRE, wire);
}
