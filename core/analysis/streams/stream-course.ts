import { COURSE_HEAD, COURSE_SHIFT, COURSE_STEPS, COURSE_WIDTH, COURSES } from '../../programs/media/state.ts';
import type { MediaProgram } from './media-program.ts';

/* How a stream went over time, as core/programs/media/course.ts puts it down. */

const STRIDE = COURSE_HEAD + COURSE_STEPS * COURSE_WIDTH;
/** Courses side by side in one segment. */
const PER_SEGMENT = 1 << COURSE_SHIFT;

export interface PlainCourses {
  readonly segments: readonly Float32Array[];
}

export function plainCourses(program: MediaProgram): PlainCourses {
  const { buffer } = program.memory.words;
  const addresses = Array.from(program.segments(COURSES));
  return { segments: addresses.map((address) => new Float32Array(buffer, address, STRIDE * PER_SEGMENT)) };
}

/** A course: how many steps it has, how many nanoseconds one lasts, and the numbers of a step. */
export interface StreamCourse {
  readonly length: number;
  readonly interval: number;
  readonly step: (step: number) => Float32Array;
}

/** The course of number `number`, from 1; null for 0. */
export function courseOf({ segments }: PlainCourses, number: number): StreamCourse | null {
  const segment = segments[(number - 1) >>> COURSE_SHIFT];
  if (number === 0 || segment === undefined) return null;
  const start = ((number - 1) & (PER_SEGMENT - 1)) * STRIDE;
  return {
    length: segment[start] ?? 0,
    interval: segment[start + 1] ?? 0,
    step: (step) => {
      const at = start + COURSE_HEAD + step * COURSE_WIDTH;
      return segment.subarray(at, at + COURSE_WIDTH);
    },
  };
}
