/** Milliseconds after which a question counts as one that takes long. */
const LONG = 20;
/** Milliseconds without such a question before preparing goes on. */
const REST = 300;

/**
 * What is prepared ahead, for questions that may come: begun once (and `again`), given up while a question takes long, and begun again
 * when there is none; what it had finished is kept by whoever keeps it, and a question that waits for the same thing
 * lets it go on. Failures are not told: who asks for it hears of them.
 */
export class Ahead {
  private readonly work: (signal: AbortSignal) => Promise<void>;
  private readonly ending: AbortSignal;
  private state: 'not begun' | 'open' | 'done' = 'not begun';
  private running: AbortController | null = null;
  private questions = 0;
  private timer: NodeJS.Timeout | null = null;

  /** @param ending ends it for good */
  constructor(work: (signal: AbortSignal) => Promise<void>, ending: AbortSignal) {
    this.work = work;
    this.ending = ending;
    ending.addEventListener('abort', () => this.hold(), { once: true });
  }

  /** From now on there is something to prepare for. */
  begin(): void {
    if (this.state !== 'not begun') return;
    this.state = 'open';
    if (this.questions === 0) void this.run();
  }

  /** There is more to prepare. */
  again(): void {
    if (this.state !== 'done') return;
    this.state = 'open';
    if (this.questions === 0) this.goOn();
  }

  /** Makes way for a question, if it takes long. Answers what it answers. */
  async behind<T>(answer: Promise<T>): Promise<T> {
    const question = { long: false };
    const timer = setTimeout(() => {
      question.long = true;
      this.questions += 1;
      this.hold();
    }, LONG);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      if (question.long) {
        this.questions -= 1;
        if (this.questions === 0) this.goOn();
      }
    }
  }

  private hold(): void {
    this.running?.abort();
    this.running = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private goOn(): void {
    if (this.state !== 'open' || this.ending.aborted) return;
    // Nobody waits for it: a program that is done otherwise may end.
    this.timer = setTimeout(() => void this.run(), REST).unref();
  }

  private async run(): Promise<void> {
    this.timer = null;
    const running = new AbortController();
    this.running = running;
    try {
      await this.work(running.signal);
    } catch {
      // Given up, or it fails: then it fails again for whoever asks for it.
    }
    if (running.signal.aborted) return;
    this.state = 'done';
    this.running = null;
  }
}
