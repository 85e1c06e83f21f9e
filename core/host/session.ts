import { Readable } from 'node:stream';
import { Coverage } from '../analysis/coverage.ts';
import { Analysis } from '../analysis/index.ts';
import { noNumbers } from '../analysis/far-identifiers.ts';
import { SdpNotes } from '../analysis/sdp-notes.ts';
import { Sighting } from '../analysis/sighting.ts';
import { FILE_SPAN } from '../bytes/position.ts';
import { openInputs, openKept, type Inputs, type KeptSource } from '../capture/inputs.ts';
import { Addresses } from '../decode/addresses.ts';
import type { InsideSink } from '../decode/esp-inside.ts';
import type { FileSource } from '../capture/file.ts';
import type { MediaSink, Packet, SipSink } from '../decode/packet.ts';
import type { Progress } from '../contract/api.ts';
import { nothingRead, type Account, type OpenedAssociation } from './reading/account.ts';
import { BatchReader, type Batched } from './reading/batch.ts';
import { freshPacket } from './reading/decoding.ts';
import { Tally } from './reading/drive.ts';
import { FarFront } from './reading/far-front.ts';
import { Front, type FrontOptions } from './reading/front.ts';
import { LookBack } from './reading/look-back.ts';
import { MadeBytes } from './reading/made-bytes.ts';
import { nothingKnown, Ring, type Known } from '../ipsec/ring.ts';
import type { Mirror } from './live/mirror.ts';
import { threadProgram } from './reading/thread-program.ts';
import type { News } from './reading/thread-words.ts';

/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 100;

/** Bytes read at a time from the copy of standard input. */
const COPY_CHUNK = 1 << 20;

/** Where the packets of a live session are, on disk. */
export interface LiveSession {
  /** All that was written until now and is still there, as a source of its own. */
  readonly again: () => KeptSource;
  /** Where messages are sent on to. */
  readonly mirror: Mirror | null;
}

/** What a session tells while it reads. */
export interface SessionEvents {
  readonly progress: (progress: Progress) => void;
  readonly warning: (text: string) => void;
}

/**
 * One open capture: what was read of it, as tables, and its bytes to look at again. A front (front.ts) reads it, here or
 * in a thread of its own; the messages it finds go to the analyses.
 */
export class Session {
  readonly inputs: Inputs;
  readonly addresses = new Addresses();
  readonly analysis: Analysis;
  readonly lookBack: LookBack;
  readonly how: FrontOptions;
  /** Sentences about the input, in the order in which they were found. */
  readonly warnings: string[] = [];

  readonly tally = new Tally();
  /** Descriptions that went by, where streams are measured. */
  readonly sdp = new SdpNotes();
  done = false;
  /** Packets come as they happen: questions don't wait for an end. */
  readonly live: LiveSession | null;

  /** Read from: `inputs`, or for another reading of the same captures, ones of its own. */
  private readonly source: Inputs;
  private told: Account = nothingRead;
  private front: Front | null = null;
  private toldAt = -1;
  private readonly names: readonly string[];
  private readonly programFor: (file: FileSource) => string | null;
  private readonly made = new MadeBytes();
  private readonly stop = new AbortController();
  private readonly seen = new Sighting();
  private opened: readonly OpenedAssociation[] = [];
  private far: FarFront | null = null;
  private running: Promise<void> | null = null;
  /** How far it came, once that is all. */
  private readTo: Inputs['progress'] | null = null;

  /**
   * @param names as they were given to `openInputs`.
   * @param programFor the program of the thread that is to read a file, null where this one reads it; see threadProgram.
   * @param source what is read from, where `inputs` were read before and are there to look at again.
   * @param live null for what has an end.
   */
  constructor(
    names: readonly string[],
    inputs: Inputs,
    how: FrontOptions,
    programFor = threadProgram,
    source: Inputs = inputs,
    live: LiveSession | null = null,
  ) {
    this.names = names;
    this.live = live;
    this.inputs = inputs;
    this.source = source;
    this.how = how;
    this.programFor = programFor;
    this.analysis = new Analysis((bytes) => this.made.keep(bytes));
    this.lookBack = new LookBack(this.analysis.messages, inputs, this.made);
    if (inputs.inputs.length > 1) this.analysis.coverage = this.tally.coverage = new Coverage(inputs.inputs.length);
  }

  /** What there is to say besides messages: once all is read, and of live packets as of now. */
  get account(): Account {
    if (this.live !== null && !this.done && this.front !== null && this.toldAt !== this.tally.packets) {
      this.toldAt = this.tally.packets;
      this.told = this.front.account();
    }
    return this.told;
  }

  /** Ways in which packets of security associations were opened, in the order of their numbers, from 1. */
  get associations(): readonly OpenedAssociation[] {
    return this.opened;
  }

  /** Reads the whole capture; called once. Rejects with CaptureError when an input fails. */
  run(events: SessionEvents): Promise<void> {
    this.running ??= this.read(events);
    return this.running;
  }

  private async read(events: SessionEvents): Promise<void> {
    let reported = 0;
    const late: { timer?: NodeJS.Timeout } = {};
    const report = (): void => {
      const now = performance.now();
      const wait = reported + REPORT_EVERY - now;
      if (wait > 0) {
        // Behind the last of live packets there may be nothing for long, and it is to be told of all the same.
        if (this.live !== null)
          late.timer ??= setTimeout(() => {
            delete late.timer;
            report();
          }, wait);
        return;
      }
      reported = now;
      events.progress(this.progress());
    };
    try {
      this.told = (await this.readAside(report)) ?? (await this.readHere(report));
    } finally {
      clearTimeout(late.timer);
      this.done = true;
      this.readTo = this.source.progress;
      if (this.source !== this.inputs) await this.source.close();
    }
    this.opened = this.account.associations;
    for (const [index, found] of this.account.places.entries()) this.inputs.inputs[index]?.places.take(found);
    this.analysis.finish(Number.isNaN(this.tally.end) ? 0 : this.tally.end);
    for (const text of this.account.warnings) {
      this.warnings.push(text);
      events.warning(text);
    }
    events.progress(this.progress());
  }

  /** Reads in this thread. */
  private async readHere(betweenChunks: () => void): Promise<Account> {
    const { analysis, sdp } = this;
    // Also where another thread was to number them.
    analysis.messages.numbered(null);
    const front = new Front(this.source, this.addresses, this.how, this.tally, {
      message: (seen) => sdp.note(analysis.take(seen), seen),
      betweenChunks,
      mirror: this.live?.mirror?.reading(this.tally),
    });
    this.opened = front.associations;
    this.front = front;
    await front.run(this.stop.signal);
    return front.account();
  }

  /** Reads in another thread; null where that is not worth while, or there can be none. */
  private readAside(report: () => void): Promise<Account | null> {
    const { file } = this.source;
    const program = file === null ? null : this.programFor(file);
    if (file === null || program === null) return Promise.resolve(null);
    try {
      const format = this.source.inputs[0]?.reader.format ?? '';
      this.analysis.messages.numbered(noNumbers);
      this.far = new FarFront(program, { fd: file.fd, name: file.name, size: file.size, format, how: this.how });
    } catch {
      return Promise.resolve(null);
    }
    const opened: OpenedAssociation[] = [];
    this.opened = opened;
    const news = ({ tally, read, addresses, associations }: News): void => {
      Object.assign(this.tally, tally);
      file.consumed = read;
      for (const bytes of addresses) this.addresses.learn(bytes);
      opened.push(...associations);
      report();
    };
    return this.far.run({ news, batch: (batch) => this.take(batch) }, this.stop.signal);
  }

  private take({ count, memory, numbers }: Batched): void {
    const { analysis, sdp, seen } = this;
    analysis.messages.numbered(numbers);
    const reader = new BatchReader(memory, 0, numbers !== null);
    analysis.takeAll(reader, count, seen, (row, one) => sdp.note(row, one));
  }

  progress(): Progress {
    const { read, total } = this.readTo ?? this.source.progress;
    return {
      packets: this.tally.packets,
      messages: this.analysis.messages.count,
      calls: this.analysis.calls.count,
      bytesRead: read,
      bytesTotal: total,
      start: this.tally.when(this.tally.start),
      end: this.tally.when(this.tally.end),
      done: this.done,
    };
  }

  /** A packet with fresh decoders that know all keys; addresses have the same numbers in all passes over the capture. */
  newPacket(sink: SipSink, mediaSink: MediaSink, insideSink: InsideSink | null = null): Packet {
    const ring = new Ring(this.known, this.addresses);
    return freshPacket(this.addresses, this.how.ports, sink, mediaSink, ring, insideSink);
  }

  /** All that is known of keys: from the start, and what was learnt. */
  get known(): Known {
    const { known = nothingKnown } = this.how;
    const { pairs, agreements } = this.account.security;
    return this.done ? { ...known, pairs, agreements } : known;
  }

  /**
   * The same captures, to be read from the beginning with other keys known; what was read of them stays readable through
   * both. Rejects with CaptureError where they can be read only once.
   */
  async again(known: Known, signal: AbortSignal): Promise<Session> {
    const source = await this.openAgain(signal);
    return new Session(this.names, this.inputs, { ...this.how, known }, this.programFor, source);
  }

  /** Opens the same captures for a second reading; standard input comes from the copy that was kept. */
  openAgain(signal: AbortSignal): Promise<Inputs> {
    if (this.live !== null) return openKept(this.live.again(), signal);
    return openInputs(this.names, { spool: false, signal, stdin: Readable.from(this.keptInput()) });
  }

  private *keptInput(): Generator<Uint8Array> {
    const index = this.names.indexOf('-');
    if (index === -1) return;
    let bytes = this.inputs.readAt(index * FILE_SPAN, COPY_CHUNK);
    for (let at = bytes.length; bytes.length > 0; at += bytes.length) {
      yield bytes;
      bytes = this.inputs.readAt(index * FILE_SPAN + at, COPY_CHUNK);
    }
  }

  /** Stops reading, and lets go of files and temporary files. */
  async close(): Promise<void> {
    await this.retire();
    await this.inputs.close();
  }

  /** Lets go of all but the captures, which another session goes on with. */
  async retire(): Promise<void> {
    this.stop.abort();
    await this.far?.close();
    await this.running?.catch(() => undefined);
    if (this.running === null && this.source !== this.inputs) await this.source.close();
    this.made.close();
  }
}
