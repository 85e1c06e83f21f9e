import type { Readable } from 'node:stream';
import { CaptureError } from './reader.ts';
import type { RawSource } from './reader.ts';
import { fileError } from './system-error.ts';

/** What standard input is called in messages. */
export const STDIN = 'standard input';

/** Bytes out of a stream of Node's: standard input, a pipe, a child process. The stream must not have an encoding set. */
export class StreamSource implements RawSource {
  readonly name: string;
  readonly size = null;
  consumed = 0;

  private readonly stream: Readable;
  private readonly chunks: AsyncIterator<unknown>;
  /** What a chunk held beyond what was asked for. */
  private rest: Uint8Array = new Uint8Array(0);
  private closed = false;

  constructor(name: string, stream: Readable) {
    this.name = name;
    this.stream = stream;
    this.chunks = stream[Symbol.asyncIterator]();
  }

  async read(target: Uint8Array, offset: number, length: number): Promise<number> {
    while (this.rest.length === 0) {
      if (this.closed) return 0;
      const chunk = await this.next();
      if (chunk === null) return 0;
      this.rest = chunk;
    }
    const got = Math.min(length, this.rest.length);
    target.set(this.rest.subarray(0, got), offset);
    this.rest = this.rest.subarray(got);
    this.consumed += got;
    return got;
  }

  private async next(): Promise<Uint8Array | null> {
    try {
      const result = await this.chunks.next();
      if (result.done === true) return null;
      if (result.value instanceof Uint8Array) return result.value;
    } catch (error) {
      // Closing destroys the stream under the read that waits for it.
      if (this.closed) return null;
      throw fileError(this.name, error);
    }
    throw new CaptureError(`${this.name}: gives text where bytes are expected`);
  }

  close(): Promise<void> {
    this.closed = true;
    this.stream.destroy();
    return Promise.resolve();
  }
}

/** Standard input as a source. A terminal is refused: nobody types a capture. */
export function openStdin(stdin: Readable & { readonly isTTY?: boolean }): StreamSource {
  if (stdin.isTTY === true) throw new CaptureError(`${STDIN}: is a terminal; a capture has to be piped in`);
  return new StreamSource(STDIN, stdin);
}
