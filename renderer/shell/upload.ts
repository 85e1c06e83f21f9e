import { addresses, type ServeSession, type ServeUpload } from '../../core/contract/serve.ts';
import { ContractError } from '../../core/contract/api.ts';
import { answerOf, cancelled, fromServer, serverGone } from './served.ts';

/** How far sending is. */
export interface Sending {
  readonly name: string;
  readonly sent: number;
  readonly total: number;
}

/** Sends files to the server, one after the other; answers with the ids they have there. Rejects with a ContractError. */
export async function upload(
  files: readonly File[],
  signal: AbortSignal,
  progress: (sending: Sending) => void,
): Promise<readonly string[]> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const { uploadLimit } = await fromServer<ServeSession>(addresses.session, undefined, signal);
  // The server says so too, but a browser that is still sending does not hear it.
  if (total > uploadLimit) throw new ContractError('bad-request', tooMuch(total, uploadLimit));
  const ids: string[] = [];
  let before = 0;
  for (const file of files) {
    const base = before;
    ids.push(await send(file, signal, (sent) => progress({ name: file.name, sent: base + sent, total })));
    before += file.size;
  }
  return ids;
}

/** `fetch` does not tell how much was sent. */
function send(file: File, signal: AbortSignal, progress: (sent: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${addresses.upload}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded }) => progress(loaded));
    request.addEventListener('load', () => {
      try {
        resolve((answerOf(request.status, request.responseText) as ServeUpload).id);
      } catch (error) {
        reject(error instanceof Error ? error : serverGone());
      }
    });
    request.addEventListener('error', () => reject(serverGone()));
    request.addEventListener('abort', () => reject(cancelled()));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) reject(cancelled());
    else request.send(file);
  });
}

function tooMuch(total: number, limit: number): string {
  if (limit === 0) return 'Files can’t be sent to this server: it was started so.';
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
  return `${megabytes(total)} is more than this server takes (${megabytes(limit)}); “sipglass serve --upload-limit” allows more, or name the file on its command line.`;
}
