import type { KeptSource } from '../capture/inputs.ts';
import type { Damage, RandomAccess, RawSource } from '../capture/reader.ts';
import type { Carried } from './carried.ts';
import type { FileRing } from './file-ring.ts';

/** Where a reader of live packets begins. */
export interface Beginning {
  /** Position of the first byte that is read from the files, where a file begins. */
  readonly from: number;
  /** What is read before it; its bytes have the positions right before `from`. */
  readonly carried: Carried | null;
}

/**
 * What a live capture wrote and still writes, for a session: waits where there is nothing new, ends when recording has.
 * With `until` it is a look back: it ends there, and never waits.
 */
export class LiveReader implements RawSource, RandomAccess {
  readonly name: string;
  readonly size: number | null;
  readonly damage: Damage | null = null;
  /** Position of the first byte. */
  readonly start: number;
  /** Position that was read up to. */
  at: number;

  private readonly ring: FileRing;
  private readonly begins: Beginning;
  private readonly until: number;
  private over = false;
  private wake: (() => void) | null = null;

  constructor(name: string, ring: FileRing, begins: Beginning, until = Number.POSITIVE_INFINITY) {
    this.name = name;
    this.ring = ring;
    this.begins = begins;
    this.until = until;
    this.start = begins.from - (begins.carried?.bytes ?? 0);
    this.at = this.start;
    this.size = until === Number.POSITIVE_INFINITY ? null : until - this.start;
  }

  get consumed(): number {
    return this.at - this.start;
  }

  /** Position of the first byte that comes from the files. */
  get from(): number {
    return this.begins.from;
  }

  /** Position behind the last byte there is. */
  private get end(): number {
    return Math.max(this.begins.from, Math.min(this.until, this.ring.written));
  }

  async read(target: Uint8Array, offset: number, length: number): Promise<number> {
    while (this.at >= this.end) {
      if (this.over || this.end === this.until) return 0;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    const filled = this.readInto(this.at, target.subarray(offset, offset + length));
    this.at += filled;
    return filled;
  }

  readAt(position: number, length: number): Uint8Array {
    const { carried, from } = this.begins;
    const wanted = Math.max(0, Math.min(length, this.end - position));
    if (carried === null || position >= from) return this.ring.readAt(position, wanted);
    const first = carried.blocks.readAt(position - this.start, Math.min(wanted, from - position));
    if (first.length === wanted) return first;
    const all = new Uint8Array(wanted);
    all.set(first);
    all.set(this.ring.readAt(from, wanted - first.length), first.length);
    return all;
  }

  readInto(position: number, target: Uint8Array): number {
    const { carried, from } = this.begins;
    const wanted = Math.max(0, Math.min(target.length, this.end - position));
    const early = carried === null ? 0 : Math.max(0, Math.min(wanted, from - position));
    const first = carried === null ? 0 : carried.blocks.readInto(position - this.start, target.subarray(0, early));
    return first + this.ring.readInto(position + first, target.subarray(first, wanted));
  }

  /** Something was written. */
  news(): void {
    const { wake } = this;
    this.wake = null;
    wake?.();
  }

  /** Nothing more will be written. */
  finish(): void {
    this.over = true;
    this.news();
  }

  /** The same once more, up to `until`, as far as it is still there. */
  again(until = this.end): KeptSource {
    const gone = this.ring.keptFrom > this.begins.from;
    const begins = gone ? { from: this.ring.keptFrom, carried: null } : this.begins;
    const source = new LiveReader(this.name, this.ring, begins, until);
    return { source, from: source.start };
  }

  close(): Promise<void> {
    this.finish();
    return Promise.resolve();
  }
}
