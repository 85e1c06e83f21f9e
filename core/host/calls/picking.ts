import type { Messages } from '../../analysis/messages.ts';
import type { OpenCapture } from '../open-capture.ts';
import { MethodSelection } from './method-selection.ts';
import { selected } from '../filter/selection.ts';

/** Rows of the messages that a filter selects, of all without one: in the order in which packets completed them. */
export async function pickMessages(
  { filter: source, session }: OpenCapture,
  filter: string | undefined,
  signal: AbortSignal,
): Promise<Uint32Array> {
  const { messages } = session.analysis;
  if (filter === undefined)
    return inWireOrder(
      messages,
      Uint32Array.from({ length: messages.count }, (_, row) => row),
    );
  return inWireOrder(messages, indexesOf(await selected(source, 'messages', filter, signal)));
}

/** Rows in the order of their frames. They have it already, except where a hole in a stream had messages handed over late. */
function inWireOrder({ frame }: Messages, rows: Uint32Array): Uint32Array {
  let before = 0;
  for (const row of rows) {
    const next = frame.get(row);
    if (next < before) return rows.sort((a, b) => frame.get(a) - frame.get(b) || a - b);
    before = next;
  }
  return rows;
}

/** Numbers of the calls that a filter and a method select. */
export async function pickCalls(
  { filter: source, session }: OpenCapture,
  filter: string | undefined,
  method: string | undefined,
  signal: AbortSignal,
): Promise<Uint32Array> {
  const { analysis } = session;
  const all =
    filter === undefined
      ? Uint32Array.from({ length: analysis.calls.count }, (_, index) => index + 1)
      : indexesOf(await selected(source, 'calls', filter, signal));
  if (method === undefined) return all;
  const wanted = new MethodSelection(analysis, method);
  return all.filter((call) => wanted.has(call));
}

function indexesOf(mask: Uint8Array): Uint32Array {
  const indexes = new Uint32Array(mask.reduce((sum, one) => sum + one, 0));
  let next = 0;
  for (let index = 0; index < mask.length; index++) if (mask[index] === 1) indexes[next++] = index;
  return indexes;
}
