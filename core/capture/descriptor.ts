import { readSync } from 'node:fs';
import type { RawSource } from './reader.ts';
import { fileError } from './system-error.ts';

/** A regular file that somebody else has opened, and keeps open: for another thread, which has nothing else to do than wait for it. */
export class DescriptorSource implements RawSource {
  readonly name: string;
  readonly size: number;
  consumed = 0;

  private readonly fd: number;

  constructor(name: string, fd: number, size: number) {
    this.name = name;
    this.fd = fd;
    this.size = size;
  }

  /** Blocks, whatever its type says. Rejects with CaptureError. */
  read(target: Uint8Array, offset: number, length: number): Promise<number> {
    try {
      const got = readSync(this.fd, target, offset, length, this.consumed);
      this.consumed += got;
      return Promise.resolve(got);
    } catch (error) {
      return Promise.reject(fileError(this.name, error));
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
