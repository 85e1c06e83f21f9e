import { DamagedDataError } from './decoder.ts';
import type { Compression, Decoder } from './decoder.ts';
import { gzip } from './gzip.ts';
import type { ByteSource, Damage } from './reader.ts';
import { zstd } from './zstd.ts';

/** Every kind of compression that is undone around a capture. A new one is a file and a line here. */
export const compressions: readonly Compression[] = [gzip, zstd];

/** The compression of data that begin with these bytes; null where it is none of the kinds. */
export function detectCompression(first: Uint8Array): Compression | null {
  return compressions.find((compression) => compression.recognises(first)) ?? null;
}

/** Compressed bytes read at once, and handed to the decoder at once; `rescue` is quicker with small pieces. */
const INPUT = 256 << 10;
const PIECE = 32 << 10;

/** The bytes of a compressed source. Damage ends them: all that came before it is given, and `damage` says how it ended. */
export class Decompressed implements ByteSource {
  readonly name: string;
  readonly size = null;
  damage: Damage | null = null;

  private readonly source: ByteSource;
  private readonly compression: Compression;
  private readonly again: (() => Promise<ByteSource>) | null;
  private readonly decoder: Decoder;
  private readonly feed: Feed;
  /** What came out and was not asked for yet. */
  private rest: Uint8Array = new Uint8Array(0);
  private delivered = 0;
  private over = false;

  /** `again` opens the compressed source once more from its beginning, where that can be done: see `rescue`. */
  constructor(source: ByteSource, compression: Compression, again: (() => Promise<ByteSource>) | null) {
    this.name = source.name;
    this.source = source;
    this.compression = compression;
    this.again = again;
    this.decoder = compression.open();
    this.feed = new Feed(source);
  }

  async read(target: Uint8Array, offset: number, length: number): Promise<number> {
    while (this.rest.length === 0) {
      if (this.over) return 0;
      const bytes = await this.next();
      if (bytes !== null) this.rest = bytes;
    }
    const got = Math.min(length, this.rest.length);
    target.set(this.rest.subarray(0, got), offset);
    this.rest = this.rest.subarray(got);
    this.delivered += got;
    return got;
  }

  /** What comes out next; null where a piece of input gave nothing, or at the end. */
  private async next(): Promise<Uint8Array | null> {
    try {
      const bytes = await this.decoder.read();
      if (bytes === null) {
        if (this.feed.over) this.over = true;
        else await this.feed.next(this.decoder, PIECE);
      }
      return bytes;
    } catch (error) {
      if (!(error instanceof DamagedDataError)) throw error;
      this.damage = error.damage;
      this.over = true;
      // At a cut, everything came out before the end was told.
      if (this.again === null || this.compression.exact || error.damage.code === 'cut-short') return null;
      return this.rescue(this.again);
    }
  }

  /**
   * A decoder that meets damage keeps to itself what it made of the same piece before. To have that too, everything is
   * decompressed once more, the last piece byte by byte; only what was not delivered yet is kept, and that is little.
   */
  private async rescue(again: () => Promise<ByteSource>): Promise<Uint8Array | null> {
    const source = await again();
    const decoder = this.compression.open();
    const feed = new Feed(source);
    const found: Uint8Array[] = [];
    let skip = this.delivered;
    try {
      while (!feed.over) {
        await feed.next(decoder, Math.max(1, Math.min(PIECE, this.feed.pieceAt - feed.given)));
        for (let bytes = await decoder.read(); bytes !== null; bytes = await decoder.read()) {
          const known = Math.min(skip, bytes.length);
          skip -= known;
          if (known < bytes.length) found.push(bytes.slice(known));
        }
      }
    } catch (error) {
      if (!(error instanceof DamagedDataError)) throw error;
    } finally {
      decoder.close();
      await source.close();
    }
    return found.length === 0 ? null : Buffer.concat(found);
  }

  async close(): Promise<void> {
    this.over = true;
    this.decoder.close();
    await this.source.close();
  }
}

/** Compressed bytes on their way into a decoder, in pieces. */
class Feed {
  over = false;
  /** Bytes handed over so far, and how many of them before the last piece. */
  given = 0;
  pieceAt = 0;

  private readonly source: ByteSource;
  private readonly buffer = new Uint8Array(INPUT);
  private at = 0;
  private end = 0;

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** Hands over the next piece of at most `length` bytes, or the end. */
  async next(decoder: Decoder, length: number): Promise<void> {
    if (this.at === this.end) {
      this.at = 0;
      this.end = await this.source.read(this.buffer, 0, INPUT);
      this.over = this.end === 0;
    }
    if (this.over) {
      decoder.end();
      return;
    }
    const piece = this.buffer.subarray(this.at, Math.min(this.end, this.at + length));
    decoder.write(piece);
    this.at += piece.length;
    this.pieceAt = this.given;
    this.given += piece.length;
  }
}
