import { setTimeout as pause } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { FileRing } from './file-ring.ts';
import { removeFiles } from './left-behind.ts';
import { liveFiles } from './live-folder.ts';
import { Recorder } from './recorder.ts';
import type { Recording } from './recording.ts';

const FILE_BYTES = 100_000_000;
const FILES = 20;
/** Milliseconds between two looks whether the stream has begun. */
const LOOK = 10;

/**
 * A stream on standard input that may go on for days: recorded as a live capture is, so that disk and index stay bounded,
 * while somebody else captures.
 */
export class InputRecording implements Recording {
  readonly ring: FileRing;
  readonly recorder: Recorder;
  readonly carriedPath: string;
  /** Until the stream is over; rejects with a CaptureError where it is no capture, or the disk does not take it. */
  readonly ended: Promise<void>;
  private readonly stream: Readable;

  private constructor(ring: FileRing, recorder: Recorder, carriedPath: string, stream: Readable) {
    this.ring = ring;
    this.recorder = recorder;
    this.carriedPath = carriedPath;
    this.stream = stream;
    this.ended = recorder.record(stream);
    // Whoever waits for the end hears of it.
    this.ended.catch(() => undefined);
  }

  /** Resolves when the stream has begun. Rejects with a CaptureError where it is none, and leaves nothing behind. */
  static async start(stream: Readable, folder?: string): Promise<InputRecording> {
    const place = await liveFiles(folder);
    const ring = new FileRing(FILES, place.pathOf);
    const recorder = new Recorder('-', ring, FILE_BYTES);
    await recorder.begin();
    const recording = new InputRecording(ring, recorder, place.carriedPath, stream);
    const over = recording.ended.then(() => true);
    try {
      // What ends at once has begun as well.
      while (!recorder.begun && !(await Promise.race([over, pause(LOOK, false)])));
      return recording;
    } catch (error) {
      await recording.remove();
      throw error;
    }
  }

  async remove(): Promise<void> {
    this.stream.destroy();
    await this.ended.catch(() => undefined);
    await this.ring.close();
    await removeFiles(this.ring.paths);
  }
}
