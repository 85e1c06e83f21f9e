import { Transport } from '../../decode/packet.ts';
import { T2 } from '../verdict/silence.ts';
import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';
import type { Pair } from './pairs.ts';
import { sentAt } from './rhythm.ts';
import { nextChoice } from './sent-calls.ts';

const SECOND = 1_000_000_000;
/** Timer F: nobody waits longer (RFC 3261 17.1.2.2). */
const LONGEST = 32 * SECOND;
/** Where nothing tells: what Kamailio has (fr_timer of module tm is 30 s in its code, and 5 s in its configurations). */
const USUAL = 5 * SECOND;
/** Calls that failed over that are measured at most. */
const MOST_MEASURED = 1000;

export interface Timeout {
  /** Nanoseconds that a probe waits for its answer. */
  readonly wait: number;
  /** An answer that comes later than this was too late. */
  readonly latest: number;
  readonly from: 'failover' | 'retransmissions' | 'assumed';
}

/** How long a prober waits for the answer to a probe: measured where its calls go on to the next destination, else between the last retransmission that it sent and the first that it did not. */
export function timeoutOf(tables: Tables, pairs: readonly Pair[], beat: number, now: number): Timeout {
  const measured = failovers(tables, pairs);
  const [least, most] = bounds(tables, pairs, now);
  if (measured.length > 0) {
    const wait = measured[measured.length >> 1] as number;
    if (wait >= least) return { wait, latest: wait * 1.1 + 0.1 * SECOND, from: 'failover' };
  }
  if (least > 0 && Number.isFinite(most)) {
    const half = Math.round((least + most) / SECOND) * (SECOND / 2);
    return { wait: Math.min(LONGEST, Math.max(least, half)), latest: most, from: 'retransmissions' };
  }
  const wait = Math.max(least, Math.min(USUAL, Number.isNaN(beat) ? USUAL : beat));
  return { wait, latest: LONGEST, from: 'assumed' };
}

/** Times from an INVITE without any response to the INVITE to the next destination, sorted. */
function failovers(tables: Tables, pairs: readonly Pair[]): number[] {
  const { transactions } = tables;
  const times: number[] = [];
  for (const { calls } of pairs) {
    for (const number of calls) {
      if (times.length >= MOST_MEASURED) break;
      if (transactions.get(number, Field.Provisional) !== 0 || transactions.status(number) !== 0) continue;
      const next = nextChoice(tables, number);
      if (next === 0) continue;
      const time = sentAt(tables, next) - sentAt(tables, number);
      // At the same time is a fork.
      if (time > 0.2 * SECOND && time <= LONGEST) times.push(time);
    }
  }
  return times.sort((a, b) => a - b);
}

/** Longest time that a probe was seen to be waited for, and the shortest after which the next retransmission was left out. */
function bounds(tables: Tables, pairs: readonly Pair[], now: number): [number, number] {
  const { messages, transactions, retransmissions } = tables;
  let least = 0;
  let most = Number.POSITIVE_INFINITY;
  for (const { probes, transport } of pairs) {
    if (transport !== Transport.UDP) continue;
    for (const number of probes) {
      if (transactions.get(number, Field.Final) !== 0 || transactions.get(number, Field.Sendings) < 2) continue;
      const request = transactions.get(number, Field.Request);
      const start = messages.time.get(request - 1);
      const last = messages.time.get(retransmissions.latestSending(request) - 1) - start;
      if (last <= 0 || last > LONGEST) continue;
      // Intervals double up to T2 (17.1.2.2): of sendings at 0, 1, 3 the next is due at 7.
      const sendings = transactions.get(number, Field.Sendings);
      const first = last / (2 ** (sendings - 1) - 1);
      const due = last + Math.min(T2, first * 2 ** (sendings - 1));
      if (last > least) least = last;
      if (start + due <= now && due < most) most = due;
    }
  }
  return most > least ? [least, most] : [least, Number.POSITIVE_INFINITY];
}
