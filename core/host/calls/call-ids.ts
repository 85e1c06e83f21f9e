import { utf8 } from '../../bytes/text.ts';
import { ContractError, type CallChoice } from '../../contract/api.ts';
import type { Messages } from '../../analysis/messages.ts';
import type { OpenCapture } from '../open-capture.ts';
import { pickCalls } from './picking.ts';

/**
 * Numbers of the calls that were chosen, ascending. Throws ContractError: `not-found` for one that is not in the
 * capture, or where a filter selects none; `filter` for a wrong one.
 */
export async function callsChosen(open: OpenCapture, choice: CallChoice, signal: AbortSignal): Promise<number[]> {
  const named = choice.calls === undefined ? null : callsAsked(open.session.analysis.messages, choice.calls);
  if (choice.filter === undefined) return named ?? callsAsked(open.session.analysis.messages, []);
  const selected = await pickCalls(open, choice.filter, undefined, signal);
  const wanted = named === null ? null : new Set(named);
  const calls = [...selected].filter((call) => wanted === null || wanted.has(call));
  if (calls.length === 0) throw new ContractError('not-found', 'the filter selects no call');
  return calls;
}

/**
 * The calls that were asked for, by Call-ID or by number, without repetitions, in the order of their numbers. A text
 * that is the Call-ID of a call means that call, also where it looks like a number.
 * Throws ContractError `not-found` for one that is not in the capture.
 */
export function callsAsked(messages: Messages, asked: readonly (number | string)[]): number[] {
  const found = new Set<number>();
  for (const one of asked) {
    const byId = typeof one === 'string' ? messages.callIds.find(utf8(one)) : 0;
    const byNumber = typeof one === 'number' || /^\d+$/.test(one) ? Number(one) : 0;
    const call = byId > 0 ? byId : byNumber;
    if (call < 1 || call >= messages.callIds.size)
      throw new ContractError('not-found', `there is no call “${one}” in this capture`);
    found.add(call);
  }
  if (found.size === 0) throw new ContractError('bad-request', 'no call was asked for');
  return [...found].sort((a, b) => a - b);
}
