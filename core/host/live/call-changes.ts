import type { Methods } from '../../contract/api.ts';
import { pickCalls } from '../calls/picking.ts';
import type { OpenCapture } from '../open-capture.ts';

/** Messages looked at in one answer: who asks again gets the rest. */
const MOST = 100_000;
/** Calls in one answer. */
const MOST_CALLS = 2000;

type Changes = Methods['callChanges'];

/** Calls that messages from row `since` on belong to, in the order in which they did. */
export async function callChanges(
  open: OpenCapture,
  { since, filter }: Changes['params'],
  signal: AbortSignal,
): Promise<Changes['result']> {
  const { messages } = open.session.analysis;
  const end = Math.min(messages.count, since + MOST);
  const changed = new Set<number>();
  let next = since;
  for (; next < end && changed.size < MOST_CALLS; next++) {
    const call = messages.callId.get(next);
    if (call !== 0) changed.add(call);
  }
  const selected =
    filter === undefined || changed.size === 0 ? null : new Set(await pickCalls(open, filter, undefined, signal));
  const chosen = [...changed].filter((call) => selected === null || selected.has(call));
  return { rows: chosen.map((call) => open.rows.call(call)), next: Math.max(next, since) };
}
