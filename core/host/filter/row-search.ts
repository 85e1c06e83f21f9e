import { findText, type Needle } from '../../filter/index.ts';
import { BlockFinder, type Sought } from './block-finder.ts';
import type { RowSpans } from './row-spans.ts';

/** Where a text comes next in a piece of the capture. */
interface Next {
  /** Of which reading of the piece this is known. */
  reads: number;
  /** There is none between this place … */
  from: number;
  /** … and the one that begins here. */
  at: number;
}

/**
 * Which messages hold a text, asked of message after message. A piece of the capture is searched as a whole, so that
 * messages without the text cost next to nothing.
 */
export class RowSearch {
  private readonly finder: BlockFinder;
  private readonly sought: Sought;
  /** By place of the piece in the room. */
  private readonly known = new Map<number, Next>();
  private last: Next = { reads: -1, from: 0, at: 0 };
  private lastPlace = -1;

  constructor(finder: BlockFinder, needle: Needle) {
    this.finder = finder;
    this.sought = finder.seek(needle);
  }

  /** Whether the text stands in `bytes[from, to)` of the message that `spans` looks at; its bytes lie in the finder's room. */
  has(spans: RowSpans, from: number, to: number): boolean {
    const { sought } = this;
    const { block, bytes } = spans;
    if (block === null) return findText(bytes, from, to, sought.needle) >= 0;
    const next = this.nextIn(bytes.byteOffset);
    if (next.reads !== block.reads || from < next.from || from > next.at) {
      const place = this.finder.findIn(bytes, from, block.filled, sought);
      next.reads = block.reads;
      next.from = from;
      next.at = place < 0 ? Infinity : place;
    }
    return next.at + sought.needle.bytes.length <= to;
  }

  private nextIn(place: number): Next {
    if (place === this.lastPlace) return this.last;
    const found = this.known.get(place) ?? { reads: -1, from: 0, at: 0 };
    this.known.set(place, found);
    this.last = found;
    this.lastPlace = place;
    return found;
  }
}

/** Texts that are looked for at once: with more, it is as quick to read every message. */
const MOST = 24;

/** The searches of a question. Two that look for the same are one. */
export class RowSearches {
  private readonly finder: BlockFinder;
  private readonly known = new Map<string, RowSearch>();

  constructor(finder = new BlockFinder()) {
    this.finder = finder;
  }

  /** Where the pieces of the capture have to be. */
  get room(): Uint8Array {
    return this.finder.room;
  }

  /** Forgets all, for the next question. */
  clear(): void {
    this.known.clear();
    this.finder.clear();
  }

  /** A search for each of these; null where that would be too many. */
  anyOf(needles: readonly Needle[]): readonly RowSearch[] | null {
    const found: RowSearch[] = [];
    for (const needle of needles) {
      const key = `${needle.anyCase ? 'any' : 'exact'} ${needle.bytes.join(' ')}`;
      const search = this.known.get(key) ?? (this.known.size < MOST ? new RowSearch(this.finder, needle) : null);
      if (search === null) return null;
      this.known.set(key, search);
      found.push(search);
    }
    return found;
  }
}
