/** Lets waiting end when a signal says so, with one listener however often there is something to wait for. */
export class Cancel {
  private readonly signal: AbortSignal | null;
  private give: ((reason: unknown) => void) | null = null;
  private readonly abort = (): void => this.give?.(this.signal?.reason);

  constructor(signal: AbortSignal | null) {
    this.signal = signal;
    signal?.addEventListener('abort', this.abort, { once: true });
  }

  /** What `promise` comes to, or a rejection with the signal's reason once it is aborted. One at a time. */
  race<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    if (signal === null) return promise;
    return new Promise((resolve, reject) => {
      this.give = reject;
      promise.then(resolve).catch(reject);
      if (signal.aborted) this.abort();
    });
  }

  /** Takes the listener off the signal. */
  close(): void {
    this.signal?.removeEventListener('abort', this.abort);
  }
}
