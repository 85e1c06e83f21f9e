import { sameAttempt } from './attempts.ts';
import { better } from './invite-state.ts';
import { Method } from '../messages.ts';
import { registerState } from './register-state.ts';
import { silence } from './silence.ts';
import type { Tables } from '../tables.ts';
import { Reason, State, type Verdict } from './verdict.ts';
import { Field } from '../transactions.ts';

/** What became of the latest request other than INVITE (RFC 3261 8, 17.1.2): REGISTER, OPTIONS, MESSAGE, SUBSCRIBE … */
export function otherState(tables: Tables, verdict: Verdict): void {
  const { messages, transactions } = tables;
  const deciding = verdict.transaction;
  let accepted = 0;
  let refused = 0;
  let waiting = 0;
  let silent = 0;
  for (let branch = deciding; branch !== 0; branch = transactions.get(branch, Field.Next)) {
    if (!sameAttempt(messages, transactions, deciding, branch)) continue;
    // Sent when there was an answer already: no fork, but the request anew, with the CSeq it had before.
    const before = transactions.get(accepted || refused, Field.Final);
    if (before !== 0 && transactions.get(branch, Field.First) > before) accepted = refused = waiting = silent = 0;
    const status = transactions.status(branch);
    if (status >= 200 && status < 300) accepted ||= branch;
    else if (status !== 0) refused = better(tables, refused, branch);
    else if (silence(tables, branch, verdict.now, false) === Reason.Waiting) waiting = branch;
    else silent = branch;
  }
  const final = accepted || (waiting === 0 ? refused : 0);
  verdict.transaction = final || waiting || silent;
  if (final === 0) {
    if (waiting === 0) verdict.decide(State.timedOut, silence(tables, silent, verdict.now, false), 0);
    else verdict.decide(State.pending, Reason.Waiting, 0);
    return;
  }
  const status = transactions.status(final);
  const proof = transactions.get(final, Field.Final);
  if (status === 408) verdict.decide(State.timedOut, Reason.Final, proof, status);
  else if (transactions.get(final, Field.Method) === Method.REGISTER) registerState(tables, verdict, proof, status);
  else verdict.decide(status < 300 ? State.completed : State.rejected, Reason.Final, proof, status);
}
