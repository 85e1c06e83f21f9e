import type { Tables } from '../tables.ts';
import { State, type Verdict } from './verdict.ts';

/**
 * Nanoseconds that a call lasted: from the 2xx to the BYE, or to its last message where the capture has no BYE. NaN for
 * one that was never answered, and for an unacknowledged one of which the capture has neither an ACK nor a BYE of the
 * caller: nobody there knows that the caller ever heard of the answer.
 */
export function talkOf({ messages, calls }: Tables, verdict: Verdict): number {
  const { answer, ack, bye, byeFromCaller, state } = verdict;
  if (answer === 0) return Number.NaN;
  if (state === State.unacknowledged && ack === 0 && !(bye !== 0 && byeFromCaller)) return Number.NaN;
  return messages.time.get((bye || calls.last(verdict.call) + 1) - 1) - messages.time.get(answer - 1);
}
