import { Flag, type Messages } from '../../analysis/messages.ts';
import type { MadeBytes } from './made-bytes.ts';

/** Bytes of the capture by position (see Extents). */
export interface CaptureBytes {
  readAt(position: number, length: number): Uint8Array;
  /** Fills `target` from a position on; returns how many bytes there were. */
  readInto(position: number, target: Uint8Array): number;
}

/** Reads messages again, from where their bytes lie. The views it returns hold only until the next call. */
export class LookBack {
  /** All of what was read; for a message use `bytesOf`. */
  readonly capture: CaptureBytes;
  private readonly messages: Messages;
  private readonly made: MadeBytes;

  constructor(messages: Messages, capture: CaptureBytes, made: MadeBytes) {
    this.messages = messages;
    this.capture = capture;
    this.made = made;
  }

  /** The bytes of the message in `row`; fewer than it had where the input has changed since (a file that was rewritten). */
  bytesOf(row: number): Uint8Array {
    const { messages } = this;
    const length = messages.length.get(row);
    const position = messages.position.get(row);
    if ((messages.flags.get(row) & Flag.Pieces) === 0) return this.capture.readAt(position, length);
    const pieces = messages.extents.get(position);
    if (pieces === null) return new Uint8Array(0);
    if (pieces.kept >= 0) return this.made.read(pieces.kept, length);
    const bytes = new Uint8Array(length);
    for (const [i, start] of pieces.starts.entries()) {
      bytes.set(this.capture.readAt(pieces.positions[i] as number, pieces.lengths[i] as number), start);
    }
    return bytes;
  }
}
