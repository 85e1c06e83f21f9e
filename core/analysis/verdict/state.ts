import { isInDialog, isSession } from './attempts.ts';
import { Method } from '../messages.ts';
import { attemptState, lookFurther } from '../paths/other-hop.ts';
import { sessionState } from './session-state.ts';
import type { Tables } from '../tables.ts';
import type { Verdict } from './verdict.ts';
import { Field } from '../transactions.ts';

/** Works out what became of `call` (from 1) as of `now`, and writes it into `verdict`. */
export function judge(tables: Tables, call: number, now: number, verdict: Verdict): void {
  const { messages, transactions, calls } = tables;
  verdict.reset(call, now);
  const deciding = calls.deciding(call);
  if (deciding === 0) return;
  const began = transactions.get(calls.began(call), Field.Request);
  verdict.consider(deciding);
  verdict.began = began;
  verdict.partial = began === 0 || isInDialog(messages, transactions, calls.began(call));
  const invite = transactions.get(deciding, Field.Method) === Method.INVITE;
  if (isSession(messages, transactions, deciding) && !(invite && !isInDialog(messages, transactions, deciding))) {
    verdict.partial = true;
    verdict.began = 0;
    sessionState(tables, verdict);
    return;
  }
  attemptState(tables, verdict);
  lookFurther(tables, verdict, deciding);
}

/** Number in `Messages.methods` of the request that began a call: INVITE for a session of which only later parts are in the capture; 0 where nothing tells. */
export function methodOf(tables: Tables, call: number): number {
  const { messages, transactions, calls } = tables;
  const deciding = calls.deciding(call);
  if (deciding === 0) return messages.method.get(calls.first(call));
  return isSession(messages, transactions, deciding) ? Method.INVITE : transactions.get(deciding, Field.Method);
}
