import { readMessage } from '../../decode/sip-message.ts';
import { Method } from '../messages.ts';
import { silence } from '../verdict/silence.ts';
import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';
import { Reason } from '../verdict/verdict.ts';
import { answerOf, wishOf } from './exchange.ts';
import { Registration } from './registration.ts';

/** REGISTERs that are read; what comes behind them is counted. */
export const MOST_REGISTERS = 200_000;
/** Addresses of record that are followed. */
export const MOST_AORS = 100_000;
/** Transactions between two stops, and REGISTERs. */
const STOP = 1 << 14;
const STOP_READING = 64;
/** Transactions of a Call-ID that are looked back at for another hop. */
const MOST_STEPS = 16;

export interface Registered {
  readonly list: readonly Registration[];
  /** REGISTERs that were not looked at. */
  readonly left: number;
}

/**
 * All registrations of a capture by address of record, in the order of their first REGISTER. A REGISTER that was sent on
 * counts on the hop nearest to the client. Stops now and then.
 * @param now nanoseconds up to which the capture goes
 */
export function* registrations(
  tables: Tables,
  bytesOf: (row: number) => Uint8Array,
  now: number,
): Generator<void, Registered> {
  const { messages, transactions } = tables;
  const byKey = new Map<string, Registration>();
  let read = 0;
  let left = 0;
  const last = transactions.count;
  for (let number = 1; number <= last; number++) {
    if (number % STOP === 0) yield;
    if (transactions.get(number, Field.Method) !== Method.REGISTER) continue;
    const request = transactions.get(number, Field.Request);
    if (request === 0 || isFurtherHop(tables, number)) continue;
    read += 1;
    if (read > MOST_REGISTERS) {
      left += 1;
      continue;
    }
    if (read % STOP_READING === 0) yield;
    const wish = wishOf(readMessage(bytesOf(request - 1)));
    const key = `${wish.aor} ${wish.by}`;
    let registration = byKey.get(key);
    if (registration === undefined) {
      if (byKey.size >= MOST_AORS) {
        left += 1;
        continue;
      }
      registration = new Registration(wish, request - 1);
      byKey.set(key, registration);
    }
    const final = transactions.get(number, Field.Final);
    const row = (final === 0 ? request : final) - 1;
    registration.exchange(wish, {
      call: messages.callId.get(request - 1),
      request: request - 1,
      row,
      time: messages.time.get(row),
      status: final === 0 ? 0 : messages.status.get(row),
      answer: final === 0 ? null : answerOf(readMessage(bytesOf(row))),
      silent: final === 0 && silence(tables, number, now, false) !== Reason.Waiting,
    });
  }
  for (const registration of byKey.values()) registration.expire(now);
  return { list: [...byKey.values()], left };
}

/** Whether the same REGISTER was seen with fewer Vias before: nearer to the client. */
function isFurtherHop({ messages, transactions }: Tables, number: number): boolean {
  const row = transactions.get(number, Field.Request) - 1;
  let before = transactions.get(number, Field.Before);
  for (let steps = 0; before !== 0 && steps < MOST_STEPS; steps++) {
    const other = transactions.get(before, Field.Request) - 1;
    if (
      other >= 0 &&
      transactions.get(before, Field.Method) === Method.REGISTER &&
      messages.cseqNumber.get(other) === messages.cseqNumber.get(row) &&
      messages.fromTag.get(other) === messages.fromTag.get(row) &&
      messages.viaCount.get(other) < messages.viaCount.get(row)
    )
      return true;
    before = transactions.get(before, Field.Before);
  }
  return false;
}
