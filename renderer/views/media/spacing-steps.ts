import type { StreamCourse } from '../../../core/contract/streams.ts';
import { msNumber } from './words.ts';

type Spacing = StreamCourse['spacing'];

/** A line of the distribution. */
export interface SpacingStep {
  /** `20`, `> 82.5`. */
  readonly label: string;
  /** Of each stream. */
  readonly counts: readonly number[];
}

/** Lines at most. */
const MOST = 11;
/** Widths of a line, ms. */
const widths = [2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
/** A part of all spacings that is beyond the last line of its own. */
const TAIL = 0.002;

/**
 * Distributions of some streams in the same steps, wide enough that there are few; what is rare and far off is one step.
 * A step goes round its label: `20` is 17.5 to 22.5 where steps are 5 ms, so that 19.9 and 20.1 are not apart.
 */
export function spacingSteps(spacings: readonly Spacing[]): readonly SpacingStep[] {
  const all = spacings.flat();
  const total = all.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return [];
  const least = Math.min(...all.map(middleOf));
  const end = tailFrom(all, total);
  const width = widths.find((one) => Math.round(end / one) - Math.round(least / one) + 1 <= MOST) ?? 20_000;
  const first = Math.round(least / width);
  const last = Math.max(first, Math.min(first + MOST - 1, Math.round(end / width)));
  const steps = Array.from({ length: last - first + 1 }, (_, at) => ({
    label: msNumber((first + at) * width),
    counts: spacings.map((spacing) => countOf(spacing, (step) => step === first + at, width)),
  }));
  const beyond = spacings.map((spacing) => countOf(spacing, (step) => step > last, width));
  if (beyond.every((one) => one === 0)) return steps;
  return [...steps, { label: `> ${msNumber((last + 0.5) * width)}`, counts: beyond }];
}

/** Middle of a step of the host; the last one, which has no end, by its beginning. */
function middleOf({ fromMs, toMs }: Spacing[number]): number {
  return toMs === null ? fromMs : (fromMs + toMs) / 2;
}

/** Middle of the step that all but a few spacings are below or in. */
function tailFrom(all: Spacing, total: number): number {
  let left = total * TAIL;
  const sorted = all.toSorted((a, b) => b.fromMs - a.fromMs);
  for (const step of sorted) {
    left -= step.count;
    if (left < 0) return middleOf(step);
  }
  return 0;
}

function countOf(spacing: Spacing, is: (step: number) => boolean, width: number): number {
  return spacing.reduce((sum, one) => sum + (is(Math.round(middleOf(one) / width)) ? one.count : 0), 0);
}
