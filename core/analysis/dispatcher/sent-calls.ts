import { Method } from '../messages.ts';
import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';
import { destinationKeyOf, proberKeyOf } from './pairs.ts';

/** Transactions of a Call-ID that are looked at, before and behind, for other destinations. */
const MOST_STEPS = 64;

/** What became of an INVITE that a prober sent to a destination. */
export type CallEnd = 'answered' | 'failed' | 'refused' | 'silent' | 'open';

/**
 * Whether the prober's first choice for this call was this destination. One that is only the next after a failure stands
 * in a list made when the call began, and tells nothing about its state since.
 */
export function isFirstChoice(tables: Tables, number: number): boolean {
  const { messages, transactions } = tables;
  const row = transactions.get(number, Field.Request) - 1;
  const prober = proberKeyOf(tables, row);
  let before = transactions.get(number, Field.Before);
  for (let steps = 0; before !== 0 && steps < MOST_STEPS; steps++) {
    const other = transactions.get(before, Field.Request) - 1;
    if (
      other >= 0 &&
      transactions.get(before, Field.Method) === Method.INVITE &&
      messages.toTag.get(other) === 0 &&
      messages.cseqNumber.get(other) === messages.cseqNumber.get(row) &&
      proberKeyOf(tables, other) === prober
    )
      return false;
    before = transactions.get(before, Field.Before);
  }
  return true;
}

/** The INVITE of the same call that the prober sent next to another destination; 0 where there is none. */
export function nextChoice(tables: Tables, number: number): number {
  const { messages, transactions } = tables;
  const row = transactions.get(number, Field.Request) - 1;
  const prober = proberKeyOf(tables, row);
  const destination = destinationKeyOf(tables, row);
  let next = transactions.get(number, Field.Next);
  for (let steps = 0; next !== 0 && steps < MOST_STEPS; steps++) {
    const other = transactions.get(next, Field.Request) - 1;
    if (
      other >= 0 &&
      transactions.get(next, Field.Method) === Method.INVITE &&
      messages.toTag.get(other) === 0 &&
      messages.cseqNumber.get(other) === messages.cseqNumber.get(row) &&
      proberKeyOf(tables, other) === prober &&
      destinationKeyOf(tables, other) !== destination
    )
      return next;
    next = transactions.get(next, Field.Next);
  }
  return 0;
}

/**
 * @param timeout nanoseconds that the prober waits for the first response
 * @param now nanoseconds up to which is known what happened
 */
export function callEnd(tables: Tables, number: number, timeout: number, now: number): CallEnd {
  const { messages, transactions } = tables;
  const status = transactions.status(number);
  if (status >= 200 && status < 300) return 'answered';
  // A challenge, a redirection and a cancelled call say nothing against the destination.
  if (status === 401 || status === 407 || status === 487 || (status >= 300 && status < 400)) return 'refused';
  if (status >= 400) return 'failed';
  if (transactions.get(number, Field.Provisional) !== 0) return 'open';
  const sent = messages.time.get(transactions.get(number, Field.Request) - 1);
  return now - sent >= timeout ? 'silent' : 'open';
}

/** A failure of the kind that makes a proxy try the next destination: nobody answered, or 408 or 5xx. */
export function failsOver(tables: Tables, number: number, timeout: number, now: number): boolean {
  const end = callEnd(tables, number, timeout, now);
  const status = tables.transactions.status(number);
  return end === 'silent' || (end === 'failed' && (status === 408 || (status >= 500 && status < 600)));
}
