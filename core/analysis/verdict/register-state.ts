import { Intent } from '../intent.ts';
import type { Tables } from '../tables.ts';
import { Reason, State, type Verdict } from './verdict.ts';
import { Field } from '../transactions.ts';

/** What became of a registration (RFC 3261 10): the final response to the latest REGISTER says it. */
export function registerState(tables: Tables, verdict: Verdict, proof: number, status: number): void {
  const { transactions, registrations } = tables;
  const intent = registrations.intent(verdict.transaction);
  if (status === 401 || status === 407) {
    // Who has answered a challenge and is asked again was refused. (A nonce that was merely stale makes the client try
    // again, and then that attempt decides.)
    if ((intent & Intent.Credentials) === 0) verdict.decide(State.challenged, Reason.Challenged, proof, status);
    else verdict.decide(State.rejected, Reason.CredentialsRefused, proof, status);
  } else if (status >= 300) verdict.decide(State.rejected, Reason.Final, proof, status);
  else if (transactions.get(verdict.transaction, Field.Request) === 0 || (intent & Intent.Binds) !== 0) {
    verdict.decide(State.registered, Reason.Registered, proof, status);
  } else if ((intent & Intent.Removes) === 0) verdict.decide(State.completed, Reason.Queried, proof, status);
  else verdict.decide(State.unregistered, Reason.Unregistered, proof, status);
}
