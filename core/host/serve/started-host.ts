import { fork } from 'node:child_process';
import type { OpenOptions } from '../../contract/api.ts';
import { Attended, type FromHost, type ToHost } from './attend.ts';

/** How long a process may take to end before it is made to. */
const PATIENCE = 3000;

/** One asker's way to a host. */
export interface Connection {
  send(bytes: Uint8Array): void;
  /** Set once, before anything is sent. `taken`: that many bytes were worked off. */
  receive(frame: (bytes: Uint8Array) => void, taken: (bytes: number) => void): void;
  close(): void;
}

/** The host of one capture, wherever it runs. */
export interface StartedHost {
  connect(): Connection;
  /** Resolves with one sentence when the host ended though nobody closed it. */
  readonly gone: Promise<string>;
  close(): Promise<void>;
}

export type StartHost = (options: OpenOptions) => StartedHost;

/** Askers of a host behind one line of messages. */
class Askers {
  private readonly post: (message: ToHost) => void;
  private readonly receivers = new Map<number, (message: FromHost) => void>();
  private last = 0;

  constructor(post: (message: ToHost) => void) {
    this.post = post;
  }

  connect(): Connection {
    const asker = ++this.last;
    return {
      send: (bytes) => this.post({ asker, bytes }),
      receive: (frame, taken) => {
        this.receivers.set(asker, (message) => ('bytes' in message ? frame(message.bytes) : taken(message.taken)));
      },
      close: () => {
        if (this.receivers.delete(asker)) this.post({ asker, left: true });
      },
    };
  }

  hand(message: FromHost): void {
    this.receivers.get(message.asker)?.(message);
  }
}

/** A host in a process of its own: what a capture does to it, the server and the other captures don't feel. `entry` is the built host-process. */
export function processHosts(entry: string): StartHost {
  return (options) => {
    const child = fork(entry, [JSON.stringify(options)], {
      serialization: 'advanced',
      // Standard input is the capture, or nobody's.
      stdio: [options.inputs.includes('-') ? 'inherit' : 'ignore', 'ignore', 'inherit', 'ipc'],
    });
    let closing = false;
    const ended = new Promise<string>((resolve) => {
      child.on('error', (error) => {
        resolve(`The program that reads this capture could not be started: ${error.message}.`);
      });
      child.on('exit', (code, signal) => resolve(howItEnded(code, signal)));
    });
    const askers = new Askers((message) => {
      // A process that is ending takes nothing any more; its end is told of by `gone`.
      if (child.connected) child.send(message, () => undefined);
    });
    child.on('message', (message) => askers.hand(message as FromHost));
    return {
      connect: () => askers.connect(),
      gone: new Promise((resolve) => {
        void ended.then((text) => {
          if (!closing) resolve(text);
        });
      }),
      close: async () => {
        closing = true;
        if (child.connected) child.send({ end: true } satisfies ToHost, () => undefined);
        const kill = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
        await ended;
        clearTimeout(kill);
      },
    };
  };
}

/** SIGABRT is how V8 ends a program that has no memory left. */
function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  const how =
    signal === 'SIGABRT' || code === 134
      ? 'ran out of memory'
      : signal === null
        ? `stopped by itself (exit status ${code ?? '?'})`
        : `was ended by ${signal}`;
  return `The program that reads this capture ${how}.`;
}

/** A host in this process, behind the same messages. */
export const localHosts: StartHost = (options) => {
  const attended = new Attended(options, (message) => queueMicrotask(() => askers.hand(message)));
  const askers = new Askers((message) => {
    if (!('end' in message)) queueMicrotask(() => attended.take(message));
  });
  return { connect: () => askers.connect(), gone: new Promise<string>(Boolean), close: () => attended.close() };
};
