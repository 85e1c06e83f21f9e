import { Flag, type Messages } from '../../analysis/messages.ts';
import { FILE_SPAN } from '../../bytes/position.ts';
import type { LookBack } from '../reading/look-back.ts';

/** Bytes of the capture that are read in one piece. */
const BLOCK = 128 << 10;
/** Messages of an input this near to each other are read in one piece; others one by one. */
const NEAR = 64 << 10;
/** Inputs of which a piece is held; further ones share places with these. */
const BLOCKS = 8;

/** Bytes that `RowSpans` has room for its pieces in. */
export const SPANS_ROOM = BLOCKS * BLOCK;

/** A piece of the capture. */
export interface Block {
  /** Its place in the room; `bytes[0, filled)` is what was read. */
  readonly bytes: Uint8Array;
  filled: number;
  /** Another number each time another piece is read into it. */
  reads: number;
  /** Position of its first byte. */
  at: number;
  /** Where the message looked at before ended. */
  before: number;
}

/**
 * Bytes of message after message, for questions that go through all of them: where messages lie one behind the other, a
 * piece of the capture is read at a time, always into the same place, and no view is made for each message. Making room
 * and views costs more than to look at the messages.
 */
export class RowSpans {
  /** The message looked at last is `bytes[from, to)`. Until the next one, and not to be kept. */
  bytes: Uint8Array = new Uint8Array(0);
  from = 0;
  to = 0;
  /** The piece that `bytes` are; null where the message was read by itself. */
  block: Block | null = null;

  private readonly messages: Messages;
  private readonly lookBack: LookBack;
  private readonly room: Uint8Array;
  private readonly blocks: (Block | undefined)[] = [];

  /** @param room SPANS_ROOM bytes for the pieces */
  constructor(messages: Messages, lookBack: LookBack, room: Uint8Array = new Uint8Array(SPANS_ROOM)) {
    this.messages = messages;
    this.lookBack = lookBack;
    this.room = room;
  }

  /** Looks at the message in `row`. */
  look(row: number): void {
    const { messages } = this;
    const position = messages.position.get(row);
    const length = messages.length.get(row);
    if ((messages.flags.get(row) & Flag.Pieces) === 0 && length <= BLOCK) {
      const block = this.blockOf(position);
      const { before } = block;
      block.before = position + length;
      // Read when a second message comes behind: where messages are looked at here and there, a piece for each would be much.
      const inside = position >= block.at && position + length <= block.at + block.filled;
      if (inside || (position >= before && position - before <= NEAR && this.read(block, position, length))) {
        this.block = block;
        this.bytes = block.bytes;
        this.from = position - block.at;
        this.to = this.from + length;
        return;
      }
    }
    this.block = null;
    this.bytes = this.lookBack.bytesOf(row);
    this.from = 0;
    this.to = this.bytes.length;
  }

  private blockOf(position: number): Block {
    const place = Math.floor(position / FILE_SPAN) % BLOCKS;
    const found = this.blocks[place];
    if (found !== undefined) return found;
    const bytes = this.room.subarray(place * BLOCK, (place + 1) * BLOCK);
    const block: Block = { bytes, filled: 0, reads: 0, at: 0, before: -1 };
    this.blocks[place] = block;
    return block;
  }

  /** Reads the piece that begins at a position; false where that is shorter than the message. */
  private read(block: Block, position: number, length: number): boolean {
    block.reads += 1;
    block.filled = 0;
    block.at = position;
    block.filled = this.lookBack.capture.readInto(position, block.bytes);
    return block.filled >= length;
  }
}
