/**
 * One header out of a message's bytes, without reading the rest and without text: for filters and analyses that ask for
 * a header that has no column.
 */
import { canonicalName, compactName } from './sip-headers.ts';
import { findByte, LINE_FEEDS } from './sip-find.ts';
import { isFold, same, skipBlanks, trimEnd } from './sip-params.ts';

/** Finds a header by name; made once for a name and used for many messages. */
export class HeaderFinder {
  /** Where the value found last lies, without surrounding white space. */
  valueAt = 0;
  valueEnd = 0;
  /** Behind the line found last: where `find` goes on for the next header of that name. */
  next = 0;

  private readonly name: string;
  private readonly first: number;
  private readonly compact: number;
  private seen: Uint8Array = new Uint8Array(0);
  private seenView: DataView = new DataView(this.seen.buffer);

  /** @param name long or compact, in any case */
  constructor(name: string) {
    this.name = canonicalName(name).toLowerCase();
    this.first = this.name.charCodeAt(0);
    this.compact = compactName(name)?.charCodeAt(0) ?? -1;
  }

  /** Looks in the message `bytes[at, end)`, from its start line on; false where it has no such header. */
  findFirst(bytes: Uint8Array, at: number, end: number): boolean {
    const view = this.look(bytes);
    return this.find(bytes, findByte(bytes, view, at, end, LINE_FEEDS) + 1, end, view);
  }

  /**
   * Looks in header lines that begin at `line` (`SipHead.headersAt`, or `next` for further ones).
   * @param view of the same bytes, for who has one already (`SipHead.view`)
   */
  find(bytes: Uint8Array, line: number, end: number, view: DataView = this.look(bytes)): boolean {
    const { first, compact } = this;
    let at = line | 0;
    while (at < end) {
      const letter = bytes[at] as number;
      if (letter === 10 || (letter === 13 && at + 1 < end && bytes[at + 1] === 10)) return false;
      let stop = findByte(bytes, view, at, end, LINE_FEEDS) | 0;
      while (stop + 1 < end && isFold(bytes[stop + 1] as number)) {
        stop = findByte(bytes, view, stop + 1, end, LINE_FEEDS) | 0;
      }
      const small = letter | 0x20;
      if (
        (small === first && this.value(bytes, at, stop, this.name.length)) ||
        (small === compact && this.value(bytes, at, stop, 1))
      ) {
        this.next = stop + 1;
        return true;
      }
      at = (stop + 1) | 0;
    }
    return false;
  }

  private value(bytes: Uint8Array, at: number, stop: number, length: number): boolean {
    if (stop - at <= length || (length > 1 && !same(bytes, at, this.name))) return false;
    let colon = at + length;
    while (colon < stop && isFold(bytes[colon] as number)) colon++;
    if (colon === stop || bytes[colon] !== 0x3a) return false;
    this.valueAt = skipBlanks(bytes, colon + 1, stop);
    this.valueEnd = trimEnd(bytes, this.valueAt, stop);
    return true;
  }

  private look(bytes: Uint8Array): DataView {
    if (bytes !== this.seen) {
      this.seen = bytes;
      this.seenView = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    return this.seenView;
  }
}
