import type { Client } from '../../../core/contract/channel.ts';
import type { CallRow, Layer, MessageDetail, MessageDiff } from '../../../core/contract/model.ts';
import { useCapture } from '../../state/capture.ts';
import { useLadder } from '../../state/ladder.ts';
import { notify } from '../../state/view.ts';
import { sentenceOf, useAnswer, type Answer } from './answer.ts';

/** The message in a row, in full. */
export function useMessage(row: number | null): Answer<MessageDetail> {
  return useAnswer(row === null ? null : String(row), async (client, signal) => {
    const [message] = await client.ask('message', { row: row ?? 0 }, { signal });
    if (message === undefined) throw new Error('The capture has no such message.');
    return message;
  });
}

/** The call with this number. */
export function useCall(call: number | null): Answer<CallRow | null> {
  return useAnswer(call === null ? null : String(call), async (client, signal) => {
    const { at } = await client.ask('callPosition', { call: call ?? 0 }, { signal });
    if (at === null) return null;
    const { rows } = await client.ask('calls', { from: at, count: 1 }, { signal });
    return rows.find(({ id }) => id === call) ?? null;
  });
}

/** What a message is compared with: the same request or response on the hop before, or the marked one. */
export interface HopDiff {
  /** Null where the capture shows no hop before this one. */
  readonly diff: MessageDiff | null;
}

/** What the last hop changed in the message in `row`. */
export function useHopDiff(row: number | null): Answer<HopDiff> {
  return useAnswer(row === null ? null : String(row), async (client, signal) => {
    const before = await client.ask('hopBefore', { row: row ?? 0 }, { signal });
    if (before === null) return { diff: null };
    return { diff: await client.ask('diff', { rows: [before.row, row ?? 0] }, { signal }) };
  });
}

/** What differs between two picked messages, from the earlier to the later. */
export function usePairDiff(a: number | null, b: number | null): Answer<MessageDiff> {
  const key = a === null || b === null || a === b ? null : `${Math.min(a, b)} ${Math.max(a, b)}`;
  return useAnswer(key, (client, signal) => {
    const rows = [Math.min(a ?? 0, b ?? 0), Math.max(a ?? 0, b ?? 0)] as const;
    return client.ask('diff', { rows }, { signal });
  });
}

export interface Bytes {
  readonly bytes: Uint8Array;
  readonly layers: readonly Layer[];
}

/** Bytes of a message, or of the packet that completed it. */
export function useBytes(row: number, what: 'message' | 'packet'): Answer<Bytes> {
  return useAnswer(`${row} ${what}`, async (client, signal) => {
    const chunks: Uint8Array[] = [];
    const onChunk = (chunk: Uint8Array): void => {
      chunks.push(chunk.slice());
    };
    const { layers } = await client.ask('bytes', { row, what }, { signal, onChunk });
    return { bytes: joined(chunks), layers };
  });
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Selects the message of `callId` that frame `frame` completed, or the frame's first. */
export async function selectFrame(frame: number, callId: string | null): Promise<void> {
  const { client } = useCapture.getState();
  if (client === null) return;
  try {
    const row = await rowOfFrame(client, frame, callId);
    if (row !== null) useLadder.setState({ selected: row, band: null });
  } catch (error) {
    notify(sentenceOf(error), true);
  }
}

async function rowOfFrame(client: Client, frame: number, callId: string | null): Promise<number | null> {
  const messages = await client.ask('message', { frame });
  const found = messages.find(({ row }) => row.callId === callId) ?? messages[0];
  return found?.row.row ?? null;
}
