import { CaptureError } from '../../capture/reader.ts';
import type { Known } from '../../ipsec/ring.ts';
import type { Session, SessionEvents } from '../session.ts';

/** Times a capture is read again since keys came late in it: what was opened then may hold others. */
const MAX_AGAIN = 4;

/** What is known of a capture now, which another reading may replace. */
export interface CurrentReading {
  /** The session of the reading at hand, or of the last one. */
  readonly session: Session;
  /** Until all is read and nobody has begun again meanwhile; rejects with CaptureError when an input fails. */
  end(): Promise<void>;
  /** Reads again with these keys known; resolves when that is done. Rejects with CaptureError where it can be read only once. */
  again(known: Known): Promise<void>;
}

/** Who is told that the capture is read anew. */
export interface ReadingEvents extends SessionEvents {
  /** Called before any of the new session is to be seen. */
  readonly reread: (generation: number) => void;
}

/**
 * The readings of one capture: a session each, of which the last one counts. There is another one when keys are known
 * that open packets which stayed closed: learnt behind them in the capture, or typed.
 */
export class Readings implements CurrentReading {
  /** The session of the reading at hand, or of the last one. */
  session: Session;
  generation = 0;
  /** Until all is read, with what was learnt; rejects with CaptureError when an input fails. */
  reading: Promise<void>;
  private readonly events: ReadingEvents;
  private readonly signal: AbortSignal;

  /** Begins to read. */
  constructor(session: Session, events: ReadingEvents, signal: AbortSignal) {
    this.session = session;
    this.events = events;
    this.signal = signal;
    this.reading = this.read();
    // Whoever asks hears of a failure; that nobody asks yet does not make it unhandled.
    this.reading.catch(() => undefined);
  }

  /** Reads again with these keys known; resolves when that is done. Rejects with CaptureError where it can be read only once. */
  again(known: Known): Promise<void> {
    const before = this.reading.catch(() => undefined);
    const reading = before.then(async () => {
      await this.replace(known);
      await this.read();
    });
    reading.catch(() => undefined);
    this.reading = reading;
    return reading;
  }

  /** Until all is read and nobody has begun again meanwhile; rejects as `reading` does. */
  async end(): Promise<void> {
    for (let waited = null; waited !== this.reading;) {
      waited = this.reading;
      await waited;
    }
  }

  private async read(): Promise<void> {
    await this.session.run(this.events);
    for (let count = 0; this.session.account.security.isLate && count < MAX_AGAIN; count++) {
      if (this.signal.aborted) return;
      try {
        await this.replace(this.session.known);
      } catch (error) {
        if (!(error instanceof CaptureError)) throw error;
        this.warn(onlyOnce);
        return;
      }
      await this.session.run(this.events);
    }
  }

  private async replace(known: Known): Promise<void> {
    const before = this.session;
    const session = await before.again(known, this.signal);
    this.session = session;
    this.generation += 1;
    this.events.reread(this.generation);
    await before.retire();
  }

  private warn(text: string): void {
    this.session.warnings.push(text);
    this.events.warning(text);
  }
}

const onlyOnce =
  'keys for IPsec came later in the capture than packets they open, and it can be read only once: those packets stay closed';
