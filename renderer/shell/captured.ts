import { socketPipe } from '../../core/contract/pipe.ts';
import { addresses, HOST_GONE, type ServedCapture } from '../../core/contract/serve.ts';
import { serverGone } from './served.ts';
import type { ShellCapture } from './shell.ts';

/** How a connection ended that the page did not end itself. `host`: the capture's host did; else the server or the line. */
export interface Ended {
  readonly id: number;
  readonly host: boolean;
  readonly text: string;
}

/**
 * Connects to a capture that is open in the server, and hands it to `captured` under the number `id` as soon as it is
 * there: what the host says comes right behind. Rejects where no connection comes about.
 */
export function connectTo(
  { id: served, names }: ServedCapture,
  id: number,
  captured: (capture: ShellCapture) => void,
  ended: (how: Ended) => void,
): Promise<void> {
  const { protocol, host } = location;
  const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${addresses.capture}${served}`);
  let ours = false;
  return new Promise((resolve, reject) => {
    let open = false;
    // Before the pipe's own: the reason is known when its questions fail.
    socket.addEventListener('close', ({ code, reason }) => {
      if (!open) reject(serverGone());
      else if (!ours) ended({ id, host: code === HOST_GONE, text: code === HOST_GONE ? reason : connectionLost });
    });
    socket.addEventListener('open', () => {
      open = true;
      const pipe = socketPipe(socket);
      const close = (): void => {
        ours = true;
        pipe.close();
      };
      captured({ id, names, pipe: { ...pipe, close } });
      resolve();
    });
  });
}

const connectionLost = 'The connection to “sipglass serve” is gone: it was ended, or the line was.';
