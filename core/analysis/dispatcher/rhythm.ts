import { Method } from '../messages.ts';
import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';
import type { Pair } from './pairs.ts';

/** Nanoseconds. Nobody probes faster than this on purpose; scanners do. */
const SHORTEST = 800_000_000;
/** Nor slower than this. */
const LONGEST = 4 * 3_600_000_000_000;
/** How far a time may be from the beat, of it, and in nanoseconds. */
const SLACK = 0.25;
const SLACK_NS = 700_000_000;
/** Of the times between probes, how many have to be on the beat. */
const ON_BEAT = 0.6;
/** So many show no beat. */
const FEW = 3;
/** Probes of one round go out within this time. */
const ROUND = 2_000_000_000;
/** A round of more than this many single requests is a scan. */
const MOST_IN_ROUND = 64;
/** A call that fails starts probing at most this long before the first probe. */
const AFTER_FAILURE = 120_000_000_000;

/** Time of a request, nanoseconds since the session's base. */
export function sentAt({ messages, transactions }: Tables, number: number): number {
  return messages.time.get(transactions.get(number, Field.Request) - 1);
}

/** Median time between the probes of a pair, nanoseconds; NaN for less than two. */
export function beatOf(tables: Tables, probes: readonly number[]): number {
  const gaps = gapsOf(tables, probes);
  return gaps.length === 0 ? Number.NaN : (gaps[gaps.length >> 1] as number);
}

/** Sorted. */
function gapsOf(tables: Tables, probes: readonly number[]): Float64Array {
  const gaps = new Float64Array(Math.max(0, probes.length - 1));
  for (let i = 1; i < probes.length; i++)
    gaps[i - 1] = Math.max(0, sentAt(tables, probes[i] as number) - sentAt(tables, probes[i - 1] as number));
  return gaps.sort();
}

export function near(time: number, beat: number): boolean {
  return Math.abs(time - beat) <= Math.max(SLACK * beat, SLACK_NS);
}

/** What the address of a probe tells: whether the Request-URI names nobody but the host. */
export interface ProbeWords {
  /** False where the request in `row` is for a user. */
  toHostOnly(row: number): boolean;
}

/**
 * Pairs of which the requests are probes. A beat shows it, whatever the sender is called. Few probes, without a beat
 * of their own, are told by their company: those of a prober that keeps a beat elsewhere, those that go out in one round
 * to several destinations, and those that follow a call that failed there. Always an OPTIONS to the host itself then.
 * @param failedBefore whether a call to the pair's destination failed in the time up to the first probe
 */
export function probingPairs(
  tables: Tables,
  candidates: readonly Pair[],
  words: ProbeWords,
  failedBefore: (pair: Pair, from: number, to: number) => boolean,
): Pair[] {
  const found = new Set<Pair>();
  const probers = new Set<number>();
  const few: Pair[] = [];
  for (const pair of candidates) {
    if (keepsBeat(tables, pair)) {
      found.add(pair);
      probers.add(pair.proberKey);
    } else if ((pair.probes.length <= FEW || pair.calls.length > 0) && isOptions(tables, pair)) few.push(pair);
  }
  const formal = few.filter((pair) => words.toHostOnly(requestRow(tables, pair.probes[0] as number)));
  const rounds = roundsOf(tables, formal);
  for (const pair of formal) {
    const first = sentAt(tables, pair.probes[0] as number);
    const company = (rounds.get(pair) ?? 0) >= 2 && (rounds.get(pair) ?? 0) <= MOST_IN_ROUND;
    const beat = beatOf(tables, pair.probes);
    const spaced = pair.probes.length < 2 || beat >= SHORTEST;
    const some = pair.probes.length <= FEW;
    const shown = some && (probers.has(pair.proberKey) || company || pair.probes.length === 2);
    if (spaced && (shown || failedBefore(pair, first - AFTER_FAILURE, first))) found.add(pair);
  }
  return candidates.filter((pair) => found.has(pair));
}

function isOptions({ transactions }: Tables, pair: Pair): boolean {
  return pair.probes.every((number) => transactions.get(number, Field.Method) === Method.OPTIONS);
}

function requestRow({ transactions }: Tables, number: number): number {
  return transactions.get(number, Field.Request) - 1;
}

/** Whether a pair has probes enough to show a beat, and keeps to it. */
export function keepsBeat(tables: Tables, pair: Pair): boolean {
  if (pair.probes.length < 3) return false;
  const gaps = gapsOf(tables, pair.probes);
  const beat = gaps[gaps.length >> 1] as number;
  if (beat < SHORTEST || beat > LONGEST) return false;
  const on = gaps.reduce((sum, gap) => sum + (near(gap, beat) ? 1 : 0), 0);
  // What was off for a while (probing that stopped and came back) does not count against the rest.
  const counted = gaps.reduce((sum, gap) => sum + (gap <= 2.5 * beat ? 1 : 0), 0);
  const enough = isOptions(tables, pair) ? 2 : 3;
  return on >= enough && on >= ON_BEAT * counted;
}

/**
 * The beat of a prober: the middle one of its pairs that keep one. Where none does, the times between probes tell if
 * they agree; if not (each probe followed something), the shortest of them is what its timer may have. NaN without any.
 */
export function proberBeat(tables: Tables, pairs: readonly Pair[]): number {
  const beats = pairs.filter((pair) => keepsBeat(tables, pair)).map(({ probes }) => beatOf(tables, probes));
  if (beats.length > 0) return beats.sort((a, b) => a - b)[beats.length >> 1] as number;
  const gaps = Float64Array.from(pairs.flatMap(({ probes }) => [...gapsOf(tables, probes)])).sort();
  if (gaps.length === 0) return Number.NaN;
  const middle = gaps[gaps.length >> 1] as number;
  const on = gaps.reduce((sum, gap) => sum + (near(gap, middle) ? 1 : 0), 0);
  return on >= ON_BEAT * gaps.length ? middle : (gaps[0] as number);
}

/** For each pair, to how many destinations its prober sent a first probe in the same round. */
function roundsOf(tables: Tables, pairs: readonly Pair[]): Map<Pair, number> {
  const byProber = new Map<number, Pair[]>();
  for (const pair of pairs) {
    const list = byProber.get(pair.proberKey);
    if (list === undefined) byProber.set(pair.proberKey, [pair]);
    else list.push(pair);
  }
  const rounds = new Map<Pair, number>();
  for (const list of byProber.values()) {
    const times = list.map((pair) => sentAt(tables, pair.probes[0] as number));
    const order = list.map((_, index) => index).sort((a, b) => (times[a] as number) - (times[b] as number));
    let from = 0;
    for (let to = 1; to <= order.length; to++) {
      const before = times[order[to - 1] as number] as number;
      if (to < order.length && (times[order[to] as number] as number) - before <= ROUND) continue;
      for (let i = from; i < to; i++) rounds.set(list[order[i] as number] as Pair, to - from);
      from = to;
    }
  }
  return rounds;
}
