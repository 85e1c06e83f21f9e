import { readSync } from 'node:fs';
import { CaptureError } from './reader.ts';
import type { RandomAccess } from './reader.ts';
import { fileError } from './system-error.ts';

/** Small enough that one message somewhere in a large file is cheap, large enough that messages in order are. */
const BLOCK = 64 << 10;

/** Messages that follow each other in a capture of signalling are no farther apart. */
const NEAR = 8 << 10;
/** Places of the last readings that are remembered: what is near one of them is read as a block, what lies alone by itself. */
const PLACES = 8;

/** Blocks kept: a call's first message and its BYE lie apart, and calls follow each other in both places. */
const KEPT = 4;

interface Block {
  readonly bytes: Uint8Array;
  readonly at: number;
  /** Bytes of it that the file had. */
  readonly filled: number;
}

/**
 * Reads an open file by position. The aligned blocks last read are kept, so that messages looked at in the file's order
 * cost next to nothing.
 */
export class FileBlocks implements RandomAccess {
  private readonly name: string;
  private readonly fd: number;
  private readonly length: () => number;
  private latest: Block = { bytes: new Uint8Array(0), at: -1, filled: 0 };
  /** The ones before, the latest of them first. */
  private readonly before: Block[] = [];
  /** Where was read of late, in a ring. */
  private readonly places = new Float64Array(PLACES).fill(-Infinity);
  private place = 0;

  /** `length`: how many bytes of the file were read already, and so have to be there still. */
  constructor(name: string, fd: number, length: () => number) {
    this.name = name;
    this.fd = fd;
    this.length = length;
  }

  /**
   * What is returned never changes; as it may hold on to a whole block, who keeps many keeps copies. Fewer than
   * `length` bytes only at the end of the file. Throws CaptureError where the file became shorter.
   */
  readAt(position: number, length: number): Uint8Array {
    const offset = position % BLOCK;
    const { bytes, at, filled } = this.latest;
    if (position - offset === at && offset + length <= filled) return bytes.subarray(offset, offset + length);
    return this.readOver(position, length);
  }

  /** Past the blocks: making them costs more than reading does. */
  readInto(position: number, target: Uint8Array): number {
    const wanted = Math.max(0, Math.min(target.length, this.length() - position));
    const filled = this.readFully(target, wanted, position);
    if (filled < wanted) throw this.shorter();
    return filled;
  }

  /** Reads what is not, or not all, in the latest block. */
  private readOver(position: number, length: number): Uint8Array {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.length() - position)));
    if (this.isAlone(position)) return this.readAlone(position, bytes);
    let done = 0;
    while (done < bytes.length) {
      const offset = (position + done) % BLOCK;
      const wanted = Math.min(bytes.length - done, BLOCK - offset);
      const block = this.blockWith(position + done - offset, offset + wanted);
      bytes.set(block.bytes.subarray(offset, offset + wanted), done);
      done += wanted;
    }
    return bytes;
  }

  /** Whether nothing near a position was read of late; from now on it was. */
  private isAlone(position: number): boolean {
    const isNear = this.places.some((place) => Math.abs(place - position) < NEAR);
    this.place = (this.place + 1) % PLACES;
    this.places[this.place] = position;
    return !isNear;
  }

  /** In a capture of media messages lie far apart, and a block for each would be read in vain. */
  private readAlone(position: number, bytes: Uint8Array): Uint8Array {
    if (this.readFully(bytes, bytes.length, position) < bytes.length) {
      throw this.shorter();
    }
    return bytes;
  }

  /** The block at a position, with `needed` bytes of it at the least. Becomes the latest. */
  private blockWith(at: number, needed: number): Block {
    if (this.latest.at === at && this.latest.filled >= needed) return this.latest;
    const kept = this.before.find((block) => block.at === at && block.filled >= needed);
    const block = kept ?? this.load(at);
    if (block.filled < needed) throw this.shorter();
    const others = [this.latest, ...this.before].filter((other) => other !== block && other.at !== at);
    this.before.splice(0, KEPT, ...others.slice(0, KEPT - 1));
    this.latest = block;
    return block;
  }

  /** A new block each time: views of those before may still be in use. Nobody sees more of it than is filled, so it need not be cleared. */
  private load(at: number): Block {
    const bytes = new Uint8Array(Buffer.allocUnsafeSlow(BLOCK).buffer);
    return { bytes, at, filled: this.readFully(bytes, BLOCK, at) };
  }

  /** Reads `length` bytes from `at` on, fewer at the end of the file; returns how many. */
  private readFully(bytes: Uint8Array, length: number, at: number): number {
    let filled = 0;
    try {
      for (let got = -1; got !== 0 && filled < length; filled += got) {
        got = readSync(this.fd, bytes, filled, length - filled, at + filled);
      }
    } catch (error) {
      throw fileError(this.name, error);
    }
    return filled;
  }

  private shorter(): CaptureError {
    return new CaptureError(`${this.name}: became shorter while it was being looked at`);
  }
}
