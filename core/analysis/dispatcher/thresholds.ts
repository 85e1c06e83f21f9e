import { SILENT, type History, type SentCalls } from './history.ts';

/** What a prober needs to change its mind, and how that is known. */
export interface Threshold {
  readonly value: number;
  readonly from: 'given' | 'learnt' | 'assumed';
  readonly why: string;
}

/** What is known of one destination while thresholds are worked out. */
export interface Evidence {
  readonly history: History;
  readonly calls: SentCalls;
}

/** Kamailio's defaults. */
const DEFAULT = 1;
/** A code that calls still follow after so many of it in a row is a good one. */
const MANY = 4;
/** The same for 408, which the prober says itself where nobody answers: that this is good is rare (reply codes “class=4”). */
const VERY_MANY = 10;
/** Calls that one expects and that do not come: from here on their absence tells. */
const EXPECTED = 1;
/** Stretches of probing that end with more good ones than this did not end because of them. */
const MOST_GOOD = 50;

/** Whether a prober takes this status for a good one. */
export type IsGood = (status: number) => boolean;

export function goodBy(codes: ReadonlySet<number>): IsGood {
  return (status) => (status >= 200 && status < 300) || codes.has(status);
}

/**
 * Status codes other than 2xx after which calls are still sent, however many there are in a row: these count as good.
 * @param given the threshold for failing, where it is known
 */
export function learnGoodCodes(evidence: readonly Evidence[], given: number | null): Set<number> {
  const runs = new Map<number, number>();
  for (const { history, calls } of evidence) {
    for (const known of firstChoices(history, calls)) {
      const code = history.status[known] as number;
      if (code < 300) continue;
      let run = 0;
      for (let at = known; at >= 0 && history.status[at] === code && run < MOST_GOOD; at--) run += 1;
      runs.set(code, Math.max(runs.get(code) ?? 0, run));
    }
  }
  const good = new Set<number>();
  for (const [code, run] of runs) if (run > (given ?? (code === SILENT ? VERY_MANY : MANY - 1))) good.add(code);
  return good;
}

/** For each call that a destination was the first choice for: the place of the probe whose outcome was known last by then. */
function* firstChoices(history: History, calls: SentCalls): Generator<number> {
  let known = -1;
  for (let call = 0; call < calls.count; call++) {
    const time = calls.time[call] as number;
    while (known + 1 < history.count && (history.known[known + 1] as number) <= time) known += 1;
    if (known >= 0 && calls.first[call] === 1) yield known;
  }
}

/** Failures in a row that make a destination inactive: one more than the most after which it still was sent a call. */
export function learnProbing(evidence: readonly Evidence[], isGood: IsGood, given: number | null): Threshold {
  if (given !== null) return { value: given, from: 'given', why: 'given' };
  let most = 0;
  let failing = false;
  let called = false;
  for (const { history, calls } of evidence) {
    const runs = runsOf(history, isGood, false);
    failing ||= runs.some((run) => run > 0);
    for (const known of firstChoices(history, calls)) {
      called = true;
      most = Math.max(most, runs[known] as number);
    }
  }
  if (most > 0) {
    const times = most === 1 ? 'one failure' : `${most} failures in a row`;
    return { value: most + 1, from: 'learnt', why: `calls were still sent after ${times}, and none after more` };
  }
  if (failing && called)
    return { value: DEFAULT, from: 'learnt', why: 'no call was sent to a destination after its first failed probe' };
  return { value: DEFAULT, from: 'assumed', why: 'the capture does not tell; Kamailio’s default' };
}

/** By probe: how many of one kind there were in a row up to it. */
function runsOf(history: History, isGood: IsGood, good: boolean): Uint32Array {
  const runs = new Uint32Array(history.count);
  for (let at = 0; at < history.count; at++) {
    const status = history.status[at] as number;
    runs[at] = status !== 0 && isGood(status) === good ? (at === 0 ? 0 : (runs[at - 1] as number)) + 1 : 0;
  }
  return runs;
}

/** What is known of when a destination comes back. */
export interface InactiveHints {
  /** Probing stops then. */
  readonly stops: boolean;
  /** As many good answers as all stretches of probing ended with; null where they did not. */
  readonly needed: number | null;
  readonly given: number | null;
}

/**
 * Good ones in a row that make a destination active again: as many as there were when probing stopped (where only
 * inactive ones are probed), else the fewest after which calls came back, where they would have come back before.
 */
export function learnInactive(
  evidence: readonly Evidence[],
  isGood: IsGood,
  probing: number,
  { stops, needed, given }: InactiveHints,
): Threshold {
  if (given !== null) return { value: given, from: 'given', why: 'given' };
  const stopped = needed ?? (stops ? fewestAtStop(evidence, isGood) : 0);
  if (stopped > 0) {
    const times = stopped === 1 ? 'one good answer' : `${stopped} good answers`;
    return { value: stopped, from: 'learnt', why: `probing stopped after ${times}` };
  }
  let fewest = Number.POSITIVE_INFINITY;
  let missing = 0;
  for (const one of evidence) {
    const { back, silent } = comeback(one, isGood, probing);
    fewest = Math.min(fewest, back);
    missing += silent;
  }
  if (fewest === 1) return { value: 1, from: 'learnt', why: 'calls came back after one good answer' };
  if (Number.isFinite(fewest) && missing >= EXPECTED)
    return { value: fewest, from: 'learnt', why: `calls came back after ${fewest} good answers at the earliest` };
  return { value: DEFAULT, from: 'assumed', why: 'the capture does not tell; Kamailio’s default' };
}

/** Good ones at the end of stretches of probing that ended and had failures before them. */
function fewestAtStop(evidence: readonly Evidence[], isGood: IsGood): number {
  let fewest = 0;
  for (const { history } of evidence) {
    for (const { first, last, ended } of history.stretches) {
      if (!ended) continue;
      let good = 0;
      let at = last;
      while (at >= first && isGood(history.status[at] as number) && good <= MOST_GOOD) {
        good += 1;
        at -= 1;
      }
      if (good > 0 && good <= MOST_GOOD && at >= first && (fewest === 0 || good < fewest)) fewest = good;
    }
  }
  return fewest;
}

/** Of a destination that was inactive: good answers when calls came back, and how many calls one would have expected after the first of them. */
function comeback({ history, calls }: Evidence, isGood: IsGood, probing: number): { back: number; silent: number } {
  const bad = runsOf(history, isGood, false);
  const good = runsOf(history, isGood, true);
  let back = Number.POSITIVE_INFINITY;
  let active = 0;
  let sent = 0;
  let waited = 0;
  let call = 0;
  let down = false;
  let returning = false;
  for (let at = 0; at < history.count; at++) {
    const until = at + 1 < history.count ? (history.known[at + 1] as number) : Number.POSITIVE_INFINITY;
    if ((bad[at] as number) >= probing) down = true;
    if (down) returning = (good[at] as number) > 0;
    let here = 0;
    for (; call < calls.count && (calls.time[call] as number) < until; call++) {
      if ((calls.time[call] as number) >= (history.known[at] as number) && calls.first[call] === 1) here += 1;
    }
    if (!down) {
      active += 1;
      sent += here;
    } else if (returning) {
      if (here === 0) waited += 1;
      else {
        back = Math.min(back, good[at] as number);
        down = returning = false;
      }
    }
  }
  // Active before and after: calls in each beat.
  const rate = active > 0 ? sent / active : 0;
  return { back, silent: Number.isFinite(back) ? waited * rate : 0 };
}
