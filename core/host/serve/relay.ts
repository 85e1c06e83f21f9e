import type { WebSocket } from 'ws';
import { HOST_GONE } from '../../contract/serve.ts';
import type { Connection } from './started-host.ts';

/** Bytes of questions that wait for the host, and of answers that wait for the browser, before no more questions are read. */
const AHEAD = 4 << 20;
/** A browser that takes nothing while this much waits for it is given up. */
const TOO_MUCH = 128 << 20;

/** Milliseconds between two signs of life. */
export const HEARTBEAT = 20_000;

/**
 * Frames between a browser's WebSocket and a capture's host, in both directions no faster than the other end takes them.
 * A socket that shows no sign of life (no pong, nothing taken) from one heartbeat to the next is ended.
 */
export function relay(socket: WebSocket, connection: Connection, heartbeat = HEARTBEAT): void {
  let waiting = 0;
  let alive = true;
  let before = 0;
  const balance = (): void => {
    const full = waiting > AHEAD || socket.bufferedAmount > AHEAD;
    if (full && !socket.isPaused) socket.pause();
    else if (!full && socket.isPaused) socket.resume();
  };
  connection.receive(
    (bytes) => {
      if (socket.bufferedAmount > TOO_MUCH) {
        socket.terminate();
        return;
      }
      socket.send(bytes, balance);
      balance();
    },
    (taken) => {
      waiting -= taken;
      balance();
    },
  );
  socket.on('message', (data, isBinary) => {
    if (!isBinary || !(data instanceof Buffer)) return;
    waiting += data.length;
    // A copy: what ws hands over may be a window of a larger buffer.
    connection.send(new Uint8Array(data));
    balance();
  });
  socket.on('pong', () => {
    alive = true;
  });
  const beat = setInterval(() => {
    const moved = socket.bufferedAmount < before;
    if (!alive && !moved) socket.terminate();
    before = socket.bufferedAmount;
    alive = false;
    socket.ping();
  }, heartbeat);
  socket.on('close', () => {
    clearInterval(beat);
    connection.close();
  });
  // What was sent is no frame, or too long: ws closes the socket itself.
  socket.on('error', () => undefined);
}

/** Tells a browser that the host ended, and how: a reason has at most 123 bytes. */
export function tellGone(socket: WebSocket, text: string): void {
  socket.close(
    HOST_GONE,
    Buffer.from(text)
      .subarray(0, 120)
      .toString('latin1')
      .replaceAll(/[^ -~]/g, '?'),
  );
}
