/**
 * Where bytes that were put together came from: pieces in order. A position names a byte of the capture: the number of
 * the input file times 2^44 plus the offset in it (of the decompressed bytes, where it is compressed).
 */
export class Extents {
  /** Offset of each piece in the bytes that were put together; ascending. */
  readonly starts: number[] = [];
  readonly lengths: number[] = [];
  /** Position in the capture of each piece's first byte; where `made`, of the packet it came out of. */
  readonly positions: number[] = [];
  /** Whether the bytes do not stand in the capture as they are (decrypted, unmasked, decompressed): keep a copy. */
  made = false;
  /** Where the copy of `made` bytes was kept: a position in the session's own store. */
  kept = -1;

  add(start: number, length: number, position: number): void {
    this.starts.push(start);
    this.lengths.push(length);
    this.positions.push(position);
  }

  /** The pieces that cover `[from, to)` of the bytes put together, counted from `from`. */
  slice(from: number, to: number): Extents {
    const part = new Extents();
    this.sliceInto(part, from, to);
    return part;
  }

  /** The same as what `part` becomes, which was something else before. */
  sliceInto(part: Extents, from: number, to: number): void {
    let count = 0;
    for (let i = 0; i < this.starts.length; i++) {
      const start = this.starts[i] as number;
      const begin = Math.max(from, start);
      const end = Math.min(to, start + (this.lengths[i] as number));
      if (begin >= end) continue;
      part.starts[count] = begin - from;
      part.lengths[count] = end - begin;
      part.positions[count] = (this.positions[i] as number) + (this.made ? 0 : begin - start);
      count += 1;
    }
    part.cut(count);
    part.made = this.made;
    part.kept = -1;
  }

  /** Only the first pieces, so many, stay. */
  cut(count: number): void {
    // Setting a length costs, also where it stays.
    if (this.starts.length === count) return;
    this.starts.length = this.lengths.length = this.positions.length = count;
  }
}

export { FILE_SPAN } from '../bytes/position.ts';
