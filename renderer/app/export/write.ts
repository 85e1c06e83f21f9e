import { ContractError, type Document } from '../../../core/contract/api.ts';
import { shell } from '../../shell/index.ts';
import { useCapture } from '../../state/capture.ts';
import { notify } from '../../state/view.ts';
import { problemText } from '../opening.ts';
import { isCancelled } from '../../state/asking.ts';
import { bytesText } from '../words.ts';
import type { Named } from './documents.ts';

/** Writes a document to a file that the user chooses, and says what came of it. */
export function save(named: Named | null): Promise<void> {
  return saying(named, async ({ name, document }) => {
    const { client, id } = useCapture.getState();
    if (client === null) return null;
    const saved = await shell.save({ id, client }, name, document);
    return saved === null ? null : `Saved ${saved.name}, ${bytesText(saved.bytes)}.`;
  });
}

/** Puts a document into the clipboard: a PNG as a picture, all else as text. */
export function copy(named: Named | null): Promise<void> {
  return saying(named, async ({ document }) => {
    const bytes = await bytesOf(document);
    if (
      (document.method === 'exportLadder' || document.method === 'exportCharts') &&
      document.params.format === 'png'
    ) {
      await shell.copyPng(bytes);
      return `Copied as a picture, ${bytesText(bytes.length)}.`;
    }
    await shell.copyText(new TextDecoder().decode(bytes));
    return `Copied, ${bytesText(bytes.length)}.`;
  });
}

async function saying(named: Named | null, write: (named: Named) => Promise<string | null>): Promise<void> {
  if (named === null) {
    notify('Put the cursor on a call, or tick some, first.', true);
    return;
  }
  try {
    const said = await write(named);
    if (said !== null) notify(said);
  } catch (error) {
    if (!isCancelled(error)) notify(problemText(error), true);
  }
}

/** More than this is nothing for a clipboard. */
const MOST_BYTES = 64_000_000;

async function bytesOf(document: Document): Promise<Uint8Array<ArrayBuffer>> {
  const { client } = useCapture.getState();
  if (client === null) throw new ContractError('not-found', 'there is no capture open');
  const chunks: Uint8Array[] = [];
  let length = 0;
  const onChunk = (chunk: Uint8Array): void => {
    length += chunk.length;
    if (length > MOST_BYTES)
      throw new ContractError('bad-request', 'This is too much for the clipboard; save it to a file.');
    // The pipe may use its memory again.
    chunks.push(chunk.slice());
  };
  if (document.method === 'exportLadder') await client.ask('exportLadder', document.params, { onChunk });
  else if (document.method === 'exportTable') await client.ask('exportTable', document.params, { onChunk });
  else if (document.method === 'exportAudio') await client.ask('exportAudio', document.params, { onChunk });
  else if (document.method === 'exportPath') await client.ask('exportPath', document.params, { onChunk });
  else if (document.method === 'exportCharts') await client.ask('exportCharts', document.params, { onChunk });
  else await client.ask('extract', document.params, { onChunk });
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
