import { Flag } from '../../analysis/messages.ts';
import { stateNames } from '../../analysis/verdict/verdict.ts';
import { openKept } from '../../capture/inputs.ts';
import { PcapngWriter } from '../../export/pcapng.ts';
import { Carried } from '../../live/carried.ts';
import { FILES, MOST_CALLS } from '../../live/live-capture.ts';
import type { Recording } from '../../live/recording.ts';
import type { LiveReader } from '../../live/live-reader.ts';
import type { LiveOptions } from '../../contract/live.ts';
import type { FrontOptions } from '../reading/front.ts';
import type { Mirror } from './mirror.ts';
import { rowsOf } from '../ladder/ladder-input.ts';
import type { CurrentReading, ReadingEvents } from '../reading/readings.ts';
import type { Known } from '../../ipsec/ring.ts';
import { Session } from '../session.ts';
import { threadProgram } from '../reading/thread-program.ts';

/** Messages of a call that the limit counts with: a capture of few calls with very many messages has an end too. */
const MESSAGES_PER_CALL = 20;
/** Of the limit: what is kept when the index is renewed, so that this is not done all the time. */
const KEEP = 0.5;
/** Of the files: as many are left to the index. */
const KEEP_FILES = 0.75;

/** Times the whole is read again since keys came late. */
const MAX_LATE = 4;

/** States that something may still follow. */
const going: ReadonlySet<string> = new Set(['calling', 'ringing', 'in-call', 'pending']);

interface Current {
  readonly session: Session;
  readonly reader: LiveReader;
  /** Until the capture is over; then what was learnt late has been tried. */
  readonly reading: Promise<void>;
  readonly carried: Carried | null;
}

/** What a live index is made for. */
interface Limits {
  readonly calls: number;
  readonly files: number;
}

/**
 * The index of a live capture, bounded for days: when it holds too many calls, or the oldest file has to go, it is made
 * anew from the files that stay and from what the calls that go on had before. Meanwhile the old one answers.
 */
export class LiveIndex implements CurrentReading {
  readonly capture: Recording;
  private how: FrontOptions;
  private readonly most: number;
  private readonly files: number;
  private readonly events: ReadingEvents;
  private readonly ending = new AbortController();
  private readonly mirror: Mirror | null;
  private current: Current | null = null;
  private renewing: Promise<void> | null = null;
  private generation = 0;
  private late = 0;

  private constructor(
    capture: Recording,
    how: FrontOptions,
    { calls, files }: Limits,
    mirror: Mirror | null,
    events: ReadingEvents,
  ) {
    this.capture = capture;
    this.how = how;
    this.most = calls;
    this.mirror = mirror;
    this.files = files;
    this.events = events;
  }

  /** Begins to read. Rejects with a CaptureError where what is captured cannot be read. */
  static async begin(
    capture: Recording,
    how: FrontOptions,
    { calls = MOST_CALLS, files = FILES }: Pick<LiveOptions, 'calls' | 'files'>,
    mirror: Mirror | null,
    events: ReadingEvents,
  ): Promise<LiveIndex> {
    const index = new LiveIndex(capture, how, { calls, files }, mirror, events);
    index.current = await index.started(0, null);
    return index;
  }

  get session(): Session {
    return this.now.session;
  }

  private get now(): Current {
    if (this.current === null) throw new Error('a live index that has not begun');
    return this.current;
  }

  async end(): Promise<void> {
    for (let waited = null; waited !== this.now.reading;) {
      waited = this.now.reading;
      await waited;
      await this.renewing;
    }
  }

  async again(known: Known): Promise<void> {
    while (this.renewing !== null) await this.renewing;
    this.how = { ...this.how, known };
    this.renewing = this.renewed(this.now.reader.from);
    await this.renewing;
  }

  private async started(from: number, carried: Carried | null): Promise<Current> {
    const reader = this.capture.recorder.reader({ from, carried });
    const inputs = await openKept({ source: reader, from: reader.start }, this.ending.signal);
    const { mirror } = this;
    const session = new Session([], inputs, this.how, threadProgram, inputs, { again: () => reader.again(), mirror });
    const running = session.run({
      warning: this.events.warning,
      progress: (progress) => {
        if (this.current?.session !== session) return;
        this.events.progress(progress);
        if (this.renewing === null && this.isDue(session)) this.renewing = this.renewed(null);
      },
    });
    const reading = running.then(() => this.learnt(session));
    // Whoever asks hears of a failure.
    reading.catch(() => undefined);
    return { session, reader, reading, carried };
  }

  /** Keys that came behind packets which they open: once all is there it is read again, with them known. */
  private async learnt(session: Session): Promise<void> {
    while (this.renewing !== null) await this.renewing;
    if (this.ending.signal.aborted || this.current?.session !== session) return;
    if (!session.account.security.isLate || this.late === MAX_LATE) return;
    this.late += 1;
    await this.again(session.known);
  }

  private isDue({ analysis, done }: Session): boolean {
    if (done || this.ending.signal.aborted) return false;
    const { calls, messages } = analysis;
    const full = calls.count > this.most || messages.count > this.most * MESSAGES_PER_CALL;
    return (full || this.capture.ring.paths.length > this.files) && this.cut(analysis) !== null;
  }

  /** Where the new index begins: the first file from which on there is little enough; null where there is none behind today's. */
  private cut({ calls, messages }: Session['analysis']): number | null {
    const { starts } = this.capture.ring;
    const from = this.current?.reader.from ?? 0;
    const possible = starts.filter((at, number) => at > from && starts.length - number <= this.files * KEEP_FILES);
    const [first] = possible;
    if (first === undefined) return null;
    const most = this.most * KEEP;
    const mostMessages = this.most * MESSAGES_PER_CALL;
    // Calls are numbered in the order in which they began.
    const enough = calls.count - Math.floor(most);
    const position = enough < 1 ? 0 : this.positionOf(messages, calls.first(enough));
    const enoughMessages = messages.count - Math.floor(most * MESSAGES_PER_CALL);
    const row = enoughMessages < 1 ? 0 : this.positionOf(messages, enoughMessages);
    const wanted = Math.max(position, row);
    // Files are cut off whole: rather too many calls stay than too few, but never twice as many as may be.
    const enoughStays = possible.findLast((at) => at <= wanted);
    const must = starts.length > this.files || calls.count > 2 * this.most || messages.count > 2 * mostMessages;
    return enoughStays ?? (must ? first : null);
  }

  private positionOf(messages: Session['analysis']['messages'], row: number): number {
    const position = messages.position.get(row);
    if ((messages.flags.get(row) & Flag.Pieces) === 0) return position;
    return messages.extents.firstPosition(position);
  }

  /** Makes it anew from position `cut` on; null: from where `cut()` says. Never rejects. */
  private async renewed(at: number | null): Promise<void> {
    const old = this.now;
    try {
      const cut = at ?? this.cut(old.session.analysis);
      if (cut === null) return;
      const carried = cut === old.reader.from ? old.carried : await this.carry(old, cut);
      const next = await this.started(cut, carried);
      // Until the new one has caught up the old one answers.
      while (next.reader.at < old.reader.at && !next.session.done && !this.ending.signal.aborted) await pause();
      if (this.ending.signal.aborted) {
        await this.left(next, old);
        return;
      }
      this.current = next;
      this.generation += 1;
      this.events.reread(this.generation);
      await this.left(old, next);
    } catch (error) {
      if (!this.ending.signal.aborted)
        this.events.warning(
          `the list of calls could not be made anew: ${error instanceof Error ? error.message : String(error)}`,
        );
    } finally {
      this.renewing = null;
    }
  }

  /** Lets go of one; what is carried may be `other`’s as well. */
  private async left({ session, reader, carried }: Current, other: Current | null): Promise<void> {
    await session.close();
    this.capture.recorder.left(reader);
    if (carried !== other?.carried) carried?.close();
  }

  /** The packets before `cut` of the messages of calls that go on; only where these alone are more than the limit, the oldest are given up. */
  private async carry({ session, reader }: Current, cut: number): Promise<Carried | null> {
    const positions = this.positionsToCarry(session, cut);
    if (positions.length === 0) return null;
    const writer = new PcapngWriter();
    const inputs = await openKept(reader.again(cut), this.ending.signal);
    const pieces: Uint8Array[] = [];
    try {
      const { merged } = inputs;
      let next = 0;
      for (let step = merged.step(); step >= 0 && next < positions.length; step = merged.step()) {
        if (step === 0) {
          if (writer.waiting > 1 << 20) pieces.push(writer.take());
          await merged.refill();
          continue;
        }
        const { current } = merged;
        const at = current.position();
        const end = at + current.reader.captured;
        while (next < positions.length && (positions[next] as number) < at) next++;
        if (next === positions.length || (positions[next] as number) >= end) continue;
        while (next < positions.length && (positions[next] as number) < end) next++;
        const { reader: record, window } = current;
        writer.add({
          seconds: record.seconds,
          nanoseconds: record.nanoseconds,
          decimals: record.decimals,
          linkType: record.linkType,
          bytes: window.bytes.subarray(record.dataAt, record.dataAt + record.captured),
          original: record.original,
        });
      }
      pieces.push(writer.take());
    } finally {
      await inputs.close();
    }
    return Carried.write(this.capture.carriedPath, Buffer.concat(pieces));
  }

  private positionsToCarry(session: Session, cut: number): Float64Array {
    const { analysis } = session;
    const { calls, messages } = analysis;
    const found: number[] = [];
    let left = this.most;
    for (let call = calls.count; call >= 1 && left > 0; call--) {
      if (this.positionOf(messages, calls.first(call)) >= cut || !going.has(stateNames[analysis.judge(call).state]))
        continue;
      left -= 1;
      for (const row of rowsOf(session, call)) {
        const pieces =
          (messages.flags.get(row) & Flag.Pieces) === 0 ? null : messages.extents.get(messages.position.get(row));
        for (const position of pieces?.positions ?? [messages.position.get(row)])
          if (position < cut) found.push(position);
      }
    }
    return Float64Array.from(found).sort();
  }

  async close(): Promise<void> {
    this.ending.abort();
    await this.renewing;
    if (this.current !== null) await this.left(this.current, null);
    await this.mirror?.close();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
}
