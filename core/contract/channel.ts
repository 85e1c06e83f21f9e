import { ContractError } from './api.ts';
import type { EventName, Events, MethodName, Methods } from './api.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import type { Pipe } from './pipe.ts';

/** What a method gets besides its parameters. */
export interface Answering {
  readonly signal: AbortSignal;
  /** Sends raw bytes ahead of the answer; resolves when the asker wants more, rejects when the question was cancelled. */
  chunk(bytes: Uint8Array): Promise<void>;
}

/** The host's side: a function for each method. */
export type Handlers = {
  readonly [Name in MethodName]: (
    params: Methods[Name]['params'],
    answering: Answering,
  ) => Promise<Methods[Name]['result']> | Methods[Name]['result'];
};

export interface Asking {
  readonly signal?: AbortSignal;
  /** Takes raw bytes that come ahead of the answer. The next ones are sent when it has resolved. */
  readonly onChunk?: (bytes: Uint8Array) => Promise<void> | void;
}

/** The asker's side. */
export interface Client {
  /** Rejects with a ContractError: the host's own, `cancelled`, or `internal` when the pipe closed. */
  ask<Name extends MethodName>(
    name: Name,
    params: Methods[Name]['params'],
    asking?: Asking,
  ): Promise<Methods[Name]['result']>;
  on<Name extends EventName>(name: Name, handler: (value: Events[Name]) => void): void;
  close(): void;
}

/** How many chunks may be on their way before the asker has taken the first. */
const CHUNKS_AHEAD = 4;

/** Questions of one pipe that are answered at a time; one more is refused. A page asks a dozen. */
export const MAX_QUESTIONS = 256;

interface Running {
  readonly abort: AbortController;
  credit: number;
  wake: (() => void) | null;
}

/**
 * Answers questions that come through `pipe`, and hands out a way to send events. Whatever comes, what is kept for a pipe
 * is bounded: at most `MAX_QUESTIONS` at a time, each under its own number, each with `CHUNKS_AHEAD` chunks on their way
 * however often more are asked for. Frames for questions that nobody asked are passed over.
 */
export function serve(
  pipe: Pipe,
  handlers: Handlers,
): <Name extends EventName>(name: Name, value: Events[Name]) => void {
  const running = new Map<number, Running>();
  pipe.receive((bytes) => {
    const decoded = decodeFrame(bytes);
    if (decoded === null) return;
    const { frame } = decoded;
    if (frame.kind === 'call') {
      const message = refusal(running, frame.id);
      if (message === null) void answer(pipe, handlers, running, frame.id, frame.method, frame.params);
      else pipe.send(encodeFrame({ kind: 'error', id: frame.id, code: 'bad-request', message, problem: null }));
    } else if (frame.kind === 'cancel') stop(running.get(frame.id));
    else if (frame.kind === 'more') {
      const call = running.get(frame.id);
      if (call) {
        call.credit = Math.min(call.credit + 1, CHUNKS_AHEAD);
        call.wake?.();
      }
    }
  });
  pipe.closed(() => {
    for (const call of running.values()) stop(call);
  });
  return (name, value) => pipe.send(encodeFrame({ kind: 'event', name, value }));
}

/** Why a question is not even begun; null where it is. */
function refusal(running: ReadonlyMap<number, Running>, id: number): string | null {
  if (running.has(id)) return `question ${id} is being answered already`;
  if (running.size >= MAX_QUESTIONS) return `no more than ${MAX_QUESTIONS} questions are answered at a time`;
  return null;
}

function stop(call: Running | undefined): void {
  call?.abort.abort();
  call?.wake?.();
}

async function answer(
  pipe: Pipe,
  handlers: Handlers,
  running: Map<number, Running>,
  id: number,
  method: string,
  params: unknown,
): Promise<void> {
  const call: Running = { abort: new AbortController(), credit: CHUNKS_AHEAD, wake: null };
  running.set(id, call);
  const { signal } = call.abort;
  const answering: Answering = {
    signal,
    chunk: async (raw) => {
      while (call.credit === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          call.wake = resolve;
        });
        call.wake = null;
      }
      if (signal.aborted) throw new ContractError('cancelled', 'cancelled');
      call.credit -= 1;
      pipe.send(encodeFrame({ kind: 'chunk', id }, raw));
    },
  };
  try {
    if (!Object.hasOwn(handlers, method)) throw new ContractError('bad-request', `there is no method “${method}”`);
    // The pipe carries what the table of methods ties to this name. Nothing checks it here: rubbish from a stranger ends
    // as an `internal` error of the handler, and whoever opens a pipe to strangers checks before.
    const handler = handlers[method as MethodName] as (params: unknown, answering: Answering) => unknown;
    const value = await handler(params, answering);
    if (signal.aborted) throw new ContractError('cancelled', 'cancelled');
    pipe.send(encodeFrame({ kind: 'result', id, value }));
  } catch (error) {
    const known = signal.aborted ? new ContractError('cancelled', 'cancelled') : asContractError(error);
    pipe.send(encodeFrame({ kind: 'error', id, code: known.code, message: known.message, problem: known.problem }));
  } finally {
    running.delete(id);
  }
}

function asContractError(error: unknown): ContractError {
  if (error instanceof ContractError) return error;
  if (error instanceof Error && error.name === 'CaptureError') return new ContractError('capture', error.message);
  return new ContractError('internal', error instanceof Error ? (error.stack ?? error.message) : String(error));
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: ContractError) => void;
  readonly onChunk: ((bytes: Uint8Array) => Promise<void> | void) | undefined;
  /** Chunks are handed on one after the other, and all before the answer. */
  queue: Promise<void>;
}

/** Asks questions through `pipe`. */
export function connect(pipe: Pipe): Client {
  const waiting = new Map<number, Waiting>();
  const handlers = new Map<string, ((value: never) => void)[]>();
  let lastId = 0;
  let open = true;

  const finish = (id: number, end: (call: Waiting) => void): void => {
    const call = waiting.get(id);
    if (!call) return;
    waiting.delete(id);
    void call.queue.then(() => end(call));
  };

  pipe.receive((bytes) => {
    const decoded = decodeFrame(bytes);
    if (decoded === null) return;
    const { frame, raw } = decoded;
    switch (frame.kind) {
      case 'result':
        finish(frame.id, (call) => call.resolve(frame.value));
        break;
      case 'error':
        finish(frame.id, (call) => call.reject(new ContractError(frame.code, frame.message, frame.problem)));
        break;
      case 'chunk': {
        const call = waiting.get(frame.id);
        if (!call) break;
        call.queue = call.queue.then(async () => {
          try {
            await call.onChunk?.(raw);
            pipe.send(encodeFrame({ kind: 'more', id: frame.id }));
          } catch (error) {
            waiting.delete(frame.id);
            pipe.send(encodeFrame({ kind: 'cancel', id: frame.id }));
            call.reject(asContractError(error));
          }
        });
        break;
      }
      case 'event':
        for (const handler of handlers.get(frame.name) ?? []) handler(frame.value as never);
        break;
      default:
        break;
    }
  });
  pipe.closed(() => {
    open = false;
    for (const id of waiting.keys()) {
      finish(id, (call) => call.reject(new ContractError('internal', 'the capture host is gone')));
    }
  });

  return {
    ask: (name, params, asking = {}) =>
      new Promise((resolve, reject) => {
        if (!open) {
          reject(new ContractError('internal', 'the capture host is gone'));
          return;
        }
        if (asking.signal?.aborted === true) {
          reject(new ContractError('cancelled', 'cancelled'));
          return;
        }
        const id = ++lastId;
        waiting.set(id, {
          resolve: resolve as (value: unknown) => void,
          reject,
          onChunk: asking.onChunk,
          queue: Promise.resolve(),
        });
        pipe.send(encodeFrame({ kind: 'call', id, method: name, params }));
        const cancel = (): void => {
          // An answered question, or a closed pipe, has nobody to tell.
          if (open && waiting.has(id)) pipe.send(encodeFrame({ kind: 'cancel', id }));
        };
        asking.signal?.addEventListener('abort', cancel, { once: true });
      }),
    on: (name, handler) => {
      const list = handlers.get(name) ?? [];
      list.push(handler);
      handlers.set(name, list);
    },
    close: () => {
      open = false;
      pipe.close();
      // Whoever asked and closed wants no answer any more; but no question stays open for ever.
      for (const id of waiting.keys())
        finish(id, (call) => call.reject(new ContractError('cancelled', 'the capture was closed')));
    },
  };
}
