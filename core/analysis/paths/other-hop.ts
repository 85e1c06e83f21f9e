import { rankOf, Rank, Relation, relation, sameAttempt, senderOf } from '../verdict/attempts.ts';
import { inviteState } from '../verdict/invite-state.ts';
import { Method } from '../messages.ts';
import { otherState } from '../verdict/other-state.ts';
import { T1 } from '../verdict/silence.ts';
import type { Tables } from '../tables.ts';
import { Reason, type Verdict } from '../verdict/verdict.ts';
import { Field } from '../transactions.ts';

/** Hops looked at behind the first one. */
const MAX_FURTHER = 8;

/**
 * The hop nearest to the caller may show less than another one: its messages went through a tunnel that was not opened
 * (the Gm leg of an IMS phone is ESP after the challenge), or packets are missing. Then the same request, or a later
 * one of the same caller, further on says more.
 */

/** What became of the attempt that `verdict.transaction` began, on its own hop. */
export function attemptState(tables: Tables, verdict: Verdict): void {
  if (tables.transactions.get(verdict.transaction, Field.Method) === Method.INVITE) inviteState(tables, verdict);
  else otherState(tables, verdict);
}

/**
 * Judges by another hop where it shows what the one of `deciding` does not: a later attempt of the caller, or the final
 * response to the same one. Where it is not sure that the response was for the caller (the proxy may go on to the next
 * gateway), the verdict stays, and `elsewhere` says what there is.
 */
export function lookFurther(tables: Tables, verdict: Verdict, deciding: number): void {
  const { status, reason, ringing } = verdict;
  const decided = verdict.transaction;
  const invite = tables.transactions.get(deciding, Field.Method) === Method.INVITE;
  if (invite && status >= 200 && status < 300) return;
  let seen = 0;
  let rings = 0;
  let other = furtherOn(tables, deciding);
  for (let hops = 0; other !== 0 && hops < MAX_FURTHER; hops++) {
    if (status === 0) {
      verdict.consider(other);
      attemptState(tables, verdict);
      const final = verdict.status === 0 ? 0 : tables.transactions.get(verdict.transaction, Field.Final);
      if (final !== 0 && reachedCaller(tables, deciding, reason, final, verdict)) {
        verdict.asked = deciding;
        verdict.elsewhere = final;
        verdict.byAnother = true;
        if (ringing !== 0) verdict.ringing = verdict.ringing === 0 ? ringing : Math.min(ringing, verdict.ringing);
        return;
      }
      seen ||= final;
      rings ||= verdict.ringing;
    } else if (isLater(tables, decided, other)) {
      verdict.consider(other);
      attemptState(tables, verdict);
      verdict.elsewhere = tables.transactions.get(other, Field.First);
      verdict.byAnother = true;
      return;
    }
    other = furtherOn(tables, other);
  }
  if (status !== 0) return;
  verdict.consider(deciding);
  attemptState(tables, verdict);
  verdict.elsewhere = seen || (ringing === 0 ? rings : 0);
}

/** Whether the final response in row `final` - 1 of another hop was the caller's as well, whose hop does not show it. */
function reachedCaller(tables: Tables, deciding: number, reason: Reason, final: number, verdict: Verdict): boolean {
  const { messages, transactions, retransmissions } = tables;
  const status = messages.status.get(final - 1);
  const invite = transactions.get(deciding, Field.Method) === Method.INVITE;
  // A proxy passes a 2xx on at once (16.7, step 5).
  if (invite && status < 300) return true;
  if (reason === Reason.FinalNotCaptured || reason === Reason.CancelUnanswered || reason === Reason.EarlyBye)
    return true;
  if (reason === Reason.AnswerNotCaptured) return false;
  const time = messages.time.get(final - 1);
  for (let branch = deciding; branch !== 0; branch = transactions.get(branch, Field.Next)) {
    if (!sameAttempt(messages, transactions, deciding, branch)) continue;
    const request = transactions.get(branch, Field.Request);
    // Who still asks, or is told to wait, has not got it.
    if (request !== 0 && messages.time.get(retransmissions.latestSending(request) - 1) > time + T1) return false;
    if (transactions.get(branch, Field.Provisional) > final) return false;
  }
  // The proxy had time to pass it on, or to try something else.
  return verdict.now - time > T1;
}

/**
 * The transaction that decides on the hop next to that of `deciding`: of the same kind and caller, not older, further
 * on. 0 where there is none.
 */
function furtherOn(tables: Tables, deciding: number): number {
  const { messages, transactions } = tables;
  const method = transactions.get(deciding, Field.Method);
  const rank = rankOf(messages, transactions, deciding);
  const near = transactions.get(deciding, Field.First) - 1;
  if (rank === Rank.InDialog) return 0;
  let found = 0;
  for (let number = firstOf(tables, deciding); number !== 0; number = transactions.get(number, Field.Next)) {
    if (transactions.get(number, Field.Method) !== method) continue;
    const row = transactions.get(number, Field.First) - 1;
    const vias = messages.viaCount.get(row) - messages.viaCount.get(near);
    if (vias < 0 || (vias === 0 && senderOf(messages, row) === senderOf(messages, near))) continue;
    if (messages.fromTag.get(row) !== messages.fromTag.get(near)) continue;
    if (messages.cseqNumber.get(row) < messages.cseqNumber.get(near)) continue;
    if (rankOf(messages, transactions, number) !== rank) continue;
    if (found === 0 || relation(messages, transactions, found, rank, number) !== Relation.Follows) found = number;
  }
  return found;
}

/** The first transaction with the Call-ID of this one. */
export function firstOf({ transactions }: Tables, number: number): number {
  let first = number;
  for (let before = number; before !== 0; before = transactions.get(before, Field.Before)) first = before;
  return first;
}

/** Whether transaction `other` was begun with a higher CSeq than `deciding`, after that one had its final response. */
function isLater({ messages, transactions }: Tables, deciding: number, other: number): boolean {
  const a = transactions.get(deciding, Field.First) - 1;
  const b = transactions.get(other, Field.First) - 1;
  const final = transactions.get(deciding, Field.Final);
  return final !== 0 && b + 1 > final && messages.cseqNumber.get(b) > messages.cseqNumber.get(a);
}
