/** A packet of a stream that does not go on with a run, counted (AssemblyScript). */
import { long, short } from '../capture/record';
import { endCourseStep } from './course';
import { eventPacket, isEventForm } from './events';
import { countLanes, openLanes } from './lanes';
import { addReal, addWord, real, setReal, setWord, word } from './memory';
import {
  BASE_SEQUENCE,
  CANDIDATE_COUNT,
  COMFORT_NOISE,
  COURSE_END,
  COURSE_MAX_DELTA,
  CURRENT,
  CYCLES,
  DST,
  EVENT,
  EVENT_PACKETS,
  FIRST,
  FIRST_FRAME,
  JITTER,
  JITTER_COUNT,
  JITTER_PEAK,
  JITTER_SUM,
  LANES_NUMBER,
  LAST,
  LAST_TIMESTAMP,
  LINEAR,
  MARKERS,
  MAX_DELTA,
  MAX_JITTER,
  MAX_SEQUENCE,
  MEAN_DELTA,
  MEAN_JITTER,
  NEEDS_ALL,
  NEXT_HEAD,
  ORDER_TIME,
  PACKETS,
  PAYLOAD_BYTES,
  PAYLOAD_TYPE,
  PLACES_PER_NS,
  PREVIOUS_PAYLOAD,
  REF_TIME,
  REF_TIMESTAMP,
  RTP_BYTES,
  SEEN_HIGH,
  SEEN_LOW,
  SKIP,
  SPACINGS,
  SPACINGS_AT,
  SRC,
  STEADY,
  STEP,
  STEP_COUNTS,
  STEP_PAYLOAD,
  STEP_SPACING,
  STEPS,
  TICKS,
  TYPE_CHANGES,
  TYPE_PACKETS,
  TYPE_SINCE,
  TYPES,
  UDP_PORTS,
  WIRE_SUM,
} from './record';
import { expectRun, regress, settle, tickOf } from './runs';
import { sample } from './samples';
import { outOfOrder } from './sequence';
import { stepDiffers, stepPlace } from './steps';
import { FIRST_INTERVAL } from './state';

/** Of the packet that is counted: where it came from, and its number. */
export function begin(record: usize, src: i32, dst: i32, ports: i32, frame: i32, needsAll: bool): void {
  setWord(record, SRC, src);
  setWord(record, DST, dst);
  setWord(record, UDP_PORTS, ports);
  setWord(record, FIRST_FRAME, frame);
  setWord(record, NEEDS_ALL, needsAll ? 1 : 0);
}

/**
 * Counts RTP that stands at `at`; `end` is where what was captured of it ends, `missing` bytes were not. `wire` bytes of the
 * packet were captured.
 */
export function countPacket(
  record: usize,
  stream: i32,
  time: f64,
  at: usize,
  end: usize,
  missing: i32,
  wire: i32,
): void {
  settle(record);
  const head = long(at);
  const timestamp = long(at + 4);
  const size = i32(end) - i32(at) + missing;
  let start = at + 12 + ((head >>> 22) & 0x3c);
  if ((head & 0x10000000) != 0 && start + 4 <= end) start += 4 + 4 * usize(short(start + 2));
  let payload = i32(end) - i32(start) + missing;
  if ((head & 0x20000000) != 0 && missing == 0 && payload > 0) payload -= i32(load<u8>(end - 1));
  if (payload < 0) payload = 0;

  const sequence = head & 0xffff;
  const type = (head >>> 16) & 0x7f;
  const isMarked = (head & 0x800000) != 0;
  const before = word(record, PACKETS);
  setWord(record, PACKETS, before + 1);
  setWord(record, NEXT_HEAD, 0);
  if (isMarked) addWord(record, MARKERS, 1);
  addReal(record, PAYLOAD_BYTES, payload);
  addReal(record, RTP_BYTES, size);
  addReal(record, WIRE_SUM, f64(wire) + f64(missing));
  setReal(record, LAST, time);

  const isEvent = payload == 4 && type >= 96 && start + 4 <= end && isEventForm(long(start));
  const isNoise = type == 13 || type == 19;
  if (isEvent) {
    addWord(record, EVENT_PACKETS, 1);
    setWord(record, EVENT, eventPacket(stream, word(record, EVENT), time, timestamp, long(start)));
  }
  if (isNoise) addWord(record, COMFORT_NOISE, 1);
  const skip = isEvent || isNoise ? 1 : 0;
  if (before == 0) {
    first(record, time, head, timestamp);
    setWord(record, SKIP, skip);
    setWord(record, PREVIOUS_PAYLOAD, payload);
    return;
  }
  const typeBefore = word(record, PAYLOAD_TYPE);
  if (type != typeBefore) typeChanges(record, type, before);

  // As RFC 3550 A.8 has it, and Wireshark: from the packet before, late or not; none whose timestamp is that of a time before the stream.
  const delta = time - real(record, REF_TIME);
  const elapsed = timestamp - word(record, REF_TIMESTAMP);
  const isForward = real(record, TICKS) + f64(elapsed) >= 0;
  const isRegular = isForward && !isMarked && !isNoise && typeBefore != 13 && typeBefore != 19;
  const share = 1 / f64(before);
  if (isRegular) {
    if (delta > real(record, MAX_DELTA)) setReal(record, MAX_DELTA, delta);
    const mean = real(record, MEAN_DELTA);
    setReal(record, MEAN_DELTA, mean + (delta - mean) * share);
  }
  if (!isEvent) {
    if (isForward) countJitter(record, type, delta, elapsed, isRegular, share);
    if ((before & 7) == 0 && isForward) {
      regress(record, (time - real(record, FIRST)) / 1e6, real(record, TICKS) + f64(elapsed));
    }
    if ((before & (before - 1)) == 0) sample(record, before, payload, start, end);
  }
  if (isForward) {
    setReal(record, REF_TIME, time);
    addReal(record, TICKS, elapsed);
    setWord(record, REF_TIMESTAMP, timestamp);
  }

  if (time >= real(record, COURSE_END)) endCourseStep(record);
  if (delta > real(record, COURSE_MAX_DELTA)) setReal(record, COURSE_MAX_DELTA, delta);

  const ahead = (sequence - word(record, MAX_SEQUENCE)) & 0xffff;
  if (ahead == 1) {
    const seen = word(record, SEEN_LOW);
    setWord(record, SEEN_HIGH, (word(record, SEEN_HIGH) << 1) | (seen >>> 31));
    setWord(record, SEEN_LOW, (seen << 1) | 1);
    addWord(record, STEADY, 1);
    if (sequence == 0) addWord(record, CYCLES, 1);
    if (word(record, SKIP) == 0 && skip == 0) countStep(record, stream, time, timestamp);
  } else if (!outOfOrder(record, sequence, ahead)) {
    return;
  }
  setWord(record, MAX_SEQUENCE, sequence);
  setWord(record, LAST_TIMESTAMP, timestamp);
  setWord(record, PREVIOUS_PAYLOAD, payload);
  setWord(record, SKIP, skip);
  setReal(record, ORDER_TIME, time);
  if (isRegular && !isEvent && ahead == 1) expectRun(record, head, timestamp, size, wire, missing == 0);
}

function first(record: usize, time: f64, head: i32, timestamp: i32): void {
  setWord(record, BASE_SEQUENCE, head & 0xffff);
  setWord(record, MAX_SEQUENCE, head & 0xffff);
  setWord(record, SEEN_LOW, 1);
  setWord(record, REF_TIMESTAMP, timestamp);
  setWord(record, LAST_TIMESTAMP, timestamp);
  setWord(record, PAYLOAD_TYPE, (head >>> 16) & 0x7f);
  setWord(record, TYPES, ((head >>> 16) & 0x7f) + 1);
  setReal(record, FIRST, time);
  setReal(record, REF_TIME, time);
  setReal(record, ORDER_TIME, time);
  setReal(record, COURSE_END, time + FIRST_INTERVAL);
}

/** Notes a change of the payload type; `before`: packets before this one. */
function typeChanges(record: usize, type: i32, before: i32): void {
  const since = word(record, TYPE_SINCE);
  addWord(record, TYPE_CHANGES, 1);
  const was = word(record, PAYLOAD_TYPE) + 1;
  for (let place = 0; place < 4; place++) {
    if (word(record, TYPES + place) == was) addWord(record, TYPE_PACKETS + place, before - since);
  }
  for (let place = 0; place < 4; place++) {
    if (word(record, TYPES + place) == type + 1) break;
    if (word(record, TYPES + place) != 0) continue;
    setWord(record, TYPES + place, type + 1);
    break;
  }
  setWord(record, PAYLOAD_TYPE, type);
  setWord(record, TYPE_SINCE, before);
}

/** Jitter (RFC 3550 A.8): of the type's clock, or where that is not known, in lanes. */
function countJitter(record: usize, type: i32, delta: f64, elapsed: i32, isRegular: bool, share: f64): void {
  const tick = tickOf(type);
  let lanes = word(record, LANES_NUMBER);
  if (tick > 0 && lanes == 0) {
    const last = real(record, JITTER);
    const jitter = last + (Math.abs(delta - f64(elapsed) * tick) - last) / 16;
    setReal(record, JITTER, jitter);
    addReal(record, JITTER_SUM, jitter);
    if (jitter > real(record, JITTER_PEAK)) setReal(record, JITTER_PEAK, jitter);
    if (isRegular) {
      if (jitter > real(record, MAX_JITTER)) setReal(record, MAX_JITTER, jitter);
      const mean = real(record, MEAN_JITTER);
      setReal(record, MEAN_JITTER, mean + (jitter - mean) * share);
    }
  } else if (tick > 0 || type >= 96) {
    if (lanes == 0) lanes = openLanes(record);
    if (lanes == 0) return;
    countLanes(lanes, delta, elapsed, tick, isRegular, share);
  } else {
    return;
  }
  addReal(record, JITTER_COUNT, 1);
}

/** How long the packet before lasted, by its timestamp and this one's, and when this one came. */
function countStep(record: usize, stream: i32, time: f64, timestamp: i32): void {
  const was = real(record, ORDER_TIME);
  const step = timestamp - word(record, LAST_TIMESTAMP);
  let place = word(record, STEP);
  if (word(record, STEPS + place) != step) place = stepPlace(record, step);
  if (place >= 0) {
    addWord(record, STEP_COUNTS + place, 1);
    // One after the other: sums of floating point are not the same in another order.
    setReal(record, STEP_SPACING + place, real(record, STEP_SPACING + place) + time - was);
    addReal(record, STEP_PAYLOAD + place, word(record, PREVIOUS_PAYLOAD));
  }
  const current = word(record, CURRENT);
  if (step == current || current == 0) {
    const at = record + (spacingPlace(time - was) << 2);
    store<i32>(at, load<i32>(at, SPACINGS_AT) + 1, SPACINGS_AT);
  }
  if (step != current || word(record, CANDIDATE_COUNT) != 0) stepDiffers(record, stream, step);
}

/** The place among the counts of a spacing in nanoseconds. */
function spacingPlace(ns: f64): i32 {
  if (!(ns > 0)) return 0;
  if (ns < LINEAR) return i32(ns * PLACES_PER_NS);
  const ms = ns / 1e6;
  if (ms < 200) return 50 + i32((ms - 100) / 10);
  let place = 60;
  for (let from: f64 = 400; ms >= from && place < SPACINGS - 1; from *= 2) place += 1;
  return place;
}
