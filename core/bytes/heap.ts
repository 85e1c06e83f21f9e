const CHUNK_BITS = 20;
const CHUNK = 1 << CHUNK_BITS;

/** A place is the number of a chunk above this many bits, and an offset in it below. */
export const PLACE_BITS = CHUNK_BITS;

/**
 * Byte strings one behind the other, in chunks of a megabyte. What is kept at the same time lies side by side, so that
 * whoever looks at all of it again waits for memory once.
 */
export class Heap {
  /** The chunks, to be read through. */
  readonly views: DataView[] = [];
  /** Bytes held, for the memory figures. */
  bytes = 0;
  private readonly chunks: Uint8Array[] = [];
  private used = CHUNK;

  /** Keeps a copy of `length` bytes of `source` and returns its place, a number of 32 bits with a sign. */
  keep(source: DataView, from: number, length: number): number {
    if (this.used + length > CHUNK) {
      // A string longer than a chunk gets a chunk of its own; only the place of its first byte has to fit into a number.
      const chunk = new Uint8Array(Math.max(CHUNK, length));
      this.chunks.push(chunk);
      this.views.push(new DataView(chunk.buffer));
      this.bytes += chunk.length;
      this.used = 0;
    }
    const last = this.views.length - 1;
    const offset = this.used;
    copy(source, from, this.views[last] as DataView, offset, length);
    this.used += length;
    return (last << CHUNK_BITS) | (offset & (CHUNK - 1));
  }

  /** `length` bytes (above 0) at a place, as a view that stays valid. */
  bytesAt(place: number, length: number): Uint8Array {
    const offset = place & (CHUNK - 1);
    return (this.chunks[place >>> CHUNK_BITS] as Uint8Array).subarray(offset, offset + length);
  }
}

/** Copies bytes, four a step: the strings are short, and a call for each would cost more. */
function copy(source: DataView, from: number, target: DataView, to: number, length: number): void {
  let i = 0;
  for (; i + 4 <= length; i = (i + 4) | 0) target.setInt32(to + i, source.getInt32(from + i));
  for (; i < length; i++) target.setUint8(to + i, source.getUint8(from + i));
}
