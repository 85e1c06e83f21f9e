/**
 * How a stream went over time: at most 64 steps for each, of a second at first; when they are full, two become one, so that
 * a long stream costs no more than a short one (AssemblyScript).
 */
import { inSegments, real, setReal, setWord, word } from './memory';
import { leastJitter } from './lanes';
import {
  COURSE,
  COURSE_END,
  COURSE_EXPECTED,
  COURSE_MAX_DELTA,
  COURSE_PACKETS,
  CURRENT,
  FIRST,
  JITTER,
  LANES_NUMBER,
  LAST,
  PACKETS,
} from './record';
import { expected } from './sequence';
import { COURSE_HEAD, COURSE_SHIFT, COURSE_STEPS, COURSE_WIDTH, COURSES, FIRST_INTERVAL } from './state';

const STEP: usize = COURSE_WIDTH * 4;
const WIDTH: usize = 4 * (COURSE_HEAD + COURSE_STEPS * COURSE_WIDTH);
const HALF: usize = 2 * COURSE_STEPS * COURSE_WIDTH;

/** How many courses there are; their numbers are from 1. */
let courses: i32 = 0;

function courseOf(number: i32): usize {
  return inSegments(COURSES, number - 1, COURSE_SHIFT, WIDTH);
}

/** Writes down how the step of the course that is over went, and begins the one that the packet at hand is in. */
export function endCourseStep(record: usize): void {
  const time = real(record, LAST);
  let at = word(record, COURSE) == 0 ? open(record) : courseOf(word(record, COURSE));
  // The packet at hand belongs to the next step.
  const packets = f64(word(record, PACKETS) - 1);
  const sent = expected(record);
  if (at != 0) add(at, record, packets, sent);
  setReal(record, COURSE_PACKETS, packets);
  setReal(record, COURSE_EXPECTED, sent);
  setReal(record, COURSE_MAX_DELTA, 0);
  const interval = at == 0 ? f64(FIRST_INTERVAL) : f64(load<f32>(at, 4));
  const passed = Math.floor((time - real(record, FIRST)) / interval);
  setReal(record, COURSE_END, real(record, FIRST) + (passed + 1) * interval);
}

/** Opens a course for a stream; 0 where there is no room. */
function open(record: usize): usize {
  const at = courseOf(courses + 1);
  if (at == 0) return 0;
  courses += 1;
  setWord(record, COURSE, courses);
  store<f32>(at, f32(FIRST_INTERVAL), 4);
  return at;
}

/** Adds what happened in the step that is over; steps in between in which nothing came stay empty. */
function add(course: usize, record: usize, packets: f64, sent: f64): void {
  const end = real(record, COURSE_END) - real(record, FIRST);
  const since = Math.max(0, end - f64(load<f32>(course, 4)));
  let step = Math.floor(since / f64(load<f32>(course, 4)));
  while (step >= COURSE_STEPS) {
    halve(course);
    store<f32>(course, 2 * load<f32>(course, 4), 4);
    store<f32>(course, ceil(load<f32>(course) / 2));
    step = Math.floor(since / f64(load<f32>(course, 4)));
  }
  const lanes = word(record, LANES_NUMBER);
  const jitter = lanes == 0 ? real(record, JITTER) : leastJitter(lanes);
  const at = course + COURSE_HEAD * 4 + usize(step) * STEP;
  // A step can be added to twice: the intervals have become longer meanwhile.
  store<f32>(at, f32(f64(load<f32>(at)) + packets - real(record, COURSE_PACKETS)));
  store<f32>(at, f32(f64(load<f32>(at, 4)) + sent - real(record, COURSE_EXPECTED)), 4);
  store<f32>(at, f32(jitter / 1e6), 8);
  store<f32>(at, f32(Math.max(f64(load<f32>(at, 12)), real(record, COURSE_MAX_DELTA) / 1e6)), 12);
  store<f32>(at, f32(word(record, CURRENT)), 16);
  if (load<f32>(course) < f32(step + 1)) store<f32>(course, f32(step + 1));
}

/** Two steps become one. */
function halve(course: usize): void {
  const steps = course + COURSE_HEAD * 4;
  for (let step = 0; step < COURSE_STEPS / 2; step++) {
    const to = steps + usize(step) * STEP;
    const a = steps + 2 * usize(step) * STEP;
    const b = a + STEP;
    const one = load<f32>(a);
    const other = load<f32>(b);
    const later = other > 0 ? b : a;
    const sent = load<f32>(a, 4) + load<f32>(b, 4);
    const jitter = max(load<f32>(a, 8), load<f32>(b, 8));
    const delta = max(load<f32>(a, 12), load<f32>(b, 12));
    const ticks = load<f32>(later, 16);
    store<f32>(to, one + other);
    store<f32>(to, sent, 4);
    store<f32>(to, jitter, 8);
    store<f32>(to, delta, 12);
    store<f32>(to, ticks, 16);
  }
  memory.fill(steps + HALF, 0, HALF);
}
