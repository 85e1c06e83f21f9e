import { ContractError } from '../contract/api.ts';
import type { Session } from './session.ts';

/** While a capture is being read, an answer is used for this many times as long as it took to make: a tenth of the time at most goes into making it again. */
const PATIENCE = 10;

/** Milliseconds of work between two looks at whether somebody else waits. */
const SLICE = 8;

interface Work<T> {
  readonly abort: AbortController;
  readonly promise: Promise<T>;
  waiting: number;
}

/**
 * Something worked out from all calls. Kept for good once all of the capture was read before; while it is being read,
 * made anew at a bounded rate. Several who ask at once wait for the same work, and it ends when nobody waits any more.
 */
export class Kept<T> {
  private readonly session: Session;
  private readonly make: (signal: AbortSignal) => Promise<T>;
  private value: { readonly is: T } | null = null;
  private work: Work<T> | null = null;
  /** The value saw the whole capture. */
  private whole = false;
  private goodUntil = 0;

  constructor(session: Session, make: (signal: AbortSignal) => Promise<T>) {
    this.session = session;
    this.make = make;
  }

  /** Rejects with a ContractError `cancelled` when `signal` says so, else as `make` does. */
  async get(signal: AbortSignal): Promise<T> {
    if (this.value !== null && (this.whole || (!this.session.done && performance.now() < this.goodUntil)))
      return this.value.is;
    this.work ??= this.begin();
    const { work } = this;
    work.waiting += 1;
    const leave = (): void => {
      work.waiting -= 1;
      if (work.waiting > 0) return;
      work.abort.abort();
      if (this.work === work) this.work = null;
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      if (signal.aborted) leave();
      const value = await work.promise;
      if (signal.aborted) throw new ContractError('cancelled', 'cancelled');
      return value;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  private begin(): Work<T> {
    const abort = new AbortController();
    const whole = this.session.done;
    const run = async (): Promise<T> => {
      const began = performance.now();
      try {
        const value = await this.make(abort.signal);
        if (abort.signal.aborted) throw new ContractError('cancelled', 'cancelled');
        this.value = { is: value };
        this.whole = whole;
        const now = performance.now();
        this.goodUntil = now + PATIENCE * (now - began);
        return value;
      } finally {
        if (this.work?.abort === abort) this.work = null;
      }
    };
    // Begun a turn later, so that `work` is set whatever `make` does at once.
    const promise = Promise.resolve().then(run);
    promise.catch(() => undefined);
    return { abort, promise, waiting: 0 };
  }
}

/** Lets other questions have their turn from time to time in a long loop: to be awaited every few thousand steps. */
export class Turns {
  private readonly signal: AbortSignal;
  private began = performance.now();

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  /** Throws a ContractError `cancelled` where nobody waits any more. */
  async next(): Promise<void> {
    if (performance.now() - this.began < SLICE) return;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    if (this.signal.aborted) throw new ContractError('cancelled', 'cancelled');
    this.began = performance.now();
  }
}
