import type { StatsQuery } from '../../contract/api.ts';
import { callsChosen } from '../calls/call-ids.ts';
import type { OpenCapture } from '../open-capture.ts';
import { pickCalls } from '../calls/picking.ts';
import { selected } from '../filter/selection.ts';

/** `calls`: numbers or Call-IDs; of those that match only these. */
export interface Counted extends StatsQuery {
  readonly calls?: readonly (number | string)[];
}

/** The messages that statistics count, 1 for each by row; null for all of them. Throws as filters do. */
export async function rowsCounted(open: OpenCapture, query: Counted, signal: AbortSignal): Promise<Uint8Array | null> {
  const { filter, method, calls } = query;
  if (query.of !== 'calls' && method === undefined && calls === undefined)
    return filter === undefined ? null : selected(open.filter, 'messages', filter, signal);
  const whole = query.of === 'calls' || filter === undefined;
  if (whole && filter === undefined && method === undefined && calls === undefined) return null;
  const rows = whole ? null : await selected(open.filter, 'messages', filter, signal);
  const { messages, calls: all } = open.session.analysis;
  const wanted = new Uint8Array(all.count + 1);
  for (const call of await pickCalls(open, whole ? filter : undefined, method, signal)) wanted[call] = 1;
  if (calls !== undefined) {
    const named = new Set(await callsChosen(open, { calls }, signal));
    for (let call = 1; call < wanted.length; call++) if (!named.has(call)) wanted[call] = 0;
  }
  const mask = rows ?? new Uint8Array(messages.count).fill(1);
  for (let row = 0; row < mask.length; row++) if (mask[row] === 1) mask[row] = wanted[messages.callId.get(row)] ?? 0;
  return mask;
}
