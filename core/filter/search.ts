import { utf8 } from '../bytes/text.ts';

/** ASCII letters in lower case; other bytes as they are. */
const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte));
const SAME = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** A text made ready to be looked for in bytes: `findText`. */
export class Needle {
  /** Bytes as they are compared: in lower case, unless case counts. */
  readonly bytes: Uint8Array;
  /** Upper and lower case of ASCII letters are alike. */
  readonly anyCase: boolean;
  /** What a byte is taken for. */
  readonly fold: Uint8Array;
  /** By byte in the place of the needle's last: how far the needle can move on; 0 for its last byte. */
  readonly skips: Uint8Array;
  /** How far it can move on where its last byte stands, but not the others. */
  readonly skip: number;

  /** @param exact upper and lower case of ASCII letters differ (they never count as equal for other letters). */
  constructor(bytes: Uint8Array, exact: boolean) {
    const fold = exact ? SAME : LOWER;
    const { length } = bytes;
    this.fold = fold;
    this.anyCase = !exact;
    this.bytes = bytes.map((byte) => fold[byte] as number);
    this.skips = new Uint8Array(256).fill(Math.min(length, 255));
    const last = this.bytes[length - 1];
    let skip = Math.max(1, length);
    for (let at = 0; at < length; at++) {
      const byte = this.bytes[at] as number;
      const left = length - 1 - at;
      if (byte === last && left > 0) skip = left;
      for (let other = 0; other < 256; other++) if (fold[other] === byte) this.skips[other] = Math.min(left, 255);
    }
    this.skip = skip;
  }
}

/** A needle for text: UTF-8, upper and lower case of ASCII letters alike unless `exact`. */
export function needle(text: string, exact = false): Needle {
  return new Needle(utf8(text), exact);
}

/**
 * The first place in `bytes[from, to)` where the needle stands whole; -1 where it does not, `from` for an empty one.
 * Boyer-Moore-Horspool: looks at about one byte in as many as the needle is long.
 */
export function findText(bytes: Uint8Array, from: number, to: number, text: Needle): number {
  const { bytes: wanted, fold, skips, skip } = text;
  const last = wanted.length - 1;
  if (last < 0) return from;
  let at = from + last;
  while (at < to) {
    const far = skips[bytes[at] as number] as number;
    if (far !== 0) {
      at += far;
      continue;
    }
    let back = last - 1;
    let place = at - 1;
    while (back >= 0 && fold[bytes[place] as number] === wanted[back]) {
      back--;
      place--;
    }
    if (back < 0) return at - last;
    at += skip;
  }
  return -1;
}

/** Whether `bytes` are the needle, no more and no less. */
export function equalsText(bytes: Uint8Array, text: Needle): boolean {
  const { bytes: wanted, fold } = text;
  if (bytes.length !== wanted.length) return false;
  for (let at = 0; at < wanted.length; at++) if (fold[bytes[at] as number] !== wanted[at]) return false;
  return true;
}
