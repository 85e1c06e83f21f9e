import { sameDialog } from './answered-state.ts';
import { hopsOf } from '../paths/hops.ts';
import { Flag, Method } from '../messages.ts';
import { firstOf } from '../paths/other-hop.ts';
import { silence } from './silence.ts';
import { Reason, State } from './verdict.ts';
import { Field } from '../transactions.ts';
import { cancelBefore, cancelOf } from './why-cancel.ts';
import type { Words } from './why-words.ts';

/** Finals of branches that are listed at most. */
const MAX_LISTED = 5;

/** Which hop decided in place of the first one. */
export function elsewhere({ verdict, quotes }: Words): string {
  const row = verdict.elsewhere - 1;
  const what = verdict.asked === 0 ? 'This attempt' : 'The answer';
  const sender = quotes.sender(row);
  const where = sender === '' ? 'on another hop' : `between ${sender} and ${quotes.receiver(row)}`;
  return `${what} was seen ${where}; the first hop does not show it`;
}

/** What helps to understand the verdict, the most important first. */
export function further(words: Words): string[] {
  const { verdict, tables } = words;
  const more: string[] = [];
  if (tables.transactions.get(verdict.transaction, Field.Method) === Method.KDMQ)
    more.push('Nodes of a Kamailio cluster tell each other by it what they know (DMQ): no call of a user');
  if (verdict.reason === Reason.Final && verdict.status >= 300) {
    const cancel = cancelBefore(words);
    if (cancel !== '') more.push(cancel);
    if (verdict.status === 483) more.push(loop(words));
    else if (cancel === '' && originOf(words) === verdict.proof) more.push(sentOn(words));
  }
  if (verdict.bye !== 0 && verdict.state === State.completed) more.push(byeResult(words));
  more.push(...headers(words));
  return more.filter((text) => text !== '');
}

/**
 * Row + 1 of the deciding final response where it was sent first: proxies pass it on with its To tag, so it is the same
 * one with the most Vias.
 */
export function originOf({ tables, verdict }: Words): number {
  const { messages, calls } = tables;
  const final = verdict.proof - 1;
  let origin = final;
  if (messages.toTag.get(final) === 0) return verdict.proof;
  for (let row = calls.first(verdict.call) + 1; row !== 0; row = calls.next.get(row - 1)) {
    const other = row - 1;
    if (
      messages.status.get(other) === verdict.status &&
      messages.viaCount.get(other) > messages.viaCount.get(origin) &&
      messages.toTag.get(other) === messages.toTag.get(final) &&
      messages.fromTag.get(other) === messages.fromTag.get(final) &&
      messages.cseqNumber.get(other) === messages.cseqNumber.get(final) &&
      messages.cseqMethod.get(other) === messages.cseqMethod.get(final)
    )
      origin = other;
  }
  return origin + 1;
}

function loop({ tables, verdict }: Words): string {
  const hops = hopsOf(tables, verdict.call);
  return hops > 2 ? `The capture shows ${hops} hops: perhaps a loop` : 'Perhaps a loop';
}

/** What became of the branches that the sender of the deciding response had sent the request on to. */
function sentOn({ tables, verdict, quotes }: Words): string {
  const { messages, transactions } = tables;
  const final = verdict.proof - 1;
  const method = transactions.get(verdict.transaction, Field.Method);
  const ends: number[] = [];
  let last = 0;
  for (let other = firstOf(tables, verdict.transaction); other !== 0; other = transactions.get(other, Field.Next)) {
    const request = transactions.get(other, Field.Request);
    if (request === 0 || transactions.get(other, Field.Method) !== method) continue;
    const row = request - 1;
    if (
      messages.viaCount.get(row) === messages.viaCount.get(final) + 1 &&
      messages.src.get(row) === messages.src.get(final) &&
      messages.cseqNumber.get(row) === messages.cseqNumber.get(final) &&
      messages.fromTag.get(row) === messages.fromTag.get(final)
    ) {
      ends.push(transactions.status(other));
      last = row;
    }
  }
  if (ends.length === 0) return '';
  const place = ends.length === 1 ? quotes.receiver(last) : '';
  const to = place === '' ? `${ends.length} place${ends.length === 1 ? '' : 's'}` : place;
  if (ends.every((status) => status === 0)) return `Sent on to ${to}, without an answer`;
  const listed = ends.slice(0, MAX_LISTED).map((status) => (status === 0 ? 'no answer' : String(status)));
  return `Sent on to ${to}: ${listed.join(', ')}${ends.length > MAX_LISTED ? ' …' : ''}`;
}

/** What came back for the BYE, where it was not a 2xx. */
function byeResult(words: Words): string {
  const { tables, verdict } = words;
  const { transactions } = tables;
  const own = transactions.of.get(verdict.bye - 1);
  let refused = 0;
  for (let other = firstOf(tables, own); other !== 0; other = transactions.get(other, Field.Next)) {
    if (transactions.get(other, Field.Method) !== Method.BYE) continue;
    if (!sameDialog(tables, verdict.bye - 1, transactions.get(other, Field.First) - 1)) continue;
    const status = transactions.status(other);
    if (status >= 200 && status < 300) return '';
    if (status !== 0 && (refused === 0 || other === own)) refused = transactions.get(other, Field.Final);
  }
  if (refused !== 0) return `The BYE was answered with ${words.response(refused)}`;
  return silence(tables, own, verdict.now, false) === Reason.Waiting ? '' : 'Nobody answered the BYE';
}

/** What the deciding messages say in words: `Reason: Q.850;cause=16`. */
function headers(words: Words): string[] {
  const { verdict, quotes } = words;
  const rows = tellingRows(words);
  const find = (name: 'Reason' | 'Warning' | 'Retry-After'): string => {
    for (const row of rows) {
      const value = quotes.header(row - 1, name);
      if (value !== '') return `${name}: ${value}`;
    }
    return '';
  };
  return verdict.status >= 300 ? [find('Reason'), find('Warning'), find('Retry-After')] : [find('Reason')];
}

/** Row + 1 of the messages whose headers may tell why, the first one first. */
function tellingRows(words: Words): number[] {
  const { verdict, tables } = words;
  if (verdict.bye !== 0) return [verdict.bye];
  if (verdict.reason === Reason.Cancelled || verdict.reason === Reason.CancelUnanswered)
    return [...new Set([cancelOf(words).row, verdict.proof])].filter((row) => row !== 0);
  if (verdict.proof === 0 || verdict.status < 300) return [];
  const origin = originOf(words);
  const request = (tables.messages.flags.get(verdict.proof - 1) & Flag.Request) !== 0;
  return request || origin === verdict.proof ? [verdict.proof] : [verdict.proof, origin];
}
