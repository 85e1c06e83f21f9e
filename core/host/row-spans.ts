import { Flag, type Messages } from '../analysis/messages.ts';
import type { LookBack } from './look-back.ts';

/** Bytes of the capture that are looked at in one piece, from a multiple of it on: as many as the reader of files keeps. */
const BLOCK = 64 << 10;

/**
 * Bytes of message after message, for questions that go through all of them: where messages lie one behind the other, a
 * piece of the capture is taken at a time and no view is made for each message, which costs more than to look at it.
 */
export class RowSpans {
  /** The message looked at last is `bytes[from, to)`. Until the next one, and not to be kept. */
  bytes: Uint8Array = new Uint8Array(0);
  from = 0;
  to = 0;

  private readonly messages: Messages;
  private readonly lookBack: LookBack;
  private block: Uint8Array = this.bytes;
  private blockAt = -1;
  /** Where the block begins in which the message before was. */
  private before = -1;

  constructor(messages: Messages, lookBack: LookBack) {
    this.messages = messages;
    this.lookBack = lookBack;
  }

  /** Looks at the message in `row`. */
  look(row: number): void {
    const { messages } = this;
    const position = messages.position.get(row);
    const offset = position % BLOCK;
    const at = position - offset;
    const end = offset + messages.length.get(row);
    if ((messages.flags.get(row) & Flag.Pieces) === 0 && end <= BLOCK) {
      // Taken when a second message lies in it: where messages are looked at here and there, one block for each would be much.
      if (at !== this.blockAt && at === this.before) {
        this.block = this.lookBack.capture.readAt(at, BLOCK);
        this.blockAt = at;
      }
      this.before = at;
      if (at === this.blockAt && end <= this.block.length) {
        this.bytes = this.block;
        this.from = offset;
        this.to = end;
        return;
      }
    }
    this.bytes = this.lookBack.bytesOf(row);
    this.from = 0;
    this.to = this.bytes.length;
  }
}
