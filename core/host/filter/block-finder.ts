import { findText, type Needle } from '../../filter/index.ts';
import { ProgramMemory } from '../../bytes/program-memory.ts';
import { program } from '../../programs/find-text.ts?program';
import { SPANS_ROOM } from './row-spans.ts';

/** Bytes that are looked for at most, and places looked at in one step. */
const LANES = 16;
/** The text, what is set in a byte before it is compared, and which bytes count: 16 bytes each. */
const TEXT_ROOM = 3 * LANES;

/** Bytes looked at to learn which ones are rare. */
const SAMPLE = 16 << 10;

/** Texts that one finder can look for. */
export const MOST_TEXTS = 1365;

/** What core/programs/find-text.ts exports. */
interface Exports {
  readonly find: (at: number, last: number, text: number, a: number, b: number) => number;
}

/** A text that a BlockFinder looks for. */
export interface Sought {
  readonly needle: Needle;
  /** Its number in the finder. */
  readonly number: number;
  /** The two of its first 16 bytes that are rarest in what is searched; -1 until that is known. */
  a: number;
  b: number;
}

/**
 * Looks for texts in pieces of a capture that lie in a room of its own. What it finds is what `findText` does, and where
 * there is no WebAssembly it is `findText` that looks.
 */
export class BlockFinder {
  /** Where the pieces have to lie. */
  readonly room: Uint8Array;

  private readonly find: Exports['find'] | null;
  private readonly texts: Uint8Array;
  private count = 0;

  constructor(memory = ProgramMemory.open()) {
    const room = (bytes: number): Uint8Array => memory?.take(bytes) ?? new Uint8Array(bytes);
    this.find = memory === null ? null : (memory.run(program) as Exports).find;
    this.texts = room(MOST_TEXTS * TEXT_ROOM);
    // A step looks beyond the place it is at.
    this.room = room(SPANS_ROOM + 2 * LANES).subarray(0, SPANS_ROOM);
  }

  /** Makes ready to look for a text; no more than MOST_TEXTS of them. */
  seek(needle: Needle): Sought {
    if (this.count >= MOST_TEXTS) throw new Error('too many texts are looked for at once');
    const number = this.count++;
    const text = this.texts.subarray(number * TEXT_ROOM, (number + 1) * TEXT_ROOM).fill(0);
    for (let i = 0; i < Math.min(LANES, needle.bytes.length); i++) {
      const byte = needle.bytes[i] as number;
      text[i] = byte;
      // Upper case of an ASCII letter is lower case without this bit.
      text[LANES + i] = needle.anyCase && byte >= 0x61 && byte <= 0x7a ? 0x20 : 0;
      text[2 * LANES + i] = 0xff;
    }
    return { needle, number, a: -1, b: -1 };
  }

  /** Forgets its texts, to make room for others. */
  clear(): void {
    this.count = 0;
  }

  /** The first place in `piece[from, to)` where the text stands whole, -1 where it does not; `piece` lies in `room`. */
  findIn(piece: Uint8Array, from: number, to: number, sought: Sought): number {
    const { find } = this;
    const { needle } = sought;
    const { length } = needle.bytes;
    if (find === null || length === 0) return findText(piece, from, to, needle);
    if (sought.a < 0) chooseRare(piece.subarray(from, Math.min(to, from + SAMPLE)), sought);
    const last = piece.byteOffset + to - length;
    let at = piece.byteOffset + from;
    while (at <= last) {
      at = find(at, last, this.texts.byteOffset + sought.number * TEXT_ROOM, sought.a, sought.b);
      if (at < 0) return -1;
      const place = at - piece.byteOffset;
      if (length <= LANES || findText(piece, place, place + length, needle) >= 0) return place;
      at += 1;
    }
    return -1;
  }
}

function chooseRare(sample: Uint8Array, sought: Sought): void {
  const { bytes, fold } = sought.needle;
  const counts = new Uint32Array(256);
  for (const byte of sample) counts[fold[byte] as number] = (counts[fold[byte] as number] as number) + 1;
  const places = Array.from({ length: Math.min(LANES, bytes.length) }, (_, place) => place);
  const often = (place: number): number => counts[bytes[place] as number] as number;
  const [first = 0, second = first] = places.toSorted((x, y) => often(x) - often(y));
  sought.a = first;
  sought.b = second;
}
