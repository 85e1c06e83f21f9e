import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { END, PACKET, warningsOf } from '../capture/input.ts';
import { openInputs, type Inputs } from '../capture/inputs.ts';
import { PcapngWriter } from '../export/pcapng.ts';
import type { FileRing } from './file-ring.ts';
import { LiveReader, type Beginning } from './live-reader.ts';

/** Bytes that wait in memory before they are written, where packets come without a pause. */
const PIECE = 1 << 20;
/** Milliseconds that small pieces are gathered for, and bytes that are none. */
const TOGETHER = 20;
const SMALL = 64 << 10;
/** Milliseconds between two looks whether a slow session has read on. */
const WAIT = 20;

/**
 * Packets as a helper sends them, on disk first, and from there to whoever reads. A session that is slower than the
 * network reads what is on disk; memory does not grow.
 */
export class Recorder {
  packets = 0;
  /** The stream has begun: whoever captures has opened what it captures from. */
  begun = false;
  /** What is to be known of the stream, once it is over: that it was cut off, for example. */
  warnings: readonly string[] = [];
  /** It was the disk that failed, not what came. */
  trouble = false;

  readonly name: string;
  private readonly ring: FileRing;
  private readonly fileBytes: number;
  private readonly readers = new Set<LiveReader>();
  private writer = new PcapngWriter();
  private over = false;
  private flushedAt = 0;
  /** Packets that are on disk for certain. */
  private kept = 0;

  /** `fileBytes`: a file that holds so many is ended. */
  constructor(name: string, ring: FileRing, fileBytes: number) {
    this.name = name;
    this.ring = ring;
    this.fileBytes = fileBytes;
  }

  /** Somebody who reads along, and looks back: files wait for them, and with them, where that takes long, the recording. */
  reader(begins: Beginning): LiveReader {
    const reader = new LiveReader(this.name, this.ring, begins);
    if (this.over) reader.finish();
    this.readers.add(reader);
    this.look();
    return reader;
  }

  /** Somebody reads no further. */
  left(reader: LiveReader): void {
    this.readers.delete(reader);
    reader.finish();
    this.look();
  }

  /** Makes the first file, with nothing but its header. Rejects with a CaptureError where the disk does not take it. */
  begin(): Promise<void> {
    return this.flush();
  }

  /**
   * Records until the stream ends. Rejects with a CaptureError where the disk does not take it, or where what comes is
   * no capture. What was written before stays, and those who read come to their end.
   */
  async record(stream: Readable): Promise<void> {
    let inputs: Inputs | null = null;
    let whole = false;
    try {
      inputs = await openInputs(['-'], { spool: false, stdin: stream });
      this.begun = true;
      await this.copy(inputs);
      whole = true;
    } finally {
      this.warnings = inputs === null ? [] : warningsOf(inputs.inputs);
      await inputs?.close();
      // A disk that took nothing a moment ago is not asked again, and no file is made for what never was a capture.
      if (!this.trouble && (whole || this.packets > 0)) await this.flush();
      await this.ring.endFile().catch(() => undefined);
      this.over = true;
      for (const reader of this.readers) reader.finish();
    }
  }

  private async copy({ merged }: Inputs): Promise<void> {
    for (;;) {
      const step = merged.step();
      if (step === END) return;
      if (step === PACKET) {
        this.add(merged);
        if (this.writer.waiting >= PIECE) await this.flush();
      } else {
        await this.gathered();
        await this.flush();
        await merged.refill();
      }
    }
  }

  /** Lets small pieces become one: each that is written costs as much as hundreds of packets. The first after a rest goes at once. */
  private async gathered(): Promise<void> {
    const { waiting } = this.writer;
    const wait = this.flushedAt + TOGETHER - performance.now();
    if (waiting > 0 && waiting < SMALL && wait > 0) await pause(wait);
  }

  private add({ current: { reader, window } }: Inputs['merged']): void {
    this.packets += 1;
    this.writer.add({
      seconds: reader.seconds,
      nanoseconds: reader.nanoseconds,
      decimals: reader.decimals,
      linkType: reader.linkType,
      bytes: window.bytes.subarray(reader.dataAt, reader.dataAt + reader.captured),
      original: reader.original,
    });
  }

  private async flush(): Promise<void> {
    const bytes = this.writer.take();
    if (bytes.length > 0) {
      try {
        await this.ring.append(bytes);
      } catch (error) {
        this.trouble = true;
        this.packets = this.kept;
        throw error;
      }
      this.kept = this.packets;
      this.flushedAt = performance.now();
      for (const reader of this.readers) reader.news();
    }
    if (this.ring.current < this.fileBytes) return;
    await this.ring.endFile();
    this.writer = new PcapngWriter();
    // While we wait the helper's packets wait too, and at last the kernel drops some, which is counted.
    for (this.look(); this.ring.behind; this.look()) {
      await this.ring.trim();
      await pause(WAIT);
    }
  }

  /** What an index was made of stays as long as it is one: messages are looked at again. */
  private look(): void {
    let needed = Number.POSITIVE_INFINITY;
    for (const { from } of this.readers) needed = Math.min(needed, from);
    this.ring.needed = needed;
  }
}
