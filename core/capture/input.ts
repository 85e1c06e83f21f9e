import { FILE_SPAN } from '../bytes/position.ts';
import type { ProgramMemory } from '../bytes/program-memory.ts';
import type { Cancel } from './cancel.ts';
import type { FileSource } from './file.ts';
import { CaptureError } from './reader.ts';
import type { ByteSource, CaptureReader, Damage, RandomAccess, RecordLayout } from './reader.ts';
import { RecordPlaces } from './record-places.ts';
import { Window } from './window.ts';

/** What `step` found. */
export const PACKET = 1;
/** Nothing yet: `await refill()`, then step again. */
export const NEED = 0;
export const END = -1;

/** Packets one after the other: of one input, or of several merged. */
export interface PacketSource {
  /** The input whose reader and window hold the packet, after `step` returned PACKET. */
  readonly current: Input;
  /** Goes on to the next packet: PACKET, NEED or END. Costs no allocation. */
  step(): number;
  /** Waits for more bytes; other work of the program has its turn meanwhile. Rejects with CaptureError, or when cancelled. */
  refill(): Promise<void>;
}

/** After the end, one sentence for each input that was not read to its end. */
export function warningsOf(inputs: readonly Input[]): string[] {
  return inputs.map((input) => input.warning()).filter((warning) => warning !== null);
}

/** One capture that is being read. The packet's fields are in `reader`, its bytes in `window.bytes`. */
export class Input implements PacketSource {
  /** What to call it in messages. */
  readonly name: string;
  /** Number of the input, from 0. */
  readonly index: number;
  readonly window: Window;
  readonly reader: CaptureReader;
  readonly current: Input = this;
  /** Packets found so far. */
  packets = 0;
  /** After END: why it came early, or null. */
  damage: Damage | null = null;
  /** Where its bytes are those of a regular file as they stand. */
  file: FileSource | null = null;

  /** Where it can be entered again (see `packetAt`). */
  readonly places = new RecordPlaces();

  /** Where its window lies, so that programs can go over it; null where none has to. To be said before the first `refill`. */
  memory: ProgramMemory | null = null;

  private readonly source: ByteSource;
  private readonly access: RandomAccess | null;
  private readonly cancel: Cancel;
  private readonly base: number;
  private over = false;
  /** Whether the end, however it came, came between two records. */
  private between = false;

  constructor(
    source: ByteSource,
    reader: CaptureReader,
    index: number,
    chunk: number,
    access: RandomAccess | null,
    cancel: Cancel,
    from = 0,
  ) {
    this.name = source.name;
    this.index = index;
    this.window = new Window(source, chunk, from, (bytes) => this.memory?.take(bytes) ?? new Uint8Array(bytes));
    this.reader = reader;
    this.source = source;
    this.access = access;
    this.cancel = cancel;
    this.base = index * FILE_SPAN;
  }

  step(): number {
    const { window, reader } = this;
    for (;;) {
      const used = reader.next(window.bytes, window.view, window.at, window.end);
      if (used > 0) {
        window.at += used;
        if (reader.packet) {
          this.packets += 1;
          return PACKET;
        }
        this.places.header(window.origin + window.at - used, used);
      } else if (this.over) return END;
      else if (used === 0) return NEED;
      else this.finish(reader.damage);
    }
  }

  async refill(): Promise<void> {
    this.places.start(this.window.origin + this.window.at, this.packets);
    if (this.over || (await this.cancel.race(this.window.fill(this.reader.need)))) return;
    const left = this.window.end - this.window.at;
    this.between = left === 0;
    this.finish(this.source.damage ?? this.reader.finish(left));
  }

  private finish(damage: Damage | null): void {
    this.over = true;
    this.damage = damage;
  }

  /** Position in the capture of the packet's first byte (see core/bytes/position.ts). */
  position(): number {
    return this.positionOf(this.reader.dataAt);
  }

  /** Position in the capture of a byte of the window. */
  positionOf(at: number): number {
    return this.base + this.window.origin + at;
  }

  /** Packets that stand in `window.bytes` behind the current one: pairs of where they begin and end. Returns how many. */
  upcoming(into: Int32Array): number {
    const { view, at, end } = this.window;
    return this.reader.upcoming?.(view, at, end, into) ?? 0;
  }

  /** How their records look; null where they are not of pcap's. */
  get form(): RecordLayout | null {
    const { layout } = this.reader;
    return layout?.blocks === null ? layout : null;
  }

  /** Where the next one begins, and where what was read ends, in `window.bytes`. */
  get next(): number {
    return this.window.at;
  }

  get end(): number {
    return this.window.end;
  }

  /** Up to `length` bytes from `offset` on, counted in this input; null where it cannot be looked at again. */
  readAt(offset: number, length: number): Uint8Array | null {
    return this.access === null ? null : this.access.readAt(offset, length);
  }

  /** Fills `target` from `offset` on; returns how many bytes there were, null where it cannot be looked at again. */
  readInto(offset: number, target: Uint8Array): number | null {
    return this.access === null ? null : this.access.readInto(offset, target);
  }

  /** As `readAt`, for what has to be there. Throws CaptureError where it can be read only once. */
  again(offset: number, length: number): Uint8Array {
    const bytes = this.readAt(offset, length);
    if (bytes === null) throw new CaptureError(`${this.name}: can be read only once`);
    return bytes;
  }

  /** One sentence about the damage, with the input's name; null where there is none. */
  warning(): string | null {
    if (this.damage === null) return null;
    const { code, text } = this.damage;
    const how = code === 'cut-short' ? 'cut short' : 'damaged';
    if (this.packets === 0) return `${this.name}: ${how} before the first packet (${text})`;
    const where = this.between ? `after packet ${this.packets}` : `in packet ${this.packets + 1}`;
    return `${this.name}: ${how} ${where} (${text}); everything before it was read`;
  }

  async close(): Promise<void> {
    await this.source.close();
    await this.window.settle();
  }
}
