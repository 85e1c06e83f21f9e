/** What every part of the decoder throws on data no encoder writes. Caught where the stream is read. */
export class ZstdError extends Error {
  override readonly name = 'ZstdError';
}

/** Place of the highest bit set; -1 for 0. */
export function highBit(value: number): number {
  return 31 - Math.clz32(value);
}

/**
 * Reads a bit stream from its end towards its beginning (RFC 8878 4.1). Whoever makes one sees to it that four more
 * bytes of the buffer can be read behind the stream; reading before its beginning gives zeros and a negative `left`.
 */
export class BackwardBits {
  /** Bits not read yet; negative once more were read than there are. */
  left = 0;
  private readonly view: DataView;
  private start = 0;

  constructor(view: DataView) {
    this.view = view;
  }

  /** Begins with the stream `[from, to)`, whose last byte holds the mark of its end. */
  open(from: number, to: number): void {
    const last = to > from ? this.view.getUint8(to - 1) : 0;
    if (last === 0) throw new ZstdError('a bit stream has no end');
    this.start = from;
    this.left = (to - from - 1) * 8 + highBit(last);
  }

  /** The next `count` bits, 0 to 24. */
  read(count: number): number {
    const left = (this.left -= count);
    if (left >= 0) {
      return (this.view.getUint32(this.start + (left >>> 3), true) >>> (left & 7)) & ((1 << count) - 1);
    }
    // Some bits lie before the stream: they are zeros.
    if (left <= -count) return 0;
    return (this.view.getUint32(this.start, true) & ((1 << (count + left)) - 1)) << -left;
  }
}
