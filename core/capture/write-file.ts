import { randomBytes } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { open, realpath, rename, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { CaptureError } from './reader.ts';
import { codeOf, systemWords } from './system-error.ts';

export interface OutputOptions {
  /** Names of the captures being read: none of these files is overwritten. */
  readonly inputs?: readonly string[];
  /** What the name `-` stands for; the program's own standard output where absent. */
  readonly stdout?: Writable;
}

/** Something that is being written. Either `finish` or `discard` ends it. */
export interface Output {
  /** Rejects with CaptureError, for example where the disk is full. */
  write(chunk: Uint8Array | string): Promise<void>;
  finish(): Promise<void>;
  /** Leaves things as they were, as far as that can be. Does not reject. */
  discard(): Promise<void>;
}

/**
 * Begins to write the file `name`, or to standard output for `-`. A file is written under another name in the same
 * directory and takes its own when it is whole, so that there is never half of it; what is no regular file (a device,
 * a named pipe) is written as it is. Rejects with a CaptureError of one sentence.
 */
export async function openOutput(name: string, options: OutputOptions = {}): Promise<Output> {
  if (name === '-') return new StreamOutput(options.stdout ?? process.stdout);
  try {
    const known = await stat(name, { bigint: true }).catch((error: unknown) => absent(error));
    if (known?.isDirectory() === true) throw new CaptureError(`${name}: is a directory`);
    if (known !== null && !known.isFile()) return new FileOutput(name, null, name, await open(name, 'w'));
    if (known !== null) await refuseInputs(name, known, options.inputs ?? []);
    // Through a symbolic link, the file it leads to is replaced, not the link.
    const target = known === null ? name : await realpath(name);
    const temporary = join(dirname(target), `.sipglass-${randomBytes(6).toString('hex')}`);
    const mode = known === null ? 0o666 : Number(known.mode & 0o777n);
    return new FileOutput(name, temporary, target, await open(temporary, 'wx', mode));
  } catch (error) {
    throw outputError(name, error);
  }
}

/** Writes everything `chunks` gives to `name`, see `openOutput`; where that fails, nothing is left behind. */
export async function writeOutput(
  name: string,
  chunks: Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>,
  options: OutputOptions = {},
): Promise<void> {
  const output = await openOutput(name, options);
  try {
    for await (const chunk of chunks) await output.write(chunk);
    await output.finish();
  } catch (error) {
    await output.discard();
    throw error;
  }
}

function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

async function refuseInputs(name: string, known: Identity, inputs: readonly string[]): Promise<void> {
  for (const input of inputs) {
    const other = await stat(input, { bigint: true }).catch(() => null);
    if (other !== null && other.dev === known.dev && other.ino === known.ino) {
      throw new CaptureError(`${name}: is a capture that is being read, and is not overwritten`);
    }
  }
}

function outputError(name: string, error: unknown): CaptureError {
  if (error instanceof CaptureError) return error;
  const code = codeOf(error);
  const noDirectory = code === 'ENOENT' || code === 'ENOTDIR';
  const words = noDirectory ? `there is no directory ${dirname(name)}` : systemWords(error);
  return new CaptureError(`${name === '' ? 'output' : name}: cannot be written: ${words}`);
}

class FileOutput implements Output {
  private readonly name: string;
  private readonly temporary: string | null;
  private readonly target: string;
  private readonly handle: FileHandle;

  /** Writes to `handle`; `temporary` is the name it has until it is finished, null where it has its own already. */
  constructor(name: string, temporary: string | null, target: string, handle: FileHandle) {
    this.name = name;
    this.temporary = temporary;
    this.target = target;
    this.handle = handle;
    process.on('exit', this.remove);
  }

  async write(chunk: Uint8Array | string): Promise<void> {
    try {
      await this.handle.writeFile(chunk);
    } catch (error) {
      throw outputError(this.name, error);
    }
  }

  async finish(): Promise<void> {
    try {
      await this.handle.close();
      if (this.temporary !== null) await rename(this.temporary, this.target);
      process.removeListener('exit', this.remove);
    } catch (error) {
      throw outputError(this.name, error);
    }
  }

  async discard(): Promise<void> {
    process.removeListener('exit', this.remove);
    await this.handle.close().catch(() => undefined);
    if (this.temporary !== null) await unlink(this.temporary).catch(() => undefined);
  }

  /** When the program ends in the middle of it. */
  private readonly remove = (): void => {
    if (this.temporary === null) return;
    try {
      unlinkSync(this.temporary);
    } catch {
      // It is gone already.
    }
  };
}

/** Standard output. When nobody reads it any more (`| head`), the rest is thrown away without a word. */
class StreamOutput implements Output {
  private readonly stream: Writable;
  private failure: Error | null = null;
  private readonly fail = (error: Error): void => {
    this.failure = error;
  };

  constructor(stream: Writable) {
    this.stream = stream;
    stream.on('error', this.fail);
  }

  async write(chunk: Uint8Array | string): Promise<void> {
    if (this.failure === null) {
      await new Promise<void>((resolve) => {
        this.stream.write(chunk, (error) => {
          this.failure ??= error ?? null;
          resolve();
        });
      });
    }
    if (this.failure !== null && codeOf(this.failure) !== 'EPIPE') {
      throw outputError('standard output', this.failure);
    }
  }

  finish(): Promise<void> {
    return this.discard();
  }

  /** Stays open: other things are written there. The listener stays, for a late EPIPE would end the program. */
  discard(): Promise<void> {
    return Promise.resolve();
  }
}
