import { sameAttempt } from './attempts.ts';
import { answeredState } from './answered-state.ts';
import { Method } from '../messages.ts';
import { silence } from './silence.ts';
import type { Tables } from '../tables.ts';
import { Reason, State, type Verdict } from './verdict.ts';
import { Field } from '../transactions.ts';

/**
 * What became of an INVITE (RFC 3261 13, 16.7): over the branches of its latest attempt on the hop nearest to the
 * caller, any 2xx wins; then one that is still waited for; then what was refused or cancelled last.
 */
export function inviteState(tables: Tables, verdict: Verdict): void {
  const { messages, transactions } = tables;
  const deciding = verdict.transaction;
  let answered = 0;
  let waiting = 0;
  let silent = 0;
  let refused = 0;
  let cancelled = 0;
  for (let branch = deciding; branch !== 0; branch = transactions.get(branch, Field.Next)) {
    if (!sameAttempt(messages, transactions, deciding, branch)) continue;
    const ringing = transactions.get(branch, Field.Ringing);
    if (ringing !== 0 && (verdict.ringing === 0 || ringing < verdict.ringing)) verdict.ringing = ringing;
    const status = transactions.status(branch);
    if (status >= 200 && status < 300) answered = earlier(tables, answered, branch);
    else if (wasCancelled(tables, branch, status)) cancelled = branch;
    else if (status !== 0 || transactions.get(branch, Field.Ack) !== 0) refused = better(tables, refused, branch);
    else if (silence(tables, branch, verdict.now, true) === Reason.Waiting) waiting = branch;
    else silent = branch;
  }
  if (answered !== 0) answeredState(tables, answered, verdict);
  else if (!answeredUnseen(tables, verdict)) {
    if (waiting !== 0) waitingState(waiting, verdict);
    else if (cancelled !== 0 && endOf(tables, cancelled) >= endOf(tables, refused)) {
      cancelledState(tables, cancelled, verdict);
    } else if (refused === 0) silentState(tables, silent, verdict);
    else refusedState(tables, refused, verdict);
  }
}

function waitingState(branch: number, verdict: Verdict): void {
  verdict.transaction = branch;
  if (verdict.ringing === 0) verdict.decide(State.calling, Reason.Waiting, 0);
  else verdict.decide(State.ringing, Reason.Waiting, verdict.ringing);
}

function silentState(tables: Tables, branch: number, verdict: Verdict): void {
  verdict.transaction = branch;
  verdict.decide(State.timedOut, silence(tables, branch, verdict.now, true), 0);
}

/** The state that a final response other than 2xx leaves behind. */
function refusedState(tables: Tables, branch: number, verdict: Verdict): void {
  const { transactions } = tables;
  const status = transactions.status(branch);
  verdict.transaction = branch;
  if (status === 0) verdict.decide(State.rejected, Reason.FinalNotCaptured, transactions.get(branch, Field.Ack));
  else verdict.decide(stateOf(status), Reason.Final, transactions.get(branch, Field.Final), status);
}

function stateOf(status: number): State {
  if (status === 408) return State.timedOut;
  if (status === 486 || status === 600) return State.busy;
  if (status < 400) return State.diverted;
  return status >= 500 && status < 600 ? State.failed : State.rejected;
}

/**
 * 487 says that the request was terminated (15.1.2, 9.2). A CANCEL that nobody answered ends the call as well (9.1), and
 * another final response behind the 200 for the CANCEL comes of it.
 */
function wasCancelled(tables: Tables, branch: number, status: number): boolean {
  const { transactions } = tables;
  if (status === 487) return true;
  const cancel = transactions.get(branch, Field.Related);
  if (cancel === 0) return false;
  if (status === 0) return true;
  const accepted = transactions.get(cancel, Field.Final);
  return accepted !== 0 && transactions.status(cancel) < 300 && accepted < transactions.get(branch, Field.Final);
}

function cancelledState(tables: Tables, branch: number, verdict: Verdict): void {
  const { transactions } = tables;
  const final = transactions.get(branch, Field.Final);
  const cancel = transactions.get(branch, Field.Related);
  verdict.transaction = branch;
  if (final === 0) verdict.decide(State.cancelled, Reason.CancelUnanswered, transactions.get(cancel, Field.First));
  else verdict.decide(State.cancelled, Reason.Cancelled, final, transactions.status(branch));
}

/**
 * There is no final response in the capture, but an ACK of its own or a BYE for the same dialog: then there was a 2xx.
 * Only the caller may send BYE before it (15), and that ends the call.
 */
function answeredUnseen(tables: Tables, verdict: Verdict): boolean {
  const { messages, transactions } = tables;
  const first = transactions.get(verdict.transaction, Field.First) - 1;
  if (
    transactions.get(verdict.transaction, Field.Final) !== 0 ||
    transactions.get(verdict.transaction, Field.Ack) !== 0
  )
    return false;
  for (
    let other = transactions.get(verdict.transaction, Field.Next);
    other !== 0;
    other = transactions.get(other, Field.Next)
  ) {
    const method = transactions.get(other, Field.Method);
    const row = transactions.get(other, Field.First) - 1;
    if (method === Method.ACK && messages.cseqNumber.get(row) === messages.cseqNumber.get(first))
      verdict.ack ||= row + 1;
    else if (method === Method.BYE && verdict.bye === 0) {
      verdict.bye = row + 1;
      verdict.byeFromCaller = messages.fromTag.get(row) === messages.fromTag.get(first);
    }
  }
  if (verdict.bye !== 0) {
    if (verdict.byeFromCaller && verdict.ack === 0) verdict.decide(State.cancelled, Reason.EarlyBye, verdict.bye);
    else verdict.decide(State.completed, Reason.AnswerNotCaptured, verdict.bye);
    return true;
  }
  if (verdict.ack === 0) return false;
  verdict.decide(State.inCall, Reason.AnswerNotCaptured, verdict.ack);
  return true;
}

/** The branch whose final response came first; `a` may be 0. */
function earlier(tables: Tables, a: number, b: number): number {
  return a === 0 || tables.transactions.get(b, Field.Final) < tables.transactions.get(a, Field.Final) ? b : a;
}

/**
 * The branch whose final response a forking proxy would choose (16.7, step 6): 6xx, else of the lowest class; `a` may be
 * 0. One that was sent when the other had been challenged is no fork: some clients use the same CSeq again.
 */
export function better(tables: Tables, a: number, b: number): number {
  const { transactions } = tables;
  if (a === 0) return b;
  const status = transactions.status(a);
  const challenged = status === 401 || status === 407;
  if (challenged && transactions.get(b, Field.First) > transactions.get(a, Field.Final)) return b;
  return weight(transactions.status(b)) < weight(status) ? b : a;
}

function weight(status: number): number {
  if (status === 0) return 1000;
  return status >= 600 ? status - 600 : status;
}

/** Row + 1 of the message that ended a branch, -1 for branch 0. */
function endOf(tables: Tables, branch: number): number {
  const { transactions } = tables;
  if (branch === 0) return -1;
  const end = transactions.get(branch, Field.Final) || transactions.get(branch, Field.Ack);
  if (end !== 0) return end;
  const cancel = transactions.get(branch, Field.Related);
  return cancel === 0 ? 0 : transactions.get(cancel, Field.First);
}
