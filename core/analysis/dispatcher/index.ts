import type { Tables } from '../tables.ts';
import { learnMarks } from './call-marks.ts';
import { chosen, type CallWords } from './choices.ts';
import { courseOf, type Course } from './course.ts';
import { doubtOf } from './doubt.ts';
import { callCounts, History, SentCalls } from './history.ts';
import { modeOf, Mode } from './mode.ts';
import { onlyFailed } from './only-failed.ts';
import { callsByPair, probesByPair, registeringEnds, type Pair, type ProberEnd } from './pairs.ts';
import { probingPairs, proberBeat, sentAt, type ProbeWords } from './rhythm.ts';
import { failsOver } from './sent-calls.ts';
import {
  goodBy,
  learnGoodCodes,
  learnInactive,
  learnProbing,
  type Evidence,
  type IsGood,
  type Threshold,
} from './thresholds.ts';
import { timeoutOf, type Timeout } from './timeout.ts';
import { Words } from './words.ts';

export { Mode } from './mode.ts';
export { MOST_TRANSITIONS } from './course.ts';

/** Destinations that are told of at most; the limit of what a screen or a report can be read of. */
export const MOST_DESTINATIONS = 10_000;
/** A prober's unprobed destinations beyond so many for each probed one, and this many in all, are rather its subscribers. */
const UNPROBED_EACH = 3;
const UNPROBED_FEW = 20;

/** What is known besides the capture; see `DispatcherQuery`. */
export interface Known {
  readonly probing: number | null;
  readonly inactive: number | null;
  readonly goodCodes: readonly number[] | null;
  /** Nanoseconds since the session's base; null for the end of the capture. */
  readonly at: number | null;
}

export interface Destination {
  readonly pair: Pair;
  readonly history: History;
  readonly course: Course;
  readonly calls: { readonly calls: number; readonly answered: number; readonly failed: number };
  readonly isGood: IsGood;
}

export interface Prober {
  readonly end: ProberEnd;
  readonly destinations: readonly Destination[];
  readonly probing: Threshold;
  readonly inactive: Threshold;
  readonly timeout: Timeout;
  readonly mode: Mode;
  readonly goodCodes: readonly number[];
  /** A failed call takes a destination out. */
  readonly marks: boolean;
  /** Median time from one probe to the next, NaN where unknown. */
  readonly beat: number;
  readonly calls: number;
}

export interface Probing {
  readonly probers: readonly Prober[];
  /** Destinations, and hosts that got calls without being probed, that were left out. */
  readonly left: number;
  readonly unprobedLeft: number;
}

/** All that is to be told about probers and their destinations. Stops now and then. Cost is linear in the transactions. */
export function* probing(
  tables: Tables,
  known: Known,
  end: number,
  words: ProbeWords & CallWords,
): Generator<void, Probing> {
  const now = Math.max(end, known.at ?? end);
  const pairs = yield* probesByPair(tables);
  const senders = new Set(pairs.list.map(({ proberKey }) => proberKey));
  const phones = yield* registeringEnds(tables);
  const unprobed = grouped(yield* callsByPair(tables, pairs, senders, phones));
  const failed = (pair: Pair, from: number, to: number): boolean =>
    pair.calls.some((number) => {
      const sent = sentAt(tables, number);
      return sent >= from && sent <= to && failsOver(tables, number, 0, now);
    });
  const found = probingPairs(tables, pairs.list, words, failed);
  const kept = found.slice(0, MOST_DESTINATIONS);
  const probers: Prober[] = [];
  let unprobedLeft = 0;
  for (const [key, probed] of grouped(kept)) {
    yield;
    const called = unprobed.get(key) ?? [];
    const subscribers = called.length > UNPROBED_FEW + UNPROBED_EACH * probed.length;
    if (subscribers) unprobedLeft += called.length;
    const more = subscribers ? [] : chosen(tables, probed, called, words);
    probers.push(yield* proberOf(tables, probed, more, known, now));
  }
  return { probers, left: found.length - kept.length, unprobedLeft };
}

function grouped(pairs: readonly Pair[]): Map<number, Pair[]> {
  const groups = new Map<number, Pair[]>();
  for (const pair of pairs) {
    const list = groups.get(pair.proberKey);
    if (list === undefined) groups.set(pair.proberKey, [pair]);
    else list.push(pair);
  }
  return groups;
}

function* proberOf(
  tables: Tables,
  probed: readonly Pair[],
  unprobed: readonly Pair[],
  known: Known,
  now: number,
): Generator<void, Prober> {
  const beat = proberBeat(tables, probed);
  const timeout = timeoutOf(tables, [...probed, ...unprobed], beat, now);
  const lastProbe = probed.reduce(
    (last, { probes }) => Math.max(last, sentAt(tables, probes.at(-1) as number)),
    Number.NEGATIVE_INFINITY,
  );
  const evidence: (Evidence & { readonly pair: Pair })[] = [];
  for (const pair of [...probed, ...unprobed]) {
    yield;
    evidence.push({
      pair,
      history: new History(tables, pair, timeout, beat, lastProbe, now),
      calls: new SentCalls(tables, pair, timeout, now),
    });
  }
  const codes = known.goodCodes === null ? learnGoodCodes(evidence, known.probing) : new Set(known.goodCodes);
  const isGood = goodBy(codes);
  const only = onlyFailed(evidence, isGood, known.inactive, now);
  for (const [at, stretches] of (only?.stretches ?? []).entries())
    (evidence[at] as Evidence).history.stretches = stretches;
  const mode =
    only === null
      ? modeOf(evidence, isGood, known.inactive, unprobed.length > 0)
      : only.dropsOnBad
        ? Mode.AfterFailures
        : Mode.Inactive;
  const threshold = learnProbing(evidence, isGood, known.probing);
  const byProbes = learnInactive(evidence, isGood, threshold.value, {
    stops: mode === Mode.Inactive,
    needed: only?.needed ?? null,
    given: known.inactive,
  });
  const { marks, inactive } = learnMarks(evidence, isGood, byProbes, now);
  const habits = {
    probing: threshold.value,
    inactive: inactive.value,
    isGood,
    mode,
    marks,
    marksInactive: marks || mode === Mode.Inactive || (only !== null && only.needed > 1),
    keepsBeat: !Number.isNaN(beat),
    doubt: doubtOf(evidence, isGood, mode, known.inactive),
    lastSeen: lastSeen(evidence),
  };
  const words = new Words(tables, timeout.wait);
  const destinations: Destination[] = [];
  for (const { pair, history, calls } of evidence) {
    yield;
    destinations.push({
      pair,
      history,
      course: courseOf(history, calls, habits, words, known.at ?? now),
      calls: callCounts(tables, pair, timeout, now),
      isGood,
    });
  }
  const [first] = probed;
  return {
    end: (first as Pair).prober,
    destinations,
    probing: threshold,
    inactive,
    timeout,
    mode,
    goodCodes: [...codes].sort((a, b) => a - b),
    marks,
    beat,
    calls: destinations.reduce((sum, { calls }) => sum + calls.calls, 0),
  };
}

function lastSeen(evidence: readonly Evidence[]): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const { history, calls } of evidence) {
    for (const time of [history.sent.at(-1), calls.time.at(-1)]) if (time !== undefined && time > last) last = time;
  }
  return last;
}
