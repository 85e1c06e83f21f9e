import type { StreamCourse, StreamPoint, StreamPtime } from '../contract/streams.ts';

/**
 * The lines of streams over time, of what the screen and its export draw. Two streams beside each other are two sides.
 */
export type CourseSide = 'one' | 'other';

/** Values at a moment (epoch seconds), by side; NaN breaks a line, one that is not there doesn’t. */
export type CoursePoint = { readonly at: number } & Readonly<Partial<Record<CourseSide, number | null>>>;

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
export function linesOf(quantity: Quantity, courses: readonly (Course | null)[]): CoursePoint[] {
  const made: CoursePoint[] = [];
  for (const [index, course] of courses.entries()) {
    if (course === null) continue;
    const key: CourseSide = index === 0 ? 'one' : 'other';
    if (quantity === 'lost') addLosses(made, key, course);
    else addLine(made, key, quantity, course);
  }
  return made.sort((a, b) => a.at - b.at);
}

function addLosses(made: CoursePoint[], key: CourseSide, { points, losses, lossStep }: Course): void {
  const first = points[0]?.at ?? 0;
  const end = points.at(-1)?.at ?? first;
  for (const [index, value] of losses.entries()) {
    const from = first + index * lossStep;
    made.push({ at: from, [key]: value }, { at: Math.max(from, Math.min(end, from + lossStep)), [key]: value });
  }
}

function addLine(made: CoursePoint[], key: CourseSide, quantity: Exclude<Quantity, 'lost'>, course: Course): void {
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

/** An axis ends here at least: small things are not to look large. */
const lowestEnds: Readonly<Record<Quantity, number>> = { spacing: 40, jitter: 4, lost: 4, mos: 5 };

/** Both ends of the axis of a quantity, for its points and the lines across. */
export function axisOf(
  quantity: Quantity,
  points: readonly CoursePoint[],
  limits: readonly CourseLimit[],
): { readonly least: number; readonly most: number } {
  if (quantity === 'mos') return { least: 1, most: 5 };
  let highest = 0;
  for (const { one, other } of points) highest = Math.max(highest, finite(one), finite(other));
  for (const { value } of limits) highest = Math.max(highest, value);
  return { least: 0, most: axisEnd(highest, lowestEnds[quantity]) };
}

function finite(value: number | null | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** A dashed line across the chart of spacing; what it means stands above the chart. */
export interface CourseLimit {
  readonly value: number;
  readonly title: string;
}

/** What the receivers asked for: at most, else as they would like it. */
export function limitsOf(ptimes: readonly Pick<StreamPtime, 'maxMs' | 'wantedMs'>[]): CourseLimit[] {
  const limits = new Map<number, CourseLimit>();
  const text = (ms: number): string => `${Math.round(ms * 10) / 10} ms`;
  for (const { maxMs, wantedMs } of ptimes) {
    if (wantedMs !== null) limits.set(wantedMs, { value: wantedMs, title: `asked for ${text(wantedMs)}` });
    if (maxMs !== null) limits.set(maxMs, { value: maxMs, title: `at most ${text(maxMs)}` });
  }
  return [...limits.values()];
}

/** Most ticks on the axis of time. */
const MOST_TICKS = 8;

/** Moments that have a line of the grid, round ones counted from `origin`, and how far they are apart, seconds. */
export function timeTicks(
  span: { readonly from: number; readonly to: number },
  origin: number,
): { readonly ticks: readonly number[]; readonly step: number } {
  const step = tickStep(span.to - span.from, MOST_TICKS);
  const first = Math.ceil((span.from - origin) / step - 1e-9);
  const count = Math.floor((span.to - origin) / step + 1e-9) - first + 1;
  const moments = Array.from(
    { length: Math.max(0, Math.min(100, count)) },
    (_, index) => origin + (first + index) * step,
  );
  return { ticks: moments, step };
}

/** Decimals of the seconds that are written at ticks so far apart. */
export function tickDecimals(step: number): number {
  if (step >= 1) return 0;
  return step >= 0.1 ? 1 : 2;
}

/** Time since a beginning: `01:40.020`, `1:02:03.000`. Both are epoch seconds. */
export function offsetText(seconds: number, decimals = 3): string {
  const sign = seconds < 0 ? '−' : '';
  const whole = Math.abs(seconds);
  const unit = 10 ** decimals;
  const all = Math.round(whole * unit);
  const rest = ((all % (60 * unit)) / unit).toFixed(decimals).padStart(decimals === 0 ? 2 : decimals + 3, '0');
  const minutes = Math.floor(all / unit / 60);
  const hours = Math.floor(minutes / 60);
  return `${sign}${hours > 0 ? `${hours}:` : ''}${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

/** Part of the width that the words of a mark take. */
const WORDS = 0.24;
/** Words below each other at most; more lie on each other. */
const MOST_LINES = 3;

/** In which line, from 0, the words of each mark stand so that they don’t lie on those before; `length`: seconds seen. */
export function markLines(marks: readonly { readonly at: number }[], length: number): number[] {
  const ends = Array.from({ length: MOST_LINES }, () => -Infinity);
  return marks.map(({ at }) => {
    const free = ends.findIndex((end) => end <= at);
    const line = free === -1 ? MOST_LINES - 1 : free;
    ends[line] = at + WORDS * length;
    return line;
  });
}
