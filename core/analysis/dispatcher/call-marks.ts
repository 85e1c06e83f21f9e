import type { Evidence, IsGood, Threshold } from './thresholds.ts';

/** Calls that one expects and that do not come: from here on their absence tells. */
const EXPECTED = 1;
/** A call that is sent as the other one fails was chosen before. Nanoseconds. */
const AT_ONCE = 100_000_000;
/** No prober waits for more good answers than this; where calls come back later, that was not why. */
const MOST_GOOD = 50;

/** What failed calls do to destinations. */
export interface CallMarks {
  /** A failed call alone takes a destination out (ds_mark_dst in a failure route), whatever its probes say. */
  readonly marks: boolean;
  /** What brings it back; learnt from such destinations as well. */
  readonly inactive: Threshold;
}

/**
 * Whether failed calls take destinations out: then no call goes there until enough probes were answered well, although
 * some would be expected by then.
 * @param now up to when is known what was sent
 */
export function learnMarks(evidence: readonly Evidence[], isGood: IsGood, inactive: Threshold, now: number): CallMarks {
  const fewest = inactive.from === 'given' ? inactive.value : fewestGood(evidence, isGood);
  const needed = Number.isFinite(fewest) ? fewest : inactive.value;
  if (needed === 0 || absent(evidence, isGood, needed, now) < EXPECTED) return { marks: false, inactive };
  const learnt =
    inactive.from !== 'given' && Number.isFinite(fewest) && (inactive.from === 'assumed' || fewest < inactive.value);
  if (!learnt) return { marks: true, inactive };
  const times = fewest === 1 ? 'one good answer' : `${fewest} good answers at the earliest`;
  return { marks: true, inactive: { value: fewest, from: 'learnt', why: `calls came back after ${times}` } };
}

/** A call that failed at a destination that was well by its probes. */
interface Failure {
  readonly evidence: Evidence;
  /** A call behind this time was chosen when the failure was known. */
  readonly from: number;
  /** Place of the first probe whose outcome came behind it. */
  readonly probe: number;
  /** When the destination next was the first choice for a call; Infinity where it was not any more. */
  readonly back: number;
}

function* failuresOf(evidence: readonly Evidence[], isGood: IsGood): Generator<Failure> {
  for (const one of evidence) {
    const { history, calls } = one;
    const chosen = calls.time.filter((_, call) => calls.first[call] === 1);
    let probe = 0;
    let next = 0;
    for (const failed of calls.failed.filter((time) => !Number.isNaN(time)).sort()) {
      while (probe < history.count && (history.known[probe] as number) <= failed) probe += 1;
      if (probe > 0 && !isGood(history.status[probe - 1] as number)) continue;
      const from = failed + AT_ONCE;
      while (next < chosen.length && (chosen[next] as number) <= from) next += 1;
      yield { evidence: one, from, probe, back: chosen[next] ?? Number.POSITIVE_INFINITY };
    }
  }
}

/** Good answers behind a failed call when calls came back, the fewest of all; Infinity where none came back. */
function fewestGood(evidence: readonly Evidence[], isGood: IsGood): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (const { evidence: one, probe, back } of failuresOf(evidence, isGood)) {
    const { history } = one;
    if (back === Number.POSITIVE_INFINITY) continue;
    let good = 0;
    for (let at = probe; good <= MOST_GOOD && at < history.count && (history.known[at] as number) <= back; at++) {
      if (!isGood(history.status[at] as number)) good = Number.NEGATIVE_INFINITY;
      good += 1;
    }
    if (good >= 0 && good <= MOST_GOOD) fewest = Math.min(fewest, good);
  }
  return fewest;
}

/** How many calls one would have expected while destinations were out, if they were; 0 where one was sent then. */
function absent(evidence: readonly Evidence[], isGood: IsGood, needed: number, now: number): number {
  const rate = callRate(evidence, now);
  let expected = 0;
  let last: Evidence | null = null;
  let until = Number.NEGATIVE_INFINITY;
  for (const { evidence: one, from, probe, back } of failuresOf(evidence, isGood)) {
    // Out already.
    if (one === last && from < until) continue;
    last = one;
    until = outUntil(one, isGood, probe, needed, now);
    if (back < until) return 0;
    expected += rate * Math.max(0, until - from);
  }
  return expected;
}

/** When a destination would be back: with the last good answer needed; with a bad one, which takes it out by itself, nothing tells any more. */
function outUntil({ history }: Evidence, isGood: IsGood, from: number, needed: number, now: number): number {
  let good = 0;
  for (let at = from; at < history.count; at++) {
    const known = history.known[at] as number;
    if (!Number.isFinite(known)) break;
    good += 1;
    if (!isGood(history.status[at] as number) || good === needed) return known;
  }
  return now;
}

/** First choices a nanosecond that a destination gets which gets any. */
function callRate(evidence: readonly Evidence[], now: number): number {
  let calls = 0;
  let destinations = 0;
  let start = now;
  for (const { calls: sent } of evidence) {
    let own = 0;
    for (let call = 0; call < sent.count; call++) own += sent.first[call] as number;
    if (own === 0) continue;
    calls += own;
    destinations += 1;
    start = Math.min(start, sent.time[0] as number);
  }
  return destinations === 0 || now <= start ? 0 : calls / destinations / (now - start);
}
