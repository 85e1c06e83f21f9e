import { randomBytes } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileBlocks } from './blocks.ts';
import { CaptureError } from './reader.ts';
import type { ByteSource, Damage, RandomAccess } from './reader.ts';
import { systemWords } from './system-error.ts';

/** Bytes written at once; as many again wait while these are on their way. */
const PIECE = 256 << 10;

/**
 * Keeps what passes through in a temporary file, so that a source that can be read only once (standard input,
 * compressed data) can be looked at again by position. Only the user may read the file, and where the system lets it,
 * it has no name any more from the beginning: however the program ends, nothing is left behind.
 */
export class Spool implements ByteSource, RandomAccess {
  readonly name: string;
  readonly size: number | null;

  private readonly source: ByteSource;
  private readonly handle: FileHandle;
  private readonly folder: string;
  private readonly file: FileBlocks;
  /** The file's name where it could not be deleted while it is open. */
  private left: string | null = null;

  /** What passed through is in the file up to `written`, then in `leaving[0, leavingEnd)`, then in `filling[0, fillingEnd)`. */
  private written = 0;
  private leaving = new Uint8Array(PIECE);
  private leavingEnd = 0;
  private filling = new Uint8Array(PIECE);
  private fillingEnd = 0;
  private writing: Promise<void> = Promise.resolve();

  private constructor(source: ByteSource, handle: FileHandle, folder: string) {
    this.name = source.name;
    this.size = source.size;
    this.source = source;
    this.handle = handle;
    this.folder = folder;
    this.file = new FileBlocks(`the copy of ${this.name}`, handle.fd, () => this.written);
  }

  /** Rejects with CaptureError where no temporary file can be made. `folder` is where it goes. */
  static async open(source: ByteSource, folder = tmpdir()): Promise<Spool> {
    const path = join(folder, `sipglass-${randomBytes(8).toString('hex')}`);
    let handle: FileHandle;
    try {
      handle = await open(path, 'wx+', 0o600);
    } catch (error) {
      throw spoolError(source.name, folder, error);
    }
    const spool = new Spool(source, handle, folder);
    try {
      unlinkSync(path);
    } catch {
      spool.left = path;
      process.on('exit', spool.remove);
    }
    return spool;
  }

  get damage(): Damage | null {
    return this.source.damage ?? null;
  }

  /** Writing is one piece behind reading; a write that failed rejects the read that comes after it. */
  async read(target: Uint8Array, offset: number, length: number): Promise<number> {
    const got = await this.source.read(target, offset, length);
    for (let done = 0; done < got;) {
      if (this.fillingEnd === PIECE) await this.turn();
      const part = Math.min(got - done, PIECE - this.fillingEnd);
      this.filling.set(target.subarray(offset + done, offset + done + part), this.fillingEnd);
      this.fillingEnd += part;
      done += part;
    }
    return got;
  }

  /** Sends the full piece on its way, once the one before it arrived. */
  private async turn(): Promise<void> {
    await this.writing;
    const full = this.filling;
    this.filling = this.leaving;
    this.leaving = full;
    this.leavingEnd = this.fillingEnd;
    this.fillingEnd = 0;
    this.writing = this.writeOut();
    // A rejection is reported by the next turn; without this it would count as unhandled until then.
    this.writing.catch(() => undefined);
  }

  private async writeOut(): Promise<void> {
    try {
      for (let done = 0; done < this.leavingEnd;) {
        const left = this.leavingEnd - done;
        done += (await this.handle.write(this.leaving, done, left, this.written + done)).bytesWritten;
      }
    } catch (error) {
      throw spoolError(this.name, this.folder, error);
    }
    this.written += this.leavingEnd;
    this.leavingEnd = 0;
  }

  /** What passed through so far, by position; usable until `close`. */
  readAt(position: number, length: number): Uint8Array {
    if (position + length <= this.written) return this.file.readAt(position, length);
    const end = this.written + this.leavingEnd + this.fillingEnd;
    const bytes = new Uint8Array(Math.max(0, Math.min(length, end - position)));
    const early = this.written - position;
    if (early > 0) bytes.set(this.file.readAt(position, early));
    this.copy(this.leaving, this.written, this.leavingEnd, position, bytes);
    this.copy(this.filling, this.written + this.leavingEnd, this.fillingEnd, position, bytes);
    return bytes;
  }

  readInto(position: number, target: Uint8Array): number {
    if (position + target.length <= this.written) return this.file.readInto(position, target);
    const bytes = this.readAt(position, target.length);
    target.set(bytes);
    return bytes.length;
  }

  /** Copies what `bytes`, which begins at `position`, shares with `piece[0, length)`, which begins at `at`. */
  private copy(piece: Uint8Array, at: number, length: number, position: number, bytes: Uint8Array): void {
    const from = Math.max(at, position);
    const to = Math.min(at + length, position + bytes.length);
    if (from < to) bytes.set(piece.subarray(from - at, to - at), from - position);
  }

  async close(): Promise<void> {
    await this.source.close();
    await this.writing.catch(() => undefined);
    await this.handle.close();
    this.remove();
  }

  private readonly remove = (): void => {
    if (this.left === null) return;
    process.removeListener('exit', this.remove);
    try {
      unlinkSync(this.left);
    } catch {
      // Somebody else cleaned up.
    }
    this.left = null;
  };
}

function spoolError(name: string, folder: string, error: unknown): CaptureError {
  const words = systemWords(error);
  return new CaptureError(`${name}: no copy can be kept in ${folder}: ${words} (TMPDIR names another place for it)`);
}
