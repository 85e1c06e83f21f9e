import type { StreamCourse, StreamPoint } from '../../../core/contract/streams.ts';
import type { LinePoint } from '../../charts/line-data.ts';
import type { Side } from './selection.ts';

/** What is drawn below each other. */
export const quantities = [
  { key: 'spacing', title: 'Arrival spacing', unit: 'ms', height: 150 },
  { key: 'jitter', title: 'Jitter (RFC 3550)', unit: 'ms', height: 96 },
  { key: 'lost', title: 'Lost packets', unit: 'a second', height: 80 },
  { key: 'mos', title: 'MOS, estimate', unit: '', height: 84 },
] as const;
export type Quantity = (typeof quantities)[number]['key'];

/** A course with its times as numbers. */
export interface Course {
  readonly points: readonly (StreamPoint & { readonly at: number })[];
  /** Seconds of a stretch. */
  readonly step: number;
  /** Measured anew for this chart; else what was kept while the capture was read, in few and long stretches. */
  readonly isFine: boolean;
}

export function courseOf({ points, fine }: StreamCourse): Course {
  const timed = points.map((point) => ({ ...point, at: Number(point.ts) }));
  const gaps = timed.slice(1).map(({ at }, index) => at - (timed[index]?.at ?? at));
  // Stretches without packets are left out: the shortest distance is that of two that follow each other.
  const shortest = gaps.length === 0 ? 1 : Math.max(1e-3, Math.min(...gaps));
  return { points: timed, step: fine === undefined ? shortest : fine.stepMs / 1000, isFine: fine !== undefined };
}

/** The value of a stretch; null where it has none. */
export function valueOf(quantity: Quantity, point: StreamPoint, step: number): number | null {
  switch (quantity) {
    case 'spacing':
      return point.maxDeltaMs;
    case 'jitter':
      return point.maxJitterMs ?? point.jitterMs;
    case 'lost':
      return point.lost / step;
    default:
      return point.mos;
  }
}

/** The lines of one quantity, of up to two courses: points in the order of time. */
export function linesOf(quantity: Quantity, courses: readonly (Course | null)[]): LinePoint[] {
  const made: LinePoint[] = [];
  for (const [index, course] of courses.entries()) {
    if (course === null) continue;
    const key: Side['key'] = index === 0 ? 'one' : 'other';
    let before: number | null = null;
    for (const point of course.points) {
      // Where nothing came the line is broken.
      if (before !== null && point.at - before > 1.5 * course.step)
        made.push({ at: before + course.step, [key]: Number.NaN });
      before = point.at;
      const value = valueOf(quantity, point, course.step);
      // Two points of a stretch at most: the shortest and the longest spacing.
      if (quantity === 'spacing' && typeof point.minDeltaMs === 'number' && point.minDeltaMs < (value ?? 0))
        made.push({ at: point.at, [key]: point.minDeltaMs }, { at: point.at + course.step / 2, [key]: value });
      else if (value !== null) made.push({ at: point.at, [key]: value });
    }
    // A long stretch is a step of the line, so the last one has an end.
    const last = course.points.at(-1);
    if (last !== undefined && !course.isFine)
      made.push({ at: last.at + course.step, [key]: valueOf(quantity, last, course.step) });
  }
  return made.sort((a, b) => a.at - b.at);
}

/** The stretch at a moment: the last that began by then; null before the first and after the last. */
export function pointAt({ points, step }: Course, at: number): Course['points'][number] | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const point = points[low - 1];
  return point === undefined || at - point.at > 1.5 * step ? null : point;
}

/** A round upper end of an axis for a largest value. */
export function axisEnd(most: number, least: number): number {
  const wanted = Math.max(most * 1.05, least);
  const unit = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 3, 4, 6, 8, 10].find((factor) => factor * unit >= wanted) ?? 10) * unit;
}

/** Round distances of ticks on an axis of time, seconds. */
const ticks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];

/** Distance of ticks so that at most `most` stand on a span, seconds. */
export function tickStep(span: number, most: number): number {
  return ticks.find((step) => span / step <= most) ?? Math.ceil(span / most / 14_400) * 14_400;
}

/** Spacings that packets had between the moments (epoch seconds): the median of each stretch between; null where nothing is known. */
export function spacingsBetween({ points, isFine }: Course, moments: readonly number[]): readonly (number | null)[] {
  return moments.map((from, index) => {
    const to = moments[index + 1] ?? Infinity;
    const own = points.flatMap(({ at, firstDeltaMs }) =>
      at >= from && at < to && typeof firstDeltaMs === 'number' ? [firstDeltaMs] : [],
    );
    if (!isFine || own.length === 0) return null;
    return own.sort((a, b) => a - b)[Math.floor(own.length / 2)] ?? null;
  });
}
