import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Files that are kept at a time. */
const MAX_FILES = 512;
/** Characters of a file's name that are kept. */
const MAX_NAME = 60;

/** What is wrong with an upload, and the HTTP status that says so. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Files that pages sent: in a folder that only this user may read, gone at the latest when the program ends. */
export class Uploads {
  readonly limit: number;
  private readonly files = new Map<string, { readonly path: string; readonly bytes: number }>();
  private folder: string | null = null;
  /** Bytes that are there or on their way. */
  private taken = 0;

  /** @param limit bytes of all files together; 0 forbids uploads. */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Keeps what `stream` gives, under an id; rejects with UploadError. `length` is what its sender announced, null for nothing. */
  async receive(name: string, stream: Readable, length: number | null): Promise<string> {
    if (this.limit === 0) throw new UploadError(403, 'Files can’t be sent to this server: it was started so.');
    if (this.files.size >= MAX_FILES) throw new UploadError(413, `No more than ${MAX_FILES} sent files are kept.`);
    if (length !== null && length > this.limit - this.taken) throw this.tooMuch();
    const id = randomBytes(12).toString('hex');
    const folder = join(this.ownFolder(), id);
    let bytes = 0;
    try {
      await mkdir(folder, { mode: 0o700 });
      const path = join(folder, safeName(name));
      const counted = async function* counted(uploads: Uploads): AsyncGenerator<Buffer> {
        for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          uploads.taken += chunk.length;
          if (uploads.taken > uploads.limit) throw uploads.tooMuch();
          yield chunk;
        }
      };
      await pipeline(counted(this), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      this.files.set(id, { path, bytes });
      return id;
    } catch (error) {
      this.taken -= bytes;
      await rm(folder, { recursive: true, force: true });
      throw error instanceof UploadError
        ? error
        : new UploadError(
            500,
            `The file could not be kept: ${error instanceof Error ? error.message : String(error)}.`,
          );
    }
  }

  /** Where a file is; null for one that is not there (any more). */
  path(id: string): string | null {
    return this.files.get(id)?.path ?? null;
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const file = this.files.get(id);
      if (file === undefined || this.folder === null) continue;
      this.files.delete(id);
      this.taken -= file.bytes;
      await rm(join(this.folder, id), { recursive: true, force: true });
    }
  }

  /** Removes everything at once; also when the program ends. */
  readonly clear = (): void => {
    process.removeListener('exit', this.clear);
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
    this.folder = null;
    this.files.clear();
    this.taken = 0;
  };

  private ownFolder(): string {
    if (this.folder === null) {
      this.folder = mkdtempSync(join(tmpdir(), 'sipglass-serve-'));
      process.on('exit', this.clear);
    }
    return this.folder;
  }

  private tooMuch(): UploadError {
    const megabytes = Math.floor(this.limit / 1e6);
    return new UploadError(
      413,
      `Sent files may take ${megabytes} MB together; “sipglass serve --upload-limit” allows more.`,
    );
  }
}

/** The last part of a name, without what a file system or a terminal takes amiss. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const safe = last.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '_').replace(/^\.+/, '_');
  return Array.from(safe).slice(-MAX_NAME).join('').trim() || 'capture';
}
