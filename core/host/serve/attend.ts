import type { Events, OpenOptions } from '../../contract/api.ts';
import { ContractError } from '../../contract/api.ts';
import { serve } from '../../contract/channel.ts';
import type { Pipe } from '../../contract/pipe.ts';
import { guarded } from '../guard.ts';
import { CaptureHost } from '../handlers.ts';

/** What the server says to the process of a capture: frames of an asker, or that the asker is gone; or to end. */
export type ToHost =
  | { readonly asker: number; readonly bytes: Uint8Array }
  | { readonly asker: number; readonly left: true }
  | { readonly end: true };

/** What comes back: frames for an asker, and how many of its bytes were taken. */
export type FromHost =
  { readonly asker: number; readonly bytes: Uint8Array } | { readonly asker: number; readonly taken: number };

type Emit = <Name extends keyof Events>(name: Name, value: Events[Name]) => void;

/** Sentences kept for pages that come later. */
const MAX_WARNINGS = 100;

interface Asker {
  readonly emit: Emit;
  frame: (bytes: Uint8Array) => void;
  left: () => void;
}

/** What is about the machine and not about this capture is not for whoever has the page. */
const notServed = Object.fromEntries(
  (['interfaces', 'livePrograms', 'checkBpf', 'leftCaptures', 'forgetLeft'] as const).map((name) => [
    name,
    () => Promise.reject(new ContractError('bad-request', 'this is not answered to a browser')),
  ]),
);

/** One capture for several askers: a page that is loaded again, or in two windows, shares what was read. */
export class Attended {
  private readonly host = new CaptureHost();
  private readonly askers = new Map<number, Asker>();
  private readonly warnings: string[] = [];
  private readonly post: (message: FromHost) => void;

  constructor(options: OpenOptions, post: (message: FromHost) => void) {
    this.post = post;
    this.host.tell((name, value) => {
      if (name === 'warning' && this.warnings.length < MAX_WARNINGS)
        this.warnings.push((value as Events['warning']).text);
      for (const { emit } of this.askers.values()) emit(name, value);
    });
    const never = new AbortController();
    // Whoever asks `opened` hears of a failure.
    Promise.resolve(this.host.handlers.open(options, { signal: never.signal, chunk: () => Promise.resolve() })).catch(
      () => undefined,
    );
  }

  /** A message of the server; `end` is not for here. */
  take(message: Exclude<ToHost, { readonly end: true }>): void {
    const { asker } = message;
    if ('left' in message) {
      this.askers.get(asker)?.left();
      this.askers.delete(asker);
      return;
    }
    (this.askers.get(asker) ?? this.welcome(asker)).frame(message.bytes);
    this.post({ asker, taken: message.bytes.length });
  }

  /** Begins with one asker; what was warned of before is said again. */
  welcome(number: number): Asker {
    let frame: Asker['frame'] = () => undefined;
    let left: Asker['left'] = () => undefined;
    const pipe: Pipe = {
      send: (bytes) => this.post({ asker: number, bytes }),
      receive: (handler) => {
        frame = handler;
      },
      closed: (handler) => {
        left = handler;
      },
      close: () => undefined,
    };
    const emit = serve(pipe, guarded({ ...this.host.handlers, ...notServed }));
    const asker = { emit, frame, left };
    this.askers.set(number, asker);
    for (const text of this.warnings) emit('warning', { text });
    return asker;
  }

  close(): Promise<void> {
    // Live packets that no page has saved stay on disk.
    return this.host.close(true);
  }
}
