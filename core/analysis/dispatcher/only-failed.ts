import { stretchesSplit, type History, type Stretch } from './history.ts';
import type { Evidence, IsGood } from './thresholds.ts';

/** A failed call makes a prober look at most this many beats later, nanoseconds where no beat is known. */
const BEATS = 2;
const AFTER_FAILURE = 120_000_000_000;
/** Stretches that have to end alike before that tells how many good answers it takes. */
const ALIKE = 2;

/** That only what has failed is probed. */
export interface OnlyFailed {
  /** Good answers after which probing ends. */
  readonly needed: number;
  /** It also ends with a bad one. */
  readonly dropsOnBad: boolean;
  /** By evidence: stretches as they are then, each begun by a failure. */
  readonly stretches: readonly (readonly Stretch[])[];
}

/**
 * Whether a prober looks only at destinations that failed: each stretch of probing begins with a failure, of a call or of
 * a probe, and ends with the same number of good answers. A call that fails while all is well begins a new stretch, even
 * where that keeps the beat. Null where it is not so, or does not show.
 * @param given good answers that are needed, where that is known
 */
export function onlyFailed(
  evidence: readonly Evidence[],
  isGood: IsGood,
  given: number | null,
  now: number,
): OnlyFailed | null {
  const ends: number[] = [];
  const stretches: (readonly Stretch[])[] = [];
  let dropsOnBad = false;
  for (const { history, calls } of evidence) {
    const failures = calls.failed.filter((time) => !Number.isNaN(time)).sort();
    const split = stretchesSplit(
      history,
      now,
      (at) =>
        isGood(history.status[at - 1] as number) &&
        failedIn(failures, history.known[at - 1] as number, history.sent[at] as number),
    );
    stretches.push(split);
    for (const stretch of split) {
      if (!begunByFailure(history, failures, stretch, isGood)) return null;
      const good = goodAtEnd(history, stretch, isGood);
      if (given !== null && good > given) return null;
      if (!stretch.ended) continue;
      if (good > 0) ends.push(good);
      else if (history.status[stretch.last] !== 0) dropsOnBad = true;
    }
  }
  const [first] = ends;
  if (first === undefined) return null;
  const needed = given ?? Math.max(...ends.slice(0, 1000));
  const alike = ends.filter((good) => good === needed).length;
  if (given === null ? alike < ALIKE || alike < ends.length : alike === 0) return null;
  return { needed, dropsOnBad, stretches };
}

/** Whether one of the sorted times lies in `(from, to]`. */
function failedIn(times: Float64Array, from: number, to: number): boolean {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= from) low = middle + 1;
    else high = middle;
  }
  return low < times.length && (times[low] as number) <= to;
}

function begunByFailure(history: History, failures: Float64Array, { first }: Stretch, isGood: IsGood): boolean {
  const status = history.status[first] as number;
  if (status !== 0 && !isGood(status)) return true;
  const sent = history.sent[first] as number;
  const beat = Number.isNaN(history.beat) ? AFTER_FAILURE : BEATS * history.beat;
  return failedIn(failures, sent - beat, sent);
}

function goodAtEnd(history: History, { first, last }: Stretch, isGood: IsGood): number {
  let good = 0;
  for (let at = last; at >= first && isGood(history.status[at] as number); at--) good += 1;
  return good;
}
