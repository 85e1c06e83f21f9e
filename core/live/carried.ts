import { closeSync, openSync, unlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { FileBlocks } from '../capture/blocks.ts';
import { fileError } from '../capture/system-error.ts';

/**
 * What calls that go on had in files that are gone, or will be: a pcapng that is read before the first file that is
 * still there. The file has no name where the system lets it, so nothing is left behind.
 */
export class Carried {
  readonly bytes: number;
  readonly blocks: FileBlocks;
  private readonly fd: number;
  private readonly left: string | null;

  private constructor(fd: number, bytes: number, blocks: FileBlocks, left: string | null) {
    this.fd = fd;
    this.bytes = bytes;
    this.blocks = blocks;
    this.left = left;
  }

  /** Rejects with a CaptureError where the disk does not take it. */
  static async write(path: string, content: Uint8Array): Promise<Carried> {
    try {
      await writeFile(path, content, { mode: 0o600 });
      const fd = openSync(path, 'r');
      const blocks = new FileBlocks('what was carried on', fd, () => content.length);
      let left: string | null = null;
      try {
        unlinkSync(path);
      } catch {
        left = path;
      }
      return new Carried(fd, content.length, blocks, left);
    } catch (error) {
      throw fileError(path, error);
    }
  }

  close(): void {
    closeSync(this.fd);
    if (this.left === null) return;
    try {
      unlinkSync(this.left);
    } catch {
      // Somebody else cleaned up.
    }
  }
}
