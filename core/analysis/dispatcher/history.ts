import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';
import type { Pair } from './pairs.ts';
import { beatOf, keepsBeat, sentAt } from './rhythm.ts';
import { callEnd, failsOver, isFirstChoice } from './sent-calls.ts';
import type { Timeout } from './timeout.ts';

/** A stretch of probing: places in `History`, the last one included. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
  /** No further probe came although it was due, as far as the capture goes. */
  readonly ended: boolean;
}

/** Beats without a probe after which probing has stopped. */
const MISSED_BEATS = 2.5;
/** The same where no beat is known, nanoseconds: few probe more rarely than once a minute. */
const MISSED = 60_000_000_000;
/** The same behind the last probe where the beat is even, and how even it has to be: of it, and in nanoseconds. */
const MISSED_EVEN = 1.5;
const EVEN = 0.05;
const EVEN_NS = 250_000_000;
/** So many probes show that a beat is even. */
const SOME = 3;

/** Status of a probe that nobody answered in time, as the prober sees it. */
export const SILENT = 408;

/** What became of the probes of a pair, in the order in which the prober knew. Times are nanoseconds since the session's base. */
export class History {
  readonly count: number;
  readonly sent: Float64Array;
  /** When the prober knew; `Infinity` where it does not yet. */
  readonly known: Float64Array;
  /** Of the final response; `SILENT` where there was none in time; 0 where it is not over. */
  readonly status: Uint16Array;
  /** The response, else the request. */
  readonly row: Uint32Array;
  /** 1 where no response came in time. */
  readonly silent: Uint8Array;
  /** Time from one probe to the next, NaN where unknown. */
  readonly beat: number;
  /** Whether the probe behind the last one was due, and did not come. */
  readonly lastMissed: boolean;
  /** As the beat shows them; `Habits` may show them finer (see only-failed.ts). */
  stretches: readonly Stretch[];

  /**
   * @param proberBeat of the prober, where the pair keeps none
   * @param lastProbe when the prober sent its last probe, to whomever
   * @param now up to when is known what was sent
   */
  constructor(tables: Tables, pair: Pair, timeout: Timeout, proberBeat: number, lastProbe: number, now: number) {
    const { probes } = pair;
    const { messages, transactions } = tables;
    const count = probes.length;
    this.count = count;
    this.sent = new Float64Array(count);
    this.known = new Float64Array(count);
    this.status = new Uint16Array(count);
    this.row = new Uint32Array(count);
    this.silent = new Uint8Array(count);
    const overOf = (number: number): number => {
      const sent = sentAt(tables, number);
      const final = transactions.get(number, Field.Final);
      const answered = final === 0 ? Number.POSITIVE_INFINITY : messages.time.get(final - 1);
      if (answered - sent <= timeout.latest) return answered;
      return sent + timeout.wait <= now ? sent + timeout.wait : Number.POSITIVE_INFINITY;
    };
    const entries = probes.toSorted((a, b) => compare(overOf(a), overOf(b)) || a - b);
    for (const [at, number] of entries.entries()) {
      const sent = sentAt(tables, number);
      const final = transactions.get(number, Field.Final);
      const over = overOf(number);
      const inTime = final !== 0 && messages.time.get(final - 1) - sent <= timeout.latest;
      this.sent[at] = sent;
      this.known[at] = over;
      this.silent[at] = inTime ? 0 : 1;
      this.status[at] = inTime ? messages.status.get(final - 1) : over === Number.POSITIVE_INFINITY ? 0 : SILENT;
      this.row[at] = inTime ? final - 1 : transactions.get(number, Field.Request) - 1;
    }
    this.beat = keepsBeat(tables, pair) ? beatOf(tables, probes) : proberBeat;
    this.lastMissed = lastMissed(this.sent, this.beat, lastProbe, now);
    this.stretches = stretchesOf(this, now, () => false);
  }
}

/** The same, where a stretch also ends before a probe that `begins` a new one. */
export function stretchesSplit(history: History, now: number, begins: (at: number) => boolean): Stretch[] {
  return stretchesOf(history, now, begins);
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/**
 * A prober with an even beat is late after half a beat more; and where others got their probe when the next one was due
 * here, this destination was passed over.
 */
function lastMissed(sent: Float64Array, beat: number, lastProbe: number, now: number): boolean {
  if (Number.isNaN(beat) || sent.length < SOME) return false;
  const slack = Math.min(EVEN * beat, EVEN_NS);
  for (let at = 1; at < sent.length; at++) {
    const gap = (sent[at] as number) - (sent[at - 1] as number);
    if (gap <= MISSED_BEATS * beat && Math.abs(gap - beat) > slack) return false;
  }
  const last = sent.at(-1) as number;
  const rounds = Math.round((lastProbe - last) / beat);
  const passedOver = rounds > 0 && Math.abs(lastProbe - last - rounds * beat) <= slack;
  return passedOver || now - last > MISSED_EVEN * beat;
}

function stretchesOf(
  { sent, beat, lastMissed: missed }: Pick<History, 'sent' | 'beat' | 'lastMissed'>,
  now: number,
  begins: (at: number) => boolean,
): Stretch[] {
  const gap = Number.isNaN(beat) ? MISSED : MISSED_BEATS * beat;
  const found: Stretch[] = [];
  let first = 0;
  for (let at = 1; at <= sent.length; at++) {
    const before = sent[at - 1] as number;
    const inside = at < sent.length;
    const ended = (inside ? (sent[at] as number) : now) - before > gap || (inside ? begins(at) : missed);
    if (at < sent.length && !ended) continue;
    found.push({ first, last: at - 1, ended });
    first = at;
  }
  return found;
}

/** Calls that a prober sent to one destination, in order. */
export class SentCalls {
  readonly count: number;
  readonly time: Float64Array;
  readonly number: Uint32Array;
  /** 1 where this destination was the prober's first choice. */
  readonly first: Uint8Array;
  /** When it failed in a way that makes a proxy go on (nobody answered, 408, 5xx); NaN where it did not. */
  readonly failed: Float64Array;

  constructor(tables: Tables, { calls }: Pair, timeout: Timeout, now: number) {
    const { messages, transactions } = tables;
    this.count = calls.length;
    this.time = new Float64Array(calls.length);
    this.number = Uint32Array.from(calls);
    this.first = new Uint8Array(calls.length);
    this.failed = new Float64Array(calls.length).fill(Number.NaN);
    for (const [at, number] of calls.entries()) {
      const sent = sentAt(tables, number);
      this.time[at] = sent;
      this.first[at] = isFirstChoice(tables, number) ? 1 : 0;
      if (!failsOver(tables, number, timeout.wait, now)) continue;
      const final = transactions.get(number, Field.Final);
      this.failed[at] = final === 0 ? sent + timeout.wait : messages.time.get(final - 1);
    }
  }
}

/** What became of the calls of a pair, each Call-ID once. */
export function callCounts(
  tables: Tables,
  { calls }: Pair,
  timeout: Timeout,
  now: number,
): { readonly calls: number; readonly answered: number; readonly failed: number } {
  const { messages, transactions } = tables;
  const ends = new Map<number, string>();
  for (const number of calls) {
    const call = messages.callId.get(transactions.get(number, Field.First) - 1);
    if (ends.get(call) !== 'answered') ends.set(call, callEnd(tables, number, timeout.wait, now));
  }
  let answered = 0;
  let failed = 0;
  for (const end of ends.values()) {
    if (end === 'answered') answered += 1;
    else if (end === 'failed' || end === 'silent') failed += 1;
  }
  return { calls: ends.size, answered, failed };
}
