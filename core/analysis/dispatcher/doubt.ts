import type { History, Stretch } from './history.ts';
import { Mode } from './mode.ts';
import type { Evidence, IsGood } from './thresholds.ts';

/** Good answers in a row beyond which hardly any prober is still waiting for one more to bring a destination back. */
const MOST_NEEDED = 10;

/** Good answers in a row after failures, with which who probes only inactive ones may have stopped: `after` to `most`. */
export interface Doubt {
  /** After so many, or fewer, probing was seen to go on. */
  readonly after: number;
  readonly most: number;
}

/** That there is no doubt. */
export const NO_DOUBT: Doubt = { after: Number.POSITIVE_INFINITY, most: 0 };

/**
 * Where nothing tells yet whether only inactive destinations are probed, one that has just come back at the end of what
 * was captured may be probed no longer: the next probe was not due yet.
 * @param given good answers that bring a destination back, where that is known: then the mode tells
 */
export function doubtOf(evidence: readonly Evidence[], isGood: IsGood, mode: Mode, given: number | null): Doubt {
  if (mode !== Mode.Unknown || given !== null) return NO_DOUBT;
  let after = 0;
  for (const { history } of evidence) {
    for (const { first, last } of history.stretches) {
      let good = 0;
      for (let at = first; at < last; at++) {
        const wentOn = isGood(history.status[at] as number);
        good = wentOn ? good + 1 : 0;
        // A good one that is followed by a bad one: it was looked at although it was well.
        if (wentOn && !isGood(history.status[at + 1] as number)) after = Math.max(after, good);
      }
    }
  }
  return { after, most: MOST_NEEDED };
}

/** Whether probing may have stopped with the last outcome of a stretch that nothing is known to have ended. */
export function mayHaveStopped(
  history: History,
  { first, last, ended }: Stretch,
  isGood: IsGood,
  doubt: Doubt,
): boolean {
  if (ended || doubt.most === 0) return false;
  let good = 0;
  let at = last;
  while (at >= first && good <= doubt.most && isGood(history.status[at] as number)) {
    good += 1;
    at -= 1;
  }
  return at >= first && good > doubt.after && good <= doubt.most;
}
