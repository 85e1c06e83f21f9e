import { setImmediate } from 'node:timers/promises';
import type { Compression, Decoder } from './decoder.ts';
import { DamagedDataError } from './decoder.ts';
import { ZstdError } from './zstd/bits.ts';
import { ZstdDecoder } from './zstd/decoder.ts';

/**
 * Zstandard through our own decoder. Node's (from 22.15 on) stops after the first frame, gives nothing behind a
 * skippable one and takes a file that was cut for a whole one, so it is not used where it is there.
 */
export const zstd: Compression = {
  name: 'zstd',
  magicLength: 4,
  recognises: (first) =>
    first.length >= 4 &&
    ((first[0] === 0x28 && first[1] === 0xb5) || ((first[0] as number) >> 4 === 5 && first[1] === 0x2a)) &&
    ((first[2] === 0x2f && first[3] === 0xfd) || (first[2] === 0x4d && first[3] === 0x18)),
  exact: true,
  open: () => new Zstd(),
};

class Zstd implements Decoder {
  private readonly decoder = new ZstdDecoder();
  private ended = false;

  write(piece: Uint8Array): void {
    this.decoder.write(piece);
  }

  end(): void {
    this.ended = true;
  }

  async read(): Promise<Uint8Array | null> {
    // It runs in this thread: between two blocks, others have their turn.
    await setImmediate();
    try {
      const bytes = this.decoder.read();
      if (bytes !== null || !this.ended || this.decoder.complete) return bytes;
    } catch (error) {
      if (!(error instanceof ZstdError)) throw error;
      throw new DamagedDataError('bad-data', `the zstd data are damaged: ${error.message}`);
    }
    throw new DamagedDataError('cut-short', 'the zstd data end too early');
  }

  close(): void {
    // Nothing is held but memory.
  }
}
