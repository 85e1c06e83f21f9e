/** Two ends that send each other whole frames, in order. Every transport is one of these. */
export interface Pipe {
  send(bytes: Uint8Array<ArrayBuffer>): void;
  /** Called for each frame that arrives; set once, before anything can arrive. */
  receive(handler: (bytes: Uint8Array) => void): void;
  /** Called once when the other end is gone. */
  closed(handler: () => void): void;
  close(): void;
}

/** Two ends in one process. Bytes arrive in a later turn, as on any other pipe. */
export function memoryPair(): [Pipe, Pipe] {
  const a = new MemoryPipe();
  const b = new MemoryPipe();
  a.other = b;
  b.other = a;
  return [a, b];
}

class MemoryPipe implements Pipe {
  other: MemoryPipe | null = null;
  private handler: ((bytes: Uint8Array) => void) | null = null;
  private goodbye: (() => void) | null = null;

  send(bytes: Uint8Array<ArrayBuffer>): void {
    const { other } = this;
    queueMicrotask(() => other?.handler?.(bytes));
  }

  receive(handler: (bytes: Uint8Array) => void): void {
    this.handler = handler;
  }

  closed(handler: () => void): void {
    this.goodbye = handler;
  }

  close(): void {
    const { other } = this;
    this.other = null;
    if (other === null) return;
    other.other = null;
    queueMicrotask(() => other.goodbye?.());
  }
}

/** What MessagePorts of Node, browsers and Electron's main process have in common. */
export interface PortLike {
  postMessage(message: unknown): void;
  close(): void;
  start?(): void;
  addEventListener?(name: 'message' | 'close', handler: (event: object) => void): void;
  on?(name: 'message' | 'close', handler: (message: unknown) => void): unknown;
}

/** A MessagePort as a pipe. Frames are copied, never transferred: a transfer list makes the whole message arrive as null in an Electron host. */
export function portPipe(port: PortLike): Pipe {
  return {
    send: (bytes) => port.postMessage(bytes),
    receive: (handler) => {
      const take = (data: unknown): void => {
        if (data instanceof Uint8Array) handler(data);
      };
      if (port.addEventListener) port.addEventListener('message', (event) => take(isEvent(event) ? event.data : null));
      // Electron's MessagePortMain hands over an event as well, Node's port the message itself.
      else port.on?.('message', (message) => take(isEvent(message) ? message.data : message));
      port.start?.();
    },
    closed: (handler) => {
      if (port.addEventListener) port.addEventListener('close', handler);
      else port.on?.('close', handler);
    },
    close: () => port.close(),
  };
}

function isEvent(message: unknown): message is { readonly data: unknown } {
  return typeof message === 'object' && message !== null && !(message instanceof Uint8Array) && 'data' in message;
}

/** What browsers' WebSocket and the server's have in common. */
export interface SocketLike {
  binaryType: string;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(): void;
  addEventListener(name: 'message', handler: (event: { readonly data: unknown }) => void): void;
  addEventListener(name: 'close', handler: () => void): void;
}

/** An open WebSocket as a pipe: one binary message a frame; text messages are ignored. */
export function socketPipe(socket: SocketLike): Pipe {
  socket.binaryType = 'arraybuffer';
  return {
    send: (bytes) => socket.send(bytes),
    receive: (handler) =>
      socket.addEventListener('message', (event) => {
        if (event.data instanceof ArrayBuffer) handler(new Uint8Array(event.data));
      }),
    closed: (handler) => socket.addEventListener('close', handler),
    close: () => socket.close(),
  };
}
