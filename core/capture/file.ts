import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { FileBlocks } from './blocks.ts';
import { CaptureError } from './reader.ts';
import type { RandomAccess, RawSource } from './reader.ts';
import { StreamSource } from './stdin.ts';
import { fileError } from './system-error.ts';

/** A regular file, from its beginning to where it ends by then: one that is still being written may grow meanwhile. */
export class FileSource implements RawSource {
  readonly name: string;
  readonly size: number;
  consumed = 0;

  private readonly handle: FileHandle;

  constructor(name: string, handle: FileHandle, size: number) {
    this.name = name;
    this.handle = handle;
    this.size = size;
  }

  /** Of the open file, until `close`. */
  get fd(): number {
    return this.handle.fd;
  }

  async read(target: Uint8Array, offset: number, length: number): Promise<number> {
    try {
      const { bytesRead } = await this.handle.read(target, offset, length, this.consumed);
      this.consumed += bytesRead;
      return bytesRead;
    } catch (error) {
      throw fileError(this.name, error);
    }
  }

  /** What was read so far, by position; usable until `close`. */
  access(): RandomAccess {
    return new FileBlocks(this.name, this.handle.fd, () => this.consumed);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

/**
 * Opens the file `name`. What is no regular file (a named pipe, `/dev/stdin`, a shell's `<(…)`) comes as a stream,
 * which can be read only once. Rejects with a CaptureError of one sentence that names the file.
 */
export async function openFile(name: string): Promise<FileSource | StreamSource> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(name, 'r');
    const stat = await handle.stat();
    if (stat.isDirectory()) throw new CaptureError(`${name}: is a directory`);
    if (stat.isFile()) return new FileSource(name, handle, stat.size);
    const stream = createReadStream(name, { fd: handle, highWaterMark: 256 << 10 });
    return new StreamSource(name, stream);
  } catch (error) {
    await handle?.close();
    throw fileError(name, error);
  }
}
