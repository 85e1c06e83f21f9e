import { Method } from '../messages.ts';
import type { Tables } from '../tables.ts';
import { Reason, State, type Verdict } from './verdict.ts';
import { Field } from '../transactions.ts';

/** What became of a session of which the capture has only requests within the dialog: it was there, until a BYE ends it. */
export function sessionState(tables: Tables, verdict: Verdict): void {
  const { transactions } = tables;
  for (let other = verdict.transaction; other !== 0; other = transactions.get(other, Field.Next)) {
    if (transactions.get(other, Field.Method) !== Method.BYE) continue;
    verdict.bye = transactions.get(other, Field.First);
    verdict.decide(State.completed, Reason.InDialog, verdict.bye, transactions.status(other));
    return;
  }
  const proof = transactions.get(verdict.transaction, Field.First);
  switch (transactions.get(verdict.transaction, Field.Method)) {
    case Method.CANCEL:
      return verdict.decide(State.cancelled, Reason.InDialog, proof);
    case Method.PRACK:
      return verdict.decide(State.ringing, Reason.InDialog, proof);
    default:
      return verdict.decide(State.inCall, Reason.InDialog, proof);
  }
}
