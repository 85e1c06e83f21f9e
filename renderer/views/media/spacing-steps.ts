import type { StreamCourse } from '../../../core/contract/streams.ts';
import { msNumber } from './words.ts';

type Spacing = StreamCourse['spacing'];

/** A line of the distribution. */
export interface SpacingStep {
  /** `20`, `20–24`, `≥ 80`. */
  readonly label: string;
  /** Of each stream. */
  readonly counts: readonly number[];
}

/** Lines at most. */
const MOST = 14;
/** Widths of a line, ms. */
const widths = [2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
/** A part of all spacings that is beyond the last line of its own. */
const TAIL = 0.002;

/** Distributions of some streams in the same steps, wide enough that there are few; what is rare and far off is one step. */
export function spacingSteps(spacings: readonly Spacing[]): readonly SpacingStep[] {
  const all = spacings.flat();
  const total = all.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return [];
  const least = Math.min(...all.map(({ fromMs }) => fromMs));
  const end = tailFrom(all, total);
  const width = widths.find((one) => Math.floor(end / one) - Math.floor(least / one) + 1 <= MOST) ?? 20_000;
  const first = Math.floor(least / width);
  const count = Math.min(MOST, Math.floor(end / width) - first + 1);
  const steps = Array.from({ length: count }, (_, at) => ({
    label: msNumber((first + at) * width),
    counts: spacings.map((spacing) => within(spacing, (first + at) * width, (first + at + 1) * width)),
  }));
  const limit = (first + count) * width;
  const beyond = spacings.map((spacing) => within(spacing, limit, Infinity));
  return beyond.every((one) => one === 0) ? steps : [...steps, { label: `≥ ${msNumber(limit)}`, counts: beyond }];
}

/** Beginning of the step that all but a few spacings are below or in. */
function tailFrom(all: Spacing, total: number): number {
  let left = total * TAIL;
  const sorted = all.toSorted((a, b) => b.fromMs - a.fromMs);
  for (const { fromMs, count } of sorted) {
    left -= count;
    if (left < 0) return fromMs;
  }
  return sorted[0]?.fromMs ?? 0;
}

function within(spacing: Spacing, from: number, to: number): number {
  return spacing.reduce((sum, { fromMs, count }) => sum + (fromMs >= from && fromMs < to ? count : 0), 0);
}
