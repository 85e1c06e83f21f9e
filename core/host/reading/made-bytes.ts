import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaptureError } from '../../capture/reader.ts';

/** Bytes kept in memory; what comes behind goes to a file. */
export const MADE_IN_MEMORY = 32 << 20;

/**
 * Bytes of messages that do not stand in the capture as they are (unmasked, decompressed, decrypted), kept to be
 * looked at again: the first 32 MiB in memory, the rest in a temporary file that only the user may read and that has
 * no name any more while it is open.
 */
export class MadeBytes {
  private memory = new Uint8Array(1 << 16);
  private inMemory = 0;
  private inFile = 0;
  private file = -1;
  /** The file's name where it could not be deleted while it is open (Windows). */
  private left: string | null = null;

  /** Keeps a copy and returns its position. Throws CaptureError when there is no room for it. */
  keep(bytes: Uint8Array): number {
    if (this.inFile === 0 && this.inMemory + bytes.length <= MADE_IN_MEMORY) {
      while (this.inMemory + bytes.length > this.memory.length) this.grow();
      this.memory.set(bytes, this.inMemory);
      this.inMemory += bytes.length;
      return this.inMemory - bytes.length;
    }
    const position = this.inMemory + this.inFile;
    try {
      if (this.file < 0) this.openFile();
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.file, bytes, done, bytes.length - done, this.inFile + done);
      }
    } catch (error) {
      throw new CaptureError(
        `no copy of opened messages can be kept in ${tmpdir()}: ${error instanceof Error ? error.message : 'no reason given'}`,
      );
    }
    this.inFile += bytes.length;
    return position;
  }

  /** A copy of what was kept at `position`. */
  read(position: number, length: number): Uint8Array {
    if (position < this.inMemory) return this.memory.slice(position, position + length);
    // A question of old that comes when all is being read anew.
    if (this.file < 0) return new Uint8Array(0);
    const bytes = new Uint8Array(length);
    readSync(this.file, bytes, 0, length, position - this.inMemory);
    return bytes;
  }

  close(): void {
    if (this.file >= 0) closeSync(this.file);
    this.file = -1;
    if (this.left !== null) unlinkSync(this.left);
    this.left = null;
  }

  private grow(): void {
    const larger = new Uint8Array(this.memory.length * 2);
    larger.set(this.memory);
    this.memory = larger;
  }

  private openFile(): void {
    const path = join(tmpdir(), `sipglass-${randomBytes(8).toString('hex')}`);
    this.file = openSync(path, 'wx+', 0o600);
    try {
      unlinkSync(path);
    } catch {
      this.left = path;
    }
  }
}
