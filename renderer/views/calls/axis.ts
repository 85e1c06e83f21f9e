import type { TimeFormat } from '../../state/settings.ts';
import { secondsBetween, timeText } from '../../app/time-text.ts';

/** The stretch of time that all strips show. */
export interface Axis {
  /** `ts` of its left end. */
  readonly start: string;
  /** Seconds, more than 0. */
  readonly span: number;
}

export function axisOf(start: string | null, end: string | null): Axis | null {
  return start === null || end === null ? null : { start, span: Math.max(0.001, Number(secondsBetween(start, end))) };
}

/** Where a moment lies on the axis, 0 to 1. */
export function placeOn({ start, span }: Axis, ts: string): number {
  return Math.max(0, Math.min(1, Number(secondsBetween(start, ts)) / span));
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

const DAY = 86_400;
/** Seconds that read well. */
// prettier-ignore
const steps = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
  10_800, 21_600, 43_200, DAY, 2 * DAY, 7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY,
];

/** At most `most` round moments on the axis, with as much of them as tells them apart. */
export function ticksOf(axis: Axis, format: TimeFormat, most: number): readonly Tick[] {
  const step = steps.find((one) => axis.span / one <= most) ?? 365 * DAY;
  const origin = format === 'relative' ? 0 : Number(axis.start);
  // Round on the clock that is shown: whole hours here are not always whole hours in UTC.
  const shift = format === 'local' || format === 'date' ? new Date(origin * 1000).getTimezoneOffset() * 60 : 0;
  const ticks: Tick[] = [];
  const first = Math.ceil((origin - shift) / step - 1e-4);
  for (let at = first; ticks.length <= most; at++) {
    const seconds = at * step + shift;
    const place = (seconds - origin) / axis.span;
    // A hair beside the end is the end: fractions of seconds are not exact.
    if (place > 1 + 1e-4) break;
    if (place >= -1e-4) ticks.push({ at: Math.max(0, Math.min(1, place)), label: labelOf(seconds, step, format) });
  }
  return ticks;
}

function labelOf(seconds: number, step: number, format: TimeFormat): string {
  const decimals = step < 1 ? Math.ceil(-Math.log10(step) - 1e-9) : 0;
  if (format === 'relative') return `${seconds.toFixed(decimals)} s`;
  const ts = seconds.toFixed(decimals);
  if (format === 'epoch') return ts;
  if (step >= DAY) return timeText(ts, 'date').slice(5, 10);
  const text = timeText(ts, format === 'utc' ? 'utc' : 'local');
  return step >= 60 ? text.slice(0, 5) : text;
}
