import { SHARE_ENV, Worker } from 'node:worker_threads';
import { CaptureError } from '../capture/reader.ts';
import { nothingRead, type Account } from './account.ts';
import type { Batched } from './batch.ts';
import type { News, Order, Report } from './thread-words.ts';

/** Who takes what a thread finds, in order. */
export interface Taker {
  news(news: News): void;
  batch(batch: Batched): void;
}

/** A front in a thread of its own. */
export class FarFront {
  private readonly worker: Worker;
  private readonly taken = new Int32Array(new SharedArrayBuffer(4));

  /** @param program the thread's program; throws where threads cannot be started. */
  constructor(program: string, order: Omit<Order, 'taken'>) {
    const all: Order = { ...order, taken: this.taken.buffer };
    this.worker = new Worker(program, { workerData: all, env: SHARE_ENV, trackUnmanagedFds: false });
  }

  /**
   * Hands on what the thread finds, until it has read everything. Null where the thread could not be started, or came to
   * its end before it said anything. Rejects with CaptureError when reading fails; ends early, without an error, when the
   * signal says so and the thread was closed.
   */
  run(taker: Taker, signal: AbortSignal): Promise<Account | null> {
    const { worker, taken } = this;
    let heard = false;
    return new Promise((resolve, reject) => {
      const ended = (error: Error): void => (heard ? reject(error) : resolve(null));
      worker.on('message', ({ news, batch, account, failure }: Report) => {
        if (signal.aborted) return;
        heard = true;
        try {
          taker.news(news);
          if (batch !== undefined) {
            taker.batch(batch);
            Atomics.add(taken, 0, 1);
            Atomics.notify(taken, 0);
          }
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          void worker.terminate();
        }
        if (account !== undefined) resolve(account);
        if (failure !== undefined) reject(new CaptureError(failure));
      });
      worker.on('error', ended);
      worker.on('exit', () => {
        if (signal.aborted) resolve(nothingRead);
        else ended(new Error('the thread that reads the capture has ended early'));
      });
    });
  }

  /** Ends the thread; afterwards the file may be closed. */
  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
