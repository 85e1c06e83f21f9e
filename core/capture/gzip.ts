import { createGunzip } from 'node:zlib';
import type { Gunzip } from 'node:zlib';
import type { Compression, Decoder } from './decoder.ts';
import { DamagedDataError } from './decoder.ts';
import { codeOf } from './system-error.ts';

/** gzip (RFC 1952), any number of members one after the other, through Node's zlib in another thread. */
export const gzip: Compression = {
  name: 'gzip',
  magicLength: 3,
  // The third byte is the method; there is one only.
  recognises: (first) => first[0] === 0x1f && first[1] === 0x8b && first[2] === 8,
  exact: false,
  open: () => new GzipDecoder(),
};

const OUTPUT = 128 << 10;

class GzipDecoder implements Decoder {
  private readonly stream: Gunzip;
  private busy = false;
  private over = false;
  private failure: Error | null = null;
  private wake: () => void = () => undefined;

  constructor() {
    this.stream = createGunzip({ chunkSize: OUTPUT });
    this.stream.on('readable', () => this.wake());
    this.stream.on('error', (error) => {
      this.failure = error;
      this.wake();
    });
    for (const event of ['end', 'close']) {
      this.stream.on(event, () => {
        this.over = true;
        this.wake();
      });
    }
  }

  write(piece: Uint8Array): void {
    this.busy = true;
    this.stream.write(piece, () => {
      this.busy = false;
      this.wake();
    });
  }

  end(): void {
    this.busy = true;
    this.stream.end();
  }

  async read(): Promise<Uint8Array | null> {
    for (;;) {
      if (this.failure !== null) throw damaged(this.failure);
      const chunk: unknown = this.stream.read();
      if (chunk instanceof Uint8Array) return chunk;
      if (this.over || !this.busy) return null;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  close(): void {
    this.stream.destroy();
  }
}

function damaged(error: Error): DamagedDataError {
  const code = codeOf(error);
  if (code === 'Z_BUF_ERROR') return new DamagedDataError('cut-short', 'the gzip data end too early');
  return new DamagedDataError('bad-data', `the gzip data are damaged: ${error.message}`);
}
