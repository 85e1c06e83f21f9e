/**
 * How a stream went over time: at most 64 steps for each, of a second at first; when they are full, two become one, so
 * that a long stream costs no more than a short one.
 */
export const COURSE_STEPS = 64;

/** Numbers of a step: packets, packets expected, jitter at its end and longest delta (ms), timestamp step. */
export const CourseField = { Packets: 0, Expected: 1, Jitter: 2, MaxDelta: 3, Step: 4 } as const;
const WIDTH = 5;
const STRIDE = COURSE_STEPS * WIDTH;
const FIRST_INTERVAL = 1e9;
/** Courses side by side in one segment. */
const PER_SEGMENT = 16;

export interface PlainCourses {
  /** By number, from 1: how many steps there are, and how many nanoseconds one lasts. */
  readonly lengths: readonly number[];
  readonly intervals: readonly number[];
  readonly segments: readonly Float32Array[];
}

export class StreamCourses {
  private readonly lengths: number[] = [];
  private readonly intervals: number[] = [];
  private readonly segments: Float32Array[] = [];

  /** Opens a course, from 1. */
  open(): number {
    if (this.lengths.length % PER_SEGMENT === 0) this.segments.push(new Float32Array(STRIDE * PER_SEGMENT));
    this.intervals.push(FIRST_INTERVAL);
    return this.lengths.push(0);
  }

  /** Nanoseconds a step of the course lasts at present; that of one that is not open yet for 0. */
  interval(number: number): number {
    return this.intervals[number - 1] ?? FIRST_INTERVAL;
  }

  /**
   * Adds what happened in the step that began `since` nanoseconds after the start of the stream; steps in between in which nothing
   * came stay empty.
   */
  add(
    number: number,
    since: number,
    [packets, expected, jitter, maxDelta, ticks]: readonly [number, number, number, number, number],
  ): void {
    const index = number - 1;
    const segment = this.segments[Math.floor(index / PER_SEGMENT)] as Float32Array;
    const start = (index % PER_SEGMENT) * STRIDE;
    let step = Math.floor(since / this.interval(number));
    while (step >= COURSE_STEPS) {
      this.halve(segment, start);
      this.intervals[index] = 2 * this.interval(number);
      this.lengths[index] = Math.ceil((this.lengths[index] as number) / 2);
      step = Math.floor(since / this.interval(number));
    }
    const at = start + step * WIDTH;
    // A step can be added to twice: the intervals have become longer meanwhile.
    segment[at] = (segment[at] as number) + packets;
    segment[at + 1] = (segment[at + 1] as number) + expected;
    segment[at + 2] = jitter;
    segment[at + 3] = Math.max(segment[at + 3] as number, maxDelta);
    segment[at + 4] = ticks;
    this.lengths[index] = Math.max(this.lengths[index] as number, step + 1);
  }

  private halve(segment: Float32Array, start: number): void {
    for (let step = 0; step < COURSE_STEPS / 2; step++) {
      const to = start + step * WIDTH;
      const a = start + 2 * step * WIDTH;
      const b = a + WIDTH;
      const [one = 0, other = 0] = [segment[a], segment[b]];
      segment[to] = one + other;
      segment[to + 1] = (segment[a + 1] as number) + (segment[b + 1] as number);
      const later = other > 0 ? b : a;
      const jitter = Math.max(segment[a + 2] as number, segment[b + 2] as number);
      const delta = Math.max(segment[a + 3] as number, segment[b + 3] as number);
      const ticks = segment[later + 4] as number;
      segment[to + 2] = jitter;
      segment[to + 3] = delta;
      segment[to + 4] = ticks;
    }
    segment.fill(0, start + STRIDE / 2, start + STRIDE);
  }

  get plain(): PlainCourses {
    return { lengths: this.lengths, intervals: this.intervals, segments: this.segments };
  }
}

/** A step of a course: numbers as in CourseField. Bounds are the caller's. */
export function courseStep({ segments }: PlainCourses, number: number, step: number): Float32Array {
  const index = number - 1;
  const start = (index % PER_SEGMENT) * STRIDE + step * WIDTH;
  return (segments[Math.floor(index / PER_SEGMENT)] as Float32Array).subarray(start, start + WIDTH);
}
