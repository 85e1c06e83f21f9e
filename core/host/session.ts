import { inflateRawSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { Coverage } from '../analysis/coverage.ts';
import { Analysis } from '../analysis/index.ts';
import { MediaFlows } from '../analysis/media-flows.ts';
import { FILE_SPAN } from '../bytes/position.ts';
import { openInputs, type Inputs } from '../capture/inputs.ts';
import { Addresses } from '../decode/addresses.ts';
import { Associations } from '../decode/esp-associations.ts';
import { Faults } from '../decode/faults.ts';
import { Fragments } from '../decode/fragments.ts';
import { protocols } from '../decode/index.ts';
import { Ledger } from '../decode/ledger.ts';
import { Packet, type MediaSink, type SipSink } from '../decode/packet.ts';
import { Routes } from '../decode/protocol.ts';
import { faultKinds } from '../decode/sip-faults.ts';
import { SipHead } from '../decode/sip-head.ts';
import { SipPort } from '../decode/sip-ports.ts';
import type { Progress } from '../contract/api.ts';
import { drive, Tally } from './drive.ts';
import { LookBack } from './look-back.ts';
import { MadeBytes } from './made-bytes.ts';

/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 100;

/** Bytes read at a time from the copy of standard input. */
const COPY_CHUNK = 1 << 20;

/** What a session tells while it reads. */
export interface SessionEvents {
  readonly progress: (progress: Progress) => void;
  readonly warning: (text: string) => void;
}

/** One open capture: what was read of it, as tables, and its bytes to look at again. */
export class Session {
  readonly inputs: Inputs;
  readonly addresses = new Addresses();
  readonly ledger = new Ledger();
  readonly faults = new Faults();
  readonly associations = new Associations();
  readonly flows = new MediaFlows();
  readonly analysis: Analysis;
  readonly lookBack: LookBack;
  readonly ports: readonly number[];
  /** Sentences about the input, in the order in which they were found. */
  readonly warnings: string[] = [];

  readonly tally = new Tally();
  done = false;

  private readonly names: readonly string[];
  private readonly made = new MadeBytes();
  private readonly stop = new AbortController();
  private running: Promise<void> | null = null;

  /** @param names as they were given to `openInputs`. */
  constructor(names: readonly string[], inputs: Inputs, ports: readonly number[]) {
    this.names = names;
    this.inputs = inputs;
    this.ports = ports;
    this.analysis = new Analysis((bytes) => this.made.keep(bytes));
    this.lookBack = new LookBack(this.analysis.messages, inputs, this.made);
    if (inputs.inputs.length > 1) this.analysis.coverage = this.tally.coverage = new Coverage(inputs.inputs.length);
  }

  /** Reads the whole capture; called once. Rejects with CaptureError when an input fails. */
  run(events: SessionEvents): Promise<void> {
    this.running ??= this.read(events);
    return this.running;
  }

  private async read(events: SessionEvents): Promise<void> {
    const { analysis } = this;
    const head = new SipHead();
    const packet = this.newPacket(
      {
        sip: (carrier, at, end, transport) => {
          head.scan(carrier.bytes, at, end);
          if (head.faults !== 0) noteFaults(this.faults, head.faults, carrier.frame);
          analysis.add(carrier, head, at, end, transport);
        },
      },
      this.flows,
      this.ledger,
      this.faults,
      this.associations,
    );
    let reported = 0;
    const betweenChunks = (): void => {
      const now = performance.now();
      if (now - reported < REPORT_EVERY) return;
      reported = now;
      events.progress(this.progress());
    };
    try {
      await drive(this.inputs, packet, { tally: this.tally, signal: this.stop.signal, betweenChunks });
    } finally {
      this.done = true;
    }
    analysis.finish(Number.isNaN(this.tally.end) ? 0 : this.tally.end);
    for (const text of [...this.inputs.warnings, ...this.limits()]) {
      this.warnings.push(text);
      events.warning(text);
    }
    events.progress(this.progress());
  }

  /** A sentence for each limit that was reached and has no line in the ledger. */
  private limits(): string[] {
    const { unnumbered } = this.addresses;
    const { unplaced } = this.flows;
    return [
      ...(unnumbered === 0
        ? []
        : [`an IPv6 address beyond the first 2 million was met ${unnumbered} times; it is shown as ?`]),
      ...(unplaced === 0
        ? []
        : [`${unplaced} packets of media are of flows beyond the first 2 million, and not counted as flows`]),
    ];
  }

  progress(): Progress {
    const { read, total } = this.inputs.progress;
    return {
      packets: this.tally.packets,
      messages: this.analysis.messages.count,
      calls: this.analysis.calls.count,
      bytesRead: read,
      bytesTotal: total,
      done: this.done,
    };
  }

  /** A packet with fresh decoders; addresses have the same numbers in all passes over the capture. */
  newPacket(
    sink: SipSink,
    mediaSink: MediaSink,
    ledger = new Ledger(),
    faults = new Faults(),
    associations = new Associations(),
  ): Packet {
    const packet = new Packet({
      routes: new Routes(protocols),
      addresses: this.addresses,
      ledger,
      faults,
      fragments: new Fragments(),
      associations,
      sink,
      mediaSink,
      inflateRaw,
    });
    for (const port of this.ports) packet.sipPorts[port] = SipPort.Forced;
    return packet;
  }

  /** Opens the same captures for a second reading; standard input comes from the copy that was kept. */
  openAgain(signal: AbortSignal): Promise<Inputs> {
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
    this.stop.abort();
    await this.running?.catch(() => undefined);
    await this.inputs.close();
    this.made.close();
  }
}

function noteFaults(faults: Faults, bits: number, frame: number): void {
  for (const kind of faultKinds(bits)) faults.note(kind, frame);
}

/** RFC 7692: raw deflate with what was sent before as dictionary; null where it is not deflate or grows beyond `limit`. */
function inflateRaw(bytes: Uint8Array, dictionary: Uint8Array | null, limit: number): Uint8Array | null {
  try {
    return inflateRawSync(bytes, { maxOutputLength: limit, ...(dictionary === null ? {} : { dictionary }) });
  } catch {
    return null;
  }
}
