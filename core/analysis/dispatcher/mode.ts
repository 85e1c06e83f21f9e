import type { Evidence, IsGood } from './thresholds.ts';

/** Who is probed, as Kamailio's ds_probing_mode counts: nobody but after a failure, all, the inactive, the marked. */
export const Mode = { AfterFailures: 0, All: 1, Inactive: 2, Marked: 3, AllOrMarked: 4, Unknown: 5 } as const;
export type Mode = (typeof Mode)[keyof typeof Mode];

/** Good ones in a row, beyond what brings a destination back, after which it would not be probed if only inactive ones were. */
const BEYOND = 1;
/** Where probing ends with more good ones, it did not end because of them. */
const MOST_GOOD = 50;

/**
 * Who is probed, as far as it shows: probing that goes on although all is well is not of the inactive only; probing that
 * ends with the first good ones is; a single probe, and no second, comes from a mark that the first one takes away.
 * @param inactive threshold for coming back, where it is known; else null
 * @param unprobed calls go to destinations that are not probed
 */
export function modeOf(
  evidence: readonly Evidence[],
  isGood: IsGood,
  inactive: number | null,
  unprobed: boolean,
): Mode {
  let goesOn = false;
  let endsWell = false;
  let ended = 0;
  let single = 0;
  let stretches = 0;
  /** Stretches in which what had failed came back, and those of them that end with the very answer that brought it back. */
  let returned = 0;
  let endsThere = 0;
  for (const { history } of evidence) {
    for (const stretch of history.stretches) {
      stretches += 1;
      if (stretch.ended) ended += 1;
      if (stretch.ended && stretch.first === stretch.last) single += 1;
      let good = 0;
      let failed = false;
      for (let at = stretch.first; at <= stretch.last; at++) {
        const status = history.status[at] as number;
        if (status === 0) continue;
        if (!isGood(status)) {
          good = 0;
          failed = true;
          continue;
        }
        good += 1;
        // Well from the beginning, or back for long: who probes only inactive ones would have stopped.
        if (good > (inactive ?? (failed || stretch.ended ? MOST_GOOD : 2)) + BEYOND) goesOn = true;
      }
      if (stretch.ended && failed && good > 0 && good <= (inactive ?? MOST_GOOD)) endsWell = true;
      if (good > 0 && good >= (inactive ?? 1)) {
        returned += 1;
        if (failed && good === inactive) endsThere += 1;
      }
    }
  }
  if (stretches === 0) return Mode.Unknown;
  if (goesOn) return unprobed ? Mode.Marked : Mode.AllOrMarked;
  if (ended === stretches && single === stretches) return Mode.AfterFailures;
  // Nowhere did probing go on behind the answer that was the last one needed: by chance that is rare.
  if (endsWell || (returned > 0 && endsThere === returned)) return Mode.Inactive;
  return Mode.Unknown;
}
