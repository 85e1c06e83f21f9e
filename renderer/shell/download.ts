import type { Document } from '../../core/contract/api.ts';
import type { Client } from '../../core/contract/channel.ts';
import type { Saved } from './shell.ts';

/** Bytes after which what came is handed to the browser, which may keep it on disk. */
const PIECE = 16 << 20;
/** Milliseconds that a browser may take to begin with the download. */
const GRACE = 60_000;

/** Collects a document and has the browser save it. Rejects with the host's ContractError. */
export async function download(client: Client, name: string, { method, params }: Document): Promise<Saved> {
  const pieces: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let waiting = 0;
  const onChunk = (bytes: Uint8Array): void => {
    // The pipe may use its memory again.
    chunks.push(new Uint8Array(bytes));
    waiting += bytes.length;
    if (waiting < PIECE) return;
    pieces.push(new Blob(chunks));
    chunks = [];
    waiting = 0;
  };
  if (method === 'exportTable') await client.ask('exportTable', params, { onChunk });
  else if (method === 'exportLadder') await client.ask('exportLadder', params, { onChunk });
  else if (method === 'exportAudio') await client.ask('exportAudio', params, { onChunk });
  else if (method === 'exportPath') await client.ask('exportPath', params, { onChunk });
  else if (method === 'exportCharts') await client.ask('exportCharts', params, { onChunk });
  else await client.ask('extract', params, { onChunk });
  // Never shown by the browser, whatever the name ends with: it is saved as it is.
  const whole = new Blob([...pieces, ...chunks], { type: 'application/octet-stream' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(whole);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), GRACE);
  return { name, bytes: whole.size };
}
