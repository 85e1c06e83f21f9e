import type { StreamCourse, StreamPoint } from '../../../core/contract/streams.ts';
import type { LinePoint } from '../../charts/line-data.ts';
import type { Side } from './selection.ts';

/** What is drawn below each other. */
export const quantities = [
  { key: 'spacing', short: 'Spacing, ms', title: 'Arrival spacing', unit: 'ms', height: 150 },
  { key: 'jitter', short: 'Jitter, ms', title: 'Jitter (RFC 3550)', unit: 'ms', height: 96 },
  { key: 'lost', short: 'Lost / s', title: 'Lost packets', unit: 'a second', height: 80 },
  { key: 'mos', short: 'MOS', title: 'MOS, estimate', unit: '', height: 84 },
] as const;
export type Quantity = (typeof quantities)[number]['key'];

type TimedPoint = StreamPoint & { readonly at: number };

/** A course with its times as numbers. */
export interface Course {
  readonly points: readonly TimedPoint[];
  /** Seconds of a stretch. */
  readonly step: number;
  /** Seconds without a packet after which a line is broken. */
  readonly gap: number;
  /** Measured anew for this chart; else what was kept while the capture was read, in few and long stretches. */
  readonly isFine: boolean;
  /** Losses of each second (or stretch, where that is longer) from `points[0]` on. */
  readonly losses: readonly number[];
  readonly lossStep: number;
}

/** A pause of a fine course: shorter ones are packets that came late, or stretches shorter than a packet. */
const PAUSE = 0.5;
/** Losses are summed over a second at least, and into so many sums at most. */
const SECOND = 1;
const MOST_SUMS = 4000;

export function courseOf({ points, fine }: StreamCourse): Course {
  const timed = points.map((point) => ({ ...point, at: Number(point.ts) }));
  const isFine = fine !== undefined;
  const step = isFine ? fine.stepMs / 1000 : shortest(timed);
  const length = (timed.at(-1)?.at ?? 0) - (timed[0]?.at ?? 0);
  const lossStep = Math.max(step, SECOND, length / MOST_SUMS);
  return {
    points: timed,
    step,
    gap: isFine ? Math.max(1.5 * step, PAUSE) : 1.5 * step,
    isFine,
    losses: lossesOf(timed, lossStep),
    lossStep,
  };
}

/** Stretches without packets are left out: the shortest distance is that of two that follow each other. */
function shortest(points: readonly TimedPoint[]): number {
  let least = Infinity;
  for (const [index, { at }] of points.entries()) {
    const before = points[index - 1]?.at;
    if (before !== undefined && at - before < least) least = at - before;
  }
  return least === Infinity ? 1 : Math.max(1e-3, least);
}

function lossesOf(points: readonly TimedPoint[], step: number): number[] {
  const first = points[0]?.at ?? 0;
  const count = points.length === 0 ? 0 : Math.floor(((points.at(-1)?.at ?? first) - first) / step) + 1;
  const sums = Array.from({ length: count }, () => 0);
  for (const { at, lost } of points) {
    const index = Math.floor((at - first) / step);
    sums[index] = (sums[index] ?? 0) + lost / step;
  }
  return sums;
}

/** The value of a stretch; null where it has none. Of losses see `Course.losses`. */
function valueOf(quantity: Exclude<Quantity, 'lost'>, point: StreamPoint): number | null {
  if (quantity === 'mos') return point.mos;
  if (quantity === 'jitter') return point.maxJitterMs ?? point.jitterMs;
  // The first packet of all has none before it.
  return point.firstDeltaMs === null ? null : point.maxDeltaMs;
}

/** All values of a course. */
export function valuesOf(quantity: Quantity, { points, losses }: Course): readonly number[] {
  return quantity === 'lost' ? losses : points.flatMap((point) => valueOf(quantity, point) ?? []);
}

/** The lines of one quantity, of up to two courses: points in the order of time, two of each stretch at most. */
export function linesOf(quantity: Quantity, courses: readonly (Course | null)[]): LinePoint[] {
  const made: LinePoint[] = [];
  for (const [index, course] of courses.entries()) {
    if (course === null) continue;
    const key: Side['key'] = index === 0 ? 'one' : 'other';
    if (quantity === 'lost') addLosses(made, key, course);
    else addLine(made, key, quantity, course);
  }
  return made.sort((a, b) => a.at - b.at);
}

function addLosses(made: LinePoint[], key: Side['key'], { points, losses, lossStep }: Course): void {
  const first = points[0]?.at ?? 0;
  const end = points.at(-1)?.at ?? first;
  for (const [index, value] of losses.entries()) {
    const from = first + index * lossStep;
    made.push({ at: from, [key]: value }, { at: Math.max(from, Math.min(end, from + lossStep)), [key]: value });
  }
}

function addLine(made: LinePoint[], key: Side['key'], quantity: Exclude<Quantity, 'lost'>, course: Course): void {
  let before: number | null = null;
  for (const point of course.points) {
    // Where nothing came the line is broken.
    if (before !== null && point.at - before > course.gap)
      made.push({ at: before + Math.min(course.step, course.gap), [key]: Number.NaN });
    before = point.at;
    const value = valueOf(quantity, point);
    if (value === null) continue;
    const low = quantity === 'spacing' ? (point.minDeltaMs ?? null) : null;
    // Many packets in one stretch: from the shortest spacing to the longest.
    if (low === null || low >= value) made.push({ at: point.at, [key]: value });
    else made.push({ at: point.at, [key]: low }, { at: point.at + course.step / 2, [key]: value });
  }
  // A long stretch is a step of the line, so the last one has an end.
  const last = course.points.at(-1);
  if (last !== undefined && !course.isFine) made.push({ at: last.at + course.step, [key]: valueOf(quantity, last) });
}

/** The value at a moment, of the last stretch that began by then; null where nothing came. */
export function valueAt(quantity: Quantity, course: Course, at: number): number | null {
  const { points, losses, lossStep, gap } = course;
  if (quantity === 'lost') return losses[Math.floor((at - (points[0]?.at ?? 0)) / lossStep)] ?? null;
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const point = points[low - 1];
  return point === undefined || at - point.at > gap ? null : valueOf(quantity, point);
}

/** A round upper end of an axis for a largest value, not below `least`. */
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
