import type { Worker } from 'node:worker_threads';
import { CaptureError } from '../../capture/reader.ts';
import { nothingRead, type Account } from './account.ts';
import type { Batched } from './batch.ts';
import { waitingThread } from './early-thread.ts';
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
    this.worker = waitingThread(program);
    this.worker.postMessage(all, []);
  }

  /**
   * Hands on what the thread finds, until it has read everything. Null where the thread could not be started, or came to
   * its end before it said anything. Rejects with CaptureError when reading fails; ends early, without an error, when the
   * signal says so and the thread was closed.
   */
  run(taker: Taker, signal: AbortSignal): Promise<Account | null> {
    const { worker } = this;
    const waiting: Report[] = [];
    let heard = false;
    let over: Error | null = null;
    return new Promise((resolve, reject) => {
      const next = (): void => {
        const report = waiting.shift();
        if (report !== undefined && !signal.aborted) {
          try {
            this.hand(report, taker);
            if (report.account !== undefined) resolve(report.account);
            if (report.failure !== undefined) reject(new CaptureError(report.failure));
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
            void worker.terminate();
          }
        }
        if (waiting.length > 0) setImmediate(next);
        else if (signal.aborted) resolve(nothingRead);
        else if (over !== null && heard) reject(over);
        else if (over !== null) resolve(null);
      };
      // One at a time, with a turn for other work in between: questions are answered while the capture is being read.
      worker.on('message', (report: Report) => {
        heard = true;
        if (waiting.push(report) === 1) setImmediate(next);
      });
      const ended = (error: Error): void => {
        over ??= error;
        setImmediate(next);
      };
      worker.on('error', ended);
      worker.on('exit', () => ended(new Error('the thread that reads the capture has ended early')));
    });
  }

  private hand({ news, batch }: Report, taker: Taker): void {
    taker.news(news);
    if (batch === undefined) return;
    taker.batch(batch);
    Atomics.add(this.taken, 0, 1);
    Atomics.notify(this.taken, 0);
  }

  /** Ends the thread; afterwards the file may be closed. */
  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
