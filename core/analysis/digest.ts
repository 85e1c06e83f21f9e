import { mix } from './hash-index.ts';

/** Hashes of whole messages, 32 bits with a sign: for telling two that have all the same identifiers. */
export class Digest {
  /** The view of the bytes seen last: most messages stand in the same few megabytes. */
  private view: DataView = new DataView(new ArrayBuffer(0));
  private seen: Uint8Array | null = null;

  /** Hash of all bytes in `[at, end)`. Eight at a time, in two sums that do not wait for each other. */
  of(bytes: Uint8Array, at: number, end: number): number {
    if (bytes !== this.seen) {
      this.seen = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const { view } = this;
    let a = end - at;
    let b = 0;
    let next = at;
    for (; next + 8 <= end; next += 8) {
      a = Math.imul(a ^ view.getInt32(next), 0x85ebca6b) ^ (a >>> 13);
      b = Math.imul(b ^ view.getInt32(next + 4), 0xc2b2ae35) ^ (b >>> 13);
    }
    for (; next < end; next++) a = Math.imul(a ^ (bytes[next] as number), 0x01000193);
    return mix(a, b);
  }
}
