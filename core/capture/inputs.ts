import type { Readable } from 'node:stream';
import { FILE_SPAN, MAX_INPUTS } from '../bytes/position.ts';
import { Cancel } from './cancel.ts';
import { compressions, Decompressed, detectCompression } from './compressed.ts';
import type { Compression } from './decoder.ts';
import { FileSource, openFile } from './file.ts';
import { detect, formats, MAGIC_LENGTH } from './formats.ts';
import { Input, warningsOf } from './input.ts';
import type { PacketSource } from './input.ts';
import { Merge } from './merge.ts';
import { Peeked } from './peeked.ts';
import { CaptureError } from './reader.ts';
import type { ByteSource, RandomAccess, RawSource } from './reader.ts';
import { Spool } from './spool.ts';
import { openStdin, STDIN } from './stdin.ts';
import { CHUNK } from './window.ts';

export interface InputOptions {
  /** Whether bytes will be looked at again (`readAt`): what cannot be read twice is then copied to a temporary file. */
  readonly spool: boolean;
  /** What the name `-` stands for; the program's own standard input where absent. */
  readonly stdin?: Readable & { readonly isTTY?: boolean };
  /** Ends `refill` with a rejection. */
  readonly signal?: AbortSignal;
  /** Where temporary files go; the system's place where absent. */
  readonly folder?: string;
}

/** Bytes asked for at once, summed over all inputs, and for each at the least. */
const CHUNKS = 2 * CHUNK;
const MIN_CHUNK = 64 << 10;
/** Of live packets, which come in small pieces. */
const LIVE_CHUNK = 1 << 20;
/** Enough of the first bytes to know every format and every compression. */
const FIRST = Math.max(MAGIC_LENGTH, ...compressions.map((compression) => compression.magicLength));

/** The captures of a session, opened. */
export class Inputs {
  readonly inputs: readonly Input[];
  /** All their packets in order. With one input this is the input itself. */
  readonly merged: PacketSource;

  private readonly raw: readonly RawSource[];
  private readonly cancel: Cancel;

  constructor(inputs: readonly Input[], raw: readonly RawSource[], cancel: Cancel) {
    this.inputs = inputs;
    this.merged = inputs.length === 1 ? (inputs[0] as Input) : new Merge(inputs);
    this.raw = raw;
    this.cancel = cancel;
  }

  /**
   * Up to `length` bytes from a position on that was read already; fewer only at the end of the input. What is
   * returned never changes; who keeps many keeps copies (it may hold on to 64 KiB). Throws
   * CaptureError where the file became shorter, or where the input can be read only once and was opened without `spool`.
   */
  readAt(position: number, length: number): Uint8Array {
    const input = this.inputs[Math.floor(position / FILE_SPAN)];
    const bytes = input?.readAt(position % FILE_SPAN, length) ?? null;
    if (bytes === null) throw onlyOnce(input);
    return bytes;
  }

  /** As `readAt`, but into `target`: fewer than fit there only at the end of the input. Returns how many. */
  readInto(position: number, target: Uint8Array): number {
    const input = this.inputs[Math.floor(position / FILE_SPAN)];
    const filled = input?.readInto(position % FILE_SPAN, target) ?? null;
    if (filled === null) throw onlyOnce(input);
    return filled;
  }

  /** After the end, one sentence for each input that was not read to its end. */
  get warnings(): string[] {
    return warningsOf(this.inputs);
  }

  /** The only input, where it is a regular file that is not compressed. */
  get file(): FileSource | null {
    return this.inputs.length === 1 ? (this.inputs[0]?.file ?? null) : null;
  }

  /** Bytes read of how many, as stored (compressed, where they are); `total` is null where that is not known. */
  get progress(): { readonly read: number; readonly total: number | null } {
    let read = 0;
    let total: number | null = 0;
    for (const source of this.raw) {
      read += source.consumed;
      total = total === null || source.size === null ? null : total + source.size;
    }
    return { read, total: total === null ? null : Math.max(total, read) };
  }

  /** Names of addresses that the captures bring, address text → names. */
  names(): Map<string, readonly string[]> {
    const all = new Map<string, readonly string[]>();
    for (const { reader } of this.inputs) {
      for (const [address, names] of reader.names)
        all.set(address, [...new Set([...(all.get(address) ?? []), ...names])]);
    }
    return all;
  }

  async close(): Promise<void> {
    this.cancel.close();
    await Promise.all(this.inputs.map((input) => input.close()));
  }
}

function onlyOnce(input: Input | undefined): CaptureError {
  return new CaptureError(`${input?.name ?? 'capture'}: can be read only once`);
}

/**
 * Opens captures for reading: files by name, `-` for standard input. Rejects with a CaptureError of one sentence, and
 * then leaves nothing open.
 */
export async function openInputs(names: readonly string[], options: InputOptions): Promise<Inputs> {
  if (names.length === 0) throw new CaptureError('no capture was named');
  if (names.length > MAX_INPUTS) throw new CaptureError(`more than ${MAX_INPUTS} captures cannot be read at once`);
  if (names.indexOf('-') !== names.lastIndexOf('-')) throw new CaptureError(`${STDIN}: can be read only once`);
  const chunk = Math.max(MIN_CHUNK, Math.min(CHUNK, Math.floor(CHUNKS / names.length)));
  const cancel = new Cancel(options.signal ?? null);
  const inputs: Input[] = [];
  const raw: RawSource[] = [];
  try {
    for (const name of names) {
      const source = name === '-' ? openStdin(options.stdin ?? process.stdin) : await openFile(name);
      raw.push(source);
      inputs.push(await openInput(source, inputs.length, chunk, options, cancel));
    }
    return new Inputs(inputs, raw, cancel);
  } catch (error) {
    cancel.close();
    await Promise.all(inputs.map((input) => input.close()));
    throw error;
  }
}

/** A source whose bytes can be looked at again, which comes as a capture does: live packets that are on disk already. */
export interface KeptSource {
  readonly source: RawSource & RandomAccess;
  /** Position of its first byte: what was before is gone. */
  readonly from: number;
}

/** Opens one such source. Rejects as `openInputs` does. */
export async function openKept({ source, from }: KeptSource, signal: AbortSignal): Promise<Inputs> {
  const cancel = new Cancel(signal);
  try {
    const options = { spool: false, signal };
    return new Inputs(
      [await openInput(source, 0, LIVE_CHUNK, options, cancel, { access: source, from })],
      [source],
      cancel,
    );
  } catch (error) {
    cancel.close();
    throw error;
  }
}

/** Undoes compression, tells the format, and sees to looking at bytes again. Closes `raw` where that fails. */
async function openInput(
  raw: RawSource,
  index: number,
  chunk: number,
  options: InputOptions,
  cancel: Cancel,
  kept: { readonly access: RandomAccess; readonly from: number } | null = null,
): Promise<Input> {
  let source: ByteSource = raw;
  let access: RandomAccess | null = raw instanceof FileSource ? raw.access() : (kept?.access ?? null);
  try {
    let peeked = await cancel.race(Peeked.open(source, FIRST));
    source = peeked;
    if (peeked.first.length === 0) throw new CaptureError(`${raw.name}: is empty, without even a file header`);
    const compression = detectCompression(peeked.first);
    if (compression !== null) {
      source = new Decompressed(source, compression, raw instanceof FileSource ? () => openFile(raw.name) : null);
      peeked = await cancel.race(Peeked.open(source, FIRST));
      source = peeked;
      access = null;
    }
    const format = detect(peeked.first);
    if (format === null) throw notACapture(peeked, compression);
    if (options.spool && access === null) {
      const spool = await Spool.open(source, options.folder);
      source = spool;
      access = spool;
    }
    // A small file needs no large buffers.
    const enough = compression === null && raw.size !== null ? Math.max(MIN_CHUNK, Math.min(chunk, raw.size)) : chunk;
    const input = new Input(source, format.open(), index, enough, access, cancel, kept?.from ?? 0);
    if (compression === null && raw instanceof FileSource) input.file = raw;
    return input;
  } catch (error) {
    await source.close();
    throw error;
  }
}

function notACapture(peeked: Peeked, compression: Compression | null): CaptureError {
  const { name, damage } = peeked;
  if (damage !== null) return new CaptureError(`${name}: ${damage.text}, and nothing could be unpacked`);
  const inside = compression === null ? '' : `what ${compression.name} unpacks is `;
  return new CaptureError(`${name}: ${inside}not a capture file (neither ${formats.map((f) => f.name).join(' nor ')})`);
}
