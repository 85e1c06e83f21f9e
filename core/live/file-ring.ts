import { closeSync, openSync } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { FileBlocks } from '../capture/blocks.ts';
import { CaptureError, type RandomAccess } from '../capture/reader.ts';
import { systemWords } from '../capture/system-error.ts';

/** Files whose bytes can be looked at without opening them anew. */
const OPEN_FILES = 8;

/** Files beyond the limit that a slow reader may cost. */
const BEHIND = 4;

interface RingFile {
  readonly path: string;
  /** Of its first byte, in all that was ever written. */
  readonly at: number;
  bytes: number;
}

interface Looked {
  readonly file: RingFile;
  readonly fd: number;
  readonly blocks: FileBlocks;
}

/**
 * What a live capture wrote: one file after the other, and of these the last ones. A position counts the bytes of all
 * files that ever were, so that it stays true when the oldest file goes.
 */
export class FileRing implements RandomAccess {
  /** Bytes written so far, gone ones included. */
  written = 0;
  /** Files that end after this position are still needed, and kept beyond the limit. */
  needed = Number.POSITIVE_INFINITY;

  private readonly limit: number;
  private readonly pathOf: (number: number) => string;
  private readonly files: RingFile[] = [];
  private readonly looked: Looked[] = [];
  private handle: FileHandle | null = null;
  private count = 0;

  /** `limit`: files kept, at least 1. `pathOf`: the name of each, by its number from 1; a file of that name is replaced. */
  constructor(limit: number, pathOf: (number: number) => string) {
    this.limit = limit;
    this.pathOf = pathOf;
  }

  /** Files that are there, the oldest first. */
  get paths(): readonly string[] {
    return this.files.map(({ path }) => path);
  }

  /** Position of the first byte of each file. */
  get starts(): readonly number[] {
    return this.files.map(({ at }) => at);
  }

  /** Position of the first byte that is still there. */
  get keptFrom(): number {
    return this.files[0]?.at ?? this.written;
  }

  /** Bytes of the file that is being written; 0 where the next `append` begins one. */
  get current(): number {
    return this.handle === null ? 0 : (this.files.at(-1)?.bytes ?? 0);
  }

  /** Writes behind what is there. Rejects with a CaptureError where the disk does not take it; what was written before stays. */
  async append(bytes: Uint8Array): Promise<void> {
    try {
      this.handle ??= await this.begin();
      const file = this.files.at(-1) as RingFile;
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.handle.write(bytes, done, bytes.length - done, file.bytes);
        done += bytesWritten;
        file.bytes += bytesWritten;
        this.written += bytesWritten;
      }
    } catch (error) {
      throw new CaptureError(`the capture cannot be written to ${this.pathOf(this.count)}: ${systemWords(error)}`);
    }
  }

  /** The file is full: the next `append` begins another. */
  async endFile(): Promise<void> {
    const { handle } = this;
    this.handle = null;
    await handle?.close();
  }

  private async begin(): Promise<FileHandle> {
    this.count += 1;
    const path = this.pathOf(this.count);
    const handle = await open(path, 'w', 0o600);
    this.files.push({ path, at: this.written, bytes: 0 });
    await this.trim();
    return handle;
  }

  /** Whether more files are there than may be, because they are still needed: whoever writes waits. */
  get behind(): boolean {
    return this.files.length > this.limit + BEHIND;
  }

  /** Deletes what is beyond the limit and not needed. */
  async trim(): Promise<void> {
    for (;;) {
      const [oldest] = this.files;
      if (oldest === undefined || this.files.length <= this.limit || oldest.at + oldest.bytes > this.needed) return;
      await this.drop();
    }
  }

  private async drop(): Promise<void> {
    const oldest = this.files.shift();
    if (oldest === undefined) return;
    const at = this.looked.findIndex(({ file }) => file === oldest);
    if (at !== -1) for (const { fd } of this.looked.splice(at, 1)) closeSync(fd);
    await unlink(oldest.path).catch(() => undefined);
  }

  readAt(position: number, length: number): Uint8Array {
    const file = this.fileAt(position);
    if (file === undefined) {
      if (position >= this.written) return new Uint8Array(0);
      throw gone();
    }
    const here = Math.min(length, file.at + file.bytes - position);
    const first = this.blocksOf(file).readAt(position - file.at, here);
    if (first.length === length || position + first.length >= this.written) return first;
    const all = new Uint8Array(length);
    all.set(first);
    const rest = this.readAt(position + first.length, length - first.length);
    all.set(rest, first.length);
    return all.subarray(0, first.length + rest.length);
  }

  readInto(position: number, target: Uint8Array): number {
    let done = 0;
    while (done < target.length) {
      const file = this.fileAt(position + done);
      if (file === undefined) break;
      const here = Math.min(target.length - done, file.at + file.bytes - position - done);
      done += this.blocksOf(file).readInto(position + done - file.at, target.subarray(done, done + here));
    }
    if (done === 0 && position < this.written && target.length > 0) throw gone();
    return done;
  }

  private fileAt(position: number): RingFile | undefined {
    let low = 0;
    let high = this.files.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const file = this.files[middle] as RingFile;
      if (position < file.at) high = middle;
      else if (position >= file.at + file.bytes) low = middle + 1;
      else return file;
    }
    return undefined;
  }

  private blocksOf(file: RingFile): FileBlocks {
    const at = this.looked.findIndex((one) => one.file === file);
    const known = this.looked[at];
    if (known !== undefined) {
      if (at > 0) this.looked.unshift(...this.looked.splice(at, 1));
      return known.blocks;
    }
    let fd: number;
    try {
      fd = openSync(file.path, 'r');
    } catch (error) {
      throw new CaptureError(`${file.path}: ${systemWords(error)}`);
    }
    const blocks = new FileBlocks(file.path, fd, () => file.bytes);
    this.looked.unshift({ file, fd, blocks });
    for (const old of this.looked.splice(OPEN_FILES)) closeSync(old.fd);
    return blocks;
  }

  /** Lets go of the files, which stay. */
  async close(): Promise<void> {
    await this.endFile();
    for (const { fd } of this.looked.splice(0)) closeSync(fd);
  }
}

function gone(): CaptureError {
  return new CaptureError('this part of the live capture is no longer kept');
}
