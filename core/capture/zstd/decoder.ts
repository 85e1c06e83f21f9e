import { BlockDecoder, MAX_BLOCK } from './block.ts';
import { highBit, ZstdError } from './bits.ts';
import { Xxh64 } from './xxh64.ts';

/**
 * Zstandard (RFC 8878): any number of frames, skippable ones
 * between them, piece by piece. Every length is checked before it is used and no block costs more than its 128 KiB of
 * output, so that hostile data can neither stall nor fill the memory. Dictionaries are not known.
 */

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
/** Windows that are held; what `zstd` itself takes without being asked. */
const MAX_WINDOW = 128 << 20;
/** Output kept beyond the window before it is moved to the front. */
const MAX_SLACK = 16 << 20;
/** Magic, descriptor, window, dictionary, content size. */
const MAX_HEADER = 18;

type Expecting = 'frame' | 'block' | 'checksum';

export class ZstdDecoder {
  private readonly blocks = new BlockDecoder();
  private expecting: Expecting = 'frame';
  private skip = 0;

  private input: Uint8Array = new Uint8Array(0);
  private inputAt = 0;

  private window = 0;
  private checksum = false;
  private readonly hash = new Xxh64();
  private out = new Uint8Array(MAX_BLOCK);
  private outAt = 0;
  /** Where in `out` the last block began. */
  private blockAt = 0;

  /** Takes a copy of a piece of input. To be called when `read` gave null, so that less than a block is waiting. */
  write(piece: Uint8Array): void {
    const left = this.input.length - this.inputAt;
    const joined = new Uint8Array(left + piece.length);
    joined.set(this.input.subarray(this.inputAt));
    joined.set(piece, left);
    this.input = joined;
    this.inputAt = 0;
  }

  /** Whether the input so far is a number of whole frames. */
  get complete(): boolean {
    return this.expecting === 'frame' && this.skip === 0 && this.inputAt === this.input.length;
  }

  /** The next bytes, valid until the next call; null where more input is needed. Throws ZstdError. */
  read(): Uint8Array | null {
    for (;;) {
      const left = this.input.length - this.inputAt;
      if (this.skip > 0) {
        const step = Math.min(left, this.skip);
        this.inputAt += step;
        this.skip -= step;
        if (this.skip > 0) return null;
      } else if (this.expecting === 'frame') {
        if (!this.frameHeader(left)) return null;
      } else if (this.expecting === 'checksum') {
        if (left < 4) return null;
        this.checkSum();
        this.expecting = 'frame';
      } else {
        if (!this.block(left)) return null;
        if (this.outAt > this.blockAt) {
          const bytes = this.out.subarray(this.blockAt, this.outAt);
          if (this.checksum) this.hash.update(bytes);
          return bytes;
        }
      }
    }
  }

  /** Reads a frame header (3.1.1.1) or that of a skippable frame (3.1.2); false where it is not there yet. */
  private frameHeader(left: number): boolean {
    if (left < 5) return false;
    const view = new DataView(this.input.buffer, this.input.byteOffset + this.inputAt, Math.min(left, MAX_HEADER));
    const magic = view.getUint32(0, true);
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      if (left < 8) return false;
      this.skip = view.getUint32(4, true);
      this.inputAt += 8;
      return true;
    }
    if (magic !== MAGIC) throw new ZstdError('there is no frame where one should begin');
    const descriptor = view.getUint8(4);
    const single = (descriptor & 0x20) !== 0;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
    const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
    const length = 5 + (single ? 0 : 1) + dictionaryBytes + sizeBytes;
    if (left < length) return false;
    if ((descriptor & 8) !== 0) throw new ZstdError('a frame is of a kind nobody has described yet');
    const at = length - sizeBytes;
    for (let i = at - dictionaryBytes; i < at; i++) {
      if (view.getUint8(i) !== 0) throw new ZstdError('a frame needs a dictionary');
    }
    let window: number;
    if (!single) {
      const byte = view.getUint8(5);
      window = 2 ** (10 + (byte >> 3)) * (1 + (byte & 7) / 8);
    } else if (sizeBytes === 1) window = view.getUint8(at);
    else if (sizeBytes === 2) window = view.getUint16(at, true) + 256;
    else window = view.getUint32(at, true) + (sizeBytes === 8 ? view.getUint32(at + 4, true) * 2 ** 32 : 0);
    if (window > MAX_WINDOW) throw new ZstdError('a frame needs a window of more than 128 MiB');
    this.inputAt += length;
    this.window = window;
    this.checksum = (descriptor & 4) !== 0;
    this.outAt = 0;
    this.blocks.reset();
    this.hash.reset();
    this.expecting = 'block';
    return true;
  }

  private checkSum(): void {
    const view = new DataView(this.input.buffer, this.input.byteOffset + this.inputAt, 4);
    if (view.getUint32(0, true) !== this.hash.low32()) throw new ZstdError('the checksum of a frame is wrong');
    this.inputAt += 4;
  }

  /** Decodes one block (3.1.1.2) to the end of `out`; false where it is not there yet. */
  private block(left: number): boolean {
    const { input, inputAt } = this;
    if (left < 3) return false;
    const head =
      (input[inputAt] as number) | ((input[inputAt + 1] as number) << 8) | ((input[inputAt + 2] as number) << 16);
    const kind = (head >> 1) & 3;
    const size = head >> 3;
    if (kind === 3 || size > MAX_BLOCK) throw new ZstdError('a block is of a kind nobody has described yet');
    const from = inputAt + 3;
    const to = from + (kind === 1 ? 1 : size);
    if (to > input.length) return false;
    this.makeRoom();
    const { out, outAt } = this;
    this.blockAt = outAt;
    if (kind === 0) {
      out.set(input.subarray(from, to), outAt);
      this.outAt = outAt + size;
    } else if (kind === 1) {
      this.outAt = outAt + size;
      out.fill(input[from] as number, outAt, this.outAt);
    } else {
      this.outAt = this.blocks.decode(input.subarray(from, to), out, outAt, Math.max(0, outAt - this.window));
    }
    this.inputAt = to;
    if ((head & 1) !== 0) this.expecting = this.checksum ? 'checksum' : 'frame';
    return true;
  }

  /** Sees to room for a block: `out` doubles until it holds the window and some slack, then the window moves to the front. */
  private makeRoom(): void {
    if (this.out.length - this.outAt >= MAX_BLOCK) return;
    const full = this.window + Math.max(MAX_BLOCK, Math.min(this.window, MAX_SLACK)) + MAX_BLOCK;
    if (this.outAt >= this.window + MAX_BLOCK) {
      this.out.copyWithin(0, this.outAt - this.window, this.outAt);
      this.outAt = this.window;
    }
    if (this.out.length - this.outAt >= MAX_BLOCK || this.out.length >= full) return;
    const larger = new Uint8Array(
      Math.max(this.outAt + MAX_BLOCK, Math.min(full, 2 ** (highBit(this.out.length) + 1))),
    );
    larger.set(this.out.subarray(0, this.outAt));
    this.out = larger;
  }
}
