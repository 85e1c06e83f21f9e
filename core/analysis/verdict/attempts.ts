import { Flag, Method, type Messages } from '../messages.ts';
import { Field, type Transactions } from '../transactions.ts';

/**
 * Which of the transactions of one Call-ID decides what became of it. A request is seen on several hops, and only the
 * one nearest to the caller says what the caller got: a gateway's 503 means nothing when the proxy goes on to the next.
 * And a request may be tried again: with credentials, at another address, as a refresh. The deciding transaction is the
 * first of the latest attempt on the hop nearest to the caller; branches of a fork that the caller's own hop sent out
 * follow it in the call's list.
 */

/** What a new transaction is to the one that decided so far. */
export const Relation = {
  /** A branch, a hop further down, or a request within the dialog: does not decide. */
  Follows: 0,
  /** The same request nearer to the caller. */
  Upstream: 1,
  /** The request tried anew. */
  Attempt: 2,
  /** What the call is about: a request that began a session, where there had been something else. */
  Begins: 3,
} as const;
export type Relation = (typeof Relation)[keyof typeof Relation];

/** How `candidate`, just opened, relates to `current`, whose rank is `held`; both are numbers of transactions with one Call-ID. */
export function relation(
  messages: Messages,
  transactions: Transactions,
  current: number,
  held: Rank,
  candidate: number,
): Relation {
  const method = transactions.get(candidate, Field.Method);
  // Most transactions of most calls: left out early.
  if (method !== Method.INVITE && held === Rank.Session) return Relation.Follows;
  const rank = rankOf(messages, transactions, candidate);
  if (rank !== held) return rank > held ? Relation.Begins : Relation.Follows;
  if (rank === Rank.InDialog || method !== transactions.get(current, Field.Method)) return Relation.Follows;
  const a = transactions.get(current, Field.First) - 1;
  const b = transactions.get(candidate, Field.First) - 1;
  const vias = messages.viaCount.get(b) - messages.viaCount.get(a);
  if (vias !== 0) return vias < 0 ? Relation.Upstream : Relation.Follows;
  const cseq = messages.cseqNumber.get(b) - messages.cseqNumber.get(a);
  if (cseq < 0) return Relation.Follows;
  const sameSender = senderOf(messages, a) === senderOf(messages, b);
  const sameFrom = messages.fromTag.get(a) === messages.fromTag.get(b);
  if (cseq === 0 && sameFrom) {
    // Hops behind a proxy that hides the Vias: fewer Max-Forwards are further down.
    return !sameSender && forwards(messages, b) > forwards(messages, a) ? Relation.Upstream : Relation.Follows;
  }
  if (sameSender) return Relation.Attempt;
  const status = transactions.status(current);
  if (status === 0 || !sameFrom) return Relation.Follows;
  return method !== Method.INVITE || status >= 300 ? Relation.Attempt : Relation.Follows;
}

/** Whether `candidate` is a branch of the attempt that `deciding` began: the same request, from the same sender, on the same level. */
export function sameAttempt(
  messages: Messages,
  transactions: Transactions,
  deciding: number,
  candidate: number,
): boolean {
  if (candidate === deciding) return true;
  if (transactions.get(candidate, Field.Method) !== transactions.get(deciding, Field.Method)) return false;
  const a = transactions.get(deciding, Field.First) - 1;
  const b = transactions.get(candidate, Field.First) - 1;
  return (
    messages.cseqNumber.get(a) === messages.cseqNumber.get(b) &&
    messages.fromTag.get(a) === messages.fromTag.get(b) &&
    messages.viaCount.get(a) === messages.viaCount.get(b) &&
    senderOf(messages, a) === senderOf(messages, b) &&
    rankOf(messages, transactions, candidate) === rankOf(messages, transactions, deciding)
  );
}

/** What a transaction says about the call: that it is a session and how it began; that it is one; that it is something else. */
export const Rank = { Other: 1, InDialog: 2, Session: 3 } as const;
export type Rank = (typeof Rank)[keyof typeof Rank];

export function rankOf(messages: Messages, transactions: Transactions, number: number): Rank {
  switch (transactions.get(number, Field.Method)) {
    case Method.INVITE:
      return isInDialog(messages, transactions, number) ? Rank.InDialog : Rank.Session;
    case Method.ACK:
    case Method.BYE:
    case Method.CANCEL:
    case Method.PRACK:
    case Method.UPDATE:
      return Rank.InDialog;
    case Method.INFO:
      return isInDialog(messages, transactions, number) ? Rank.InDialog : Rank.Other;
    default:
      return Rank.Other;
  }
}

/** Whether the transaction belongs to a dialog that was there before: its request has a To tag (RFC 3261 12.2). */
export function isInDialog(messages: Messages, transactions: Transactions, number: number): boolean {
  const request = transactions.get(number, Field.Request);
  return request !== 0 && messages.toTag.get(request - 1) !== 0;
}

/** Whether the call is a session by INVITE, of whatever the capture has of it. */
export function isSession(messages: Messages, transactions: Transactions, deciding: number): boolean {
  return rankOf(messages, transactions, deciding) !== Rank.Other;
}

/** Address that the request came from, of a request or a response. */
export function senderOf(messages: Messages, row: number): number {
  return (messages.flags.get(row) & Flag.Request) === 0 ? messages.dst.get(row) : messages.src.get(row);
}

/** Max-Forwards, -1 where it is not known. */
function forwards(messages: Messages, row: number): number {
  const value = messages.maxForwards.get(row);
  return value === 255 ? -1 : value;
}
