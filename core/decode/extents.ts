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
    part.made = this.made;
    for (let i = 0; i < this.starts.length; i++) {
      const start = this.starts[i] as number;
      const begin = Math.max(from, start);
      const end = Math.min(to, start + (this.lengths[i] as number));
      if (begin < end)
        part.add(begin - from, end - begin, (this.positions[i] as number) + (this.made ? 0 : begin - start));
    }
    return part;
  }
}

export { FILE_SPAN } from '../bytes/position.ts';
