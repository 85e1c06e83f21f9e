import type { ByteSource, Damage } from './reader.ts';

/** A source whose first bytes were looked at, and are given again. */
export class Peeked implements ByteSource {
  readonly name: string;
  readonly size: number | null;
  /** The bytes looked at: as many as were asked for, or all there are. */
  readonly first: Uint8Array;

  private readonly source: ByteSource;
  private given = 0;

  private constructor(source: ByteSource, first: Uint8Array) {
    this.name = source.name;
    this.size = source.size;
    this.source = source;
    this.first = first;
  }

  static async open(source: ByteSource, length: number): Promise<Peeked> {
    const first = new Uint8Array(length);
    let filled = 0;
    for (let got = -1; got !== 0 && filled < length; filled += got) {
      got = await source.read(first, filled, length - filled);
    }
    return new Peeked(source, first.subarray(0, filled));
  }

  get damage(): Damage | null {
    return this.source.damage ?? null;
  }

  read(target: Uint8Array, offset: number, length: number): Promise<number> {
    const left = this.first.length - this.given;
    if (left === 0) return this.source.read(target, offset, length);
    const got = Math.min(left, length);
    target.set(this.first.subarray(this.given, this.given + got), offset);
    this.given += got;
    return Promise.resolve(got);
  }

  close(): Promise<void> {
    return this.source.close();
  }
}
