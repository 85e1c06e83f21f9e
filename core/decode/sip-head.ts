/**
 * One pass over a SIP message (RFC 3261 7, 20, 25): notes where the parts lie that indexing needs, as numbers. No
 * strings, no objects: the one SipHead is used again for each message. What a person looks at is read elsewhere
 * (sip-message.ts), from the same bytes.
 */
import {
  decimal,
  isBlank,
  isFold,
  parameter,
  quotedEnd,
  same,
  sameBytes,
  skipBlanks,
  trimEnd,
  valueEnd,
} from './sip-params.ts';
import { SipFault } from './sip-faults.ts';
import { COMMAS, findByte, LINE_FEEDS, SEMICOLONS } from './sip-find.ts';
import { CASE, Name, nameOf } from './sip-name.ts';
import { SipPlaces } from './sip-places.ts';
import { isDigit, isSpace, isToken, requestLineEnd, versionAt } from './sip-start.ts';

export { SipFault } from './sip-faults.ts';

/** Reads one message after another; its places and numbers are those of the last one. */
export class SipHead extends SipPlaces {
  /** Where the tag ends that `tag` found last. */
  private tagEnd = 0;
  /** The bytes of the last message and a view of them: most come out of the same buffer. */
  private seen: Uint8Array = new Uint8Array(0);
  /** Of the bytes scanned last. */
  view: DataView = new DataView(this.seen.buffer);

  private look(bytes: Uint8Array): DataView {
    this.seen = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return this.view;
  }

  /** Reads the message in `bytes[from, to)`, which begins with its start line. All offsets count from the start of `bytes`. */
  scan(bytes: Uint8Array, from: number, to: number): void {
    this.reset();
    const view = bytes === this.seen ? this.view : this.look(bytes);
    const end = to | 0;
    let line = this.startLine(bytes, view, from | 0, end) | 0;
    this.headersAt = line;
    for (;;) {
      if (line >= end) {
        this.faults |= SipFault.HeadersUnfinished;
        this.bodyAt = end;
        break;
      }
      const first = bytes[line] as number;
      if (first === 10) {
        this.bodyAt = line + 1;
        break;
      }
      if (first === 13 && line + 1 < end && bytes[line + 1] === 10) {
        this.bodyAt = line + 2;
        break;
      }
      // A header ends at a line end that no white space follows (7.3.1).
      let stop = findByte(bytes, view, line, end, LINE_FEEDS) | 0;
      while (stop + 1 < end && isFold(bytes[stop + 1] as number))
        stop = findByte(bytes, view, stop + 1, end, LINE_FEEDS) | 0;
      const name = nameOf(bytes, view, line, stop) | 0;
      if (name !== 0) this.header(bytes, view, (line + (name >> 4)) | 0, stop, name & 15);
      line = (stop + 1) | 0;
    }
    this.body(end);
    this.missing(bytes);
  }

  private startLine(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    let next = findByte(bytes, view, at, end, LINE_FEEDS);
    if (!versionAt(bytes, at, next)) next = requestLineEnd(bytes, at, next);
    let last = next;
    while (last > at && isSpace(bytes[last - 1] as number)) last--;
    if (next < end && bytes[next] === 10 && bytes[next - 1] !== 13) this.faults |= SipFault.BareLineFeed;
    if (versionAt(bytes, at, last)) this.statusLine(bytes, at, last);
    else this.requestLine(bytes, at, last);
    return next < end ? next + 1 : end;
  }

  private statusLine(bytes: Uint8Array, at: number, last: number): void {
    this.isRequest = false;
    let next = at + 7;
    while (next < last && isSpace(bytes[next] as number)) next++;
    const digits = next;
    let status = 0;
    while (next < last && isDigit(bytes[next] as number)) {
      if (next - digits < 3) status = status * 10 + (bytes[next] as number) - 0x30;
      next++;
    }
    if (next - digits === 3) this.status = status;
    if (this.status < 100 || this.status > 699) this.faults |= SipFault.BadStatus;
    while (next < last && isSpace(bytes[next] as number)) next++;
    this.reasonAt = next;
    this.reasonEnd = last;
    if (bytes[at + 4] !== 0x32 || bytes[at + 6] !== 0x30) this.faults |= SipFault.BadVersion;
  }

  private requestLine(bytes: Uint8Array, at: number, last: number): void {
    this.isRequest = true;
    let next = at;
    while (next < last && isToken(bytes[next] as number)) next++;
    this.methodAt = at;
    this.methodEnd = next;
    while (next < last && isSpace(bytes[next] as number)) next++;
    this.uriAt = next;
    let uriEnd = last;
    if (last - 8 >= next && versionAt(bytes, last - 7, last)) {
      uriEnd = last - 8;
      if (bytes[last - 3] !== 0x32 || bytes[last - 1] !== 0x30) this.faults |= SipFault.BadVersion;
    } else this.faults |= SipFault.BadVersion;
    while (uriEnd > next && isSpace(bytes[uriEnd - 1] as number)) uriEnd--;
    this.uriEnd = uriEnd;
  }

  /** One header of which the name ends at `at` and the line at `stop`. */
  private header(bytes: Uint8Array, view: DataView, at: number, stop: number, name: number): void {
    let from = at | 0;
    // White space may stand before the colon (25.1: HCOLON).
    while (from < stop && isFold(bytes[from] as number)) from++;
    if (from >= stop || bytes[from] !== 0x3a) return;
    from++;
    while (from < stop && isBlank(bytes[from] as number)) from++;
    let to = stop | 0;
    while (to > from && isBlank(bytes[to - 1] as number)) to--;
    switch (name) {
      case Name.Via:
        this.via(bytes, view, from, to);
        break;
      case Name.From:
        this.from(bytes, from, to);
        break;
      case Name.To:
        this.to(bytes, from, to);
        break;
      case Name.CallId:
        this.callId(from, to);
        break;
      case Name.CSeq:
        this.cseq(bytes, from, to);
        break;
      case Name.ContentLength:
        this.length(bytes, from, to);
        break;
      case Name.ContentType:
        if (this.contentTypeAt !== 0) break;
        this.contentTypeAt = from;
        this.contentTypeEnd = to;
        break;
      case Name.Contact:
        if (this.contactAt !== 0) break;
        this.contactAt = from;
        this.contactEnd = to;
        break;
      case Name.MaxForwards:
        this.maxForwards = decimal(bytes, from, to, 255);
        if (this.maxForwards < 0) this.faults |= SipFault.BadMaxForwards;
        break;
      case Name.Expires:
        this.expires = decimal(bytes, from, to, 0xffff_ffff);
        break;
      default:
        break;
    }
  }

  private callId(from: number, to: number): void {
    if (this.callIdAt !== 0) {
      this.faults |= SipFault.DuplicateHeader;
      return;
    }
    this.callIdAt = from;
    this.callIdEnd = to;
  }

  private length(bytes: Uint8Array, from: number, to: number): void {
    const value = decimal(bytes, from, to, 0x7fff_ffff);
    if (value < 0) this.faults |= SipFault.BadContentLength;
    else if (this.contentLength >= 0 && value !== this.contentLength) this.faults |= SipFault.DuplicateHeader;
    else this.contentLength = value;
  }

  private cseq(bytes: Uint8Array, from: number, to: number): void {
    if (this.cseqMethodAt !== 0) {
      this.faults |= SipFault.DuplicateHeader;
      return;
    }
    let next = from;
    let value = 0;
    while (next < to && isDigit(bytes[next] as number)) {
      value = value * 10 + (bytes[next] as number) - 0x30;
      next++;
    }
    // 8.1.1.5: less than 2^31. What still fits is kept all the same.
    const bad = next === from || value >= 0x8000_0000;
    this.cseqNumber = value > 0xffff_ffff ? 0 : value;
    while (next < to && isBlank(bytes[next] as number)) next++;
    this.cseqMethodAt = next;
    let tokens = true;
    for (; next < to && (bytes[next] as number) > 0x20; next++) if (!isToken(bytes[next] as number)) tokens = false;
    this.cseqMethodEnd = next;
    if (bad || !tokens || next === this.cseqMethodAt || next !== to) this.faults |= SipFault.BadCSeq;
  }

  private from(bytes: Uint8Array, from: number, to: number): void {
    if (this.fromAt !== 0) {
      this.faults |= SipFault.DuplicateHeader;
      return;
    }
    this.fromAt = from;
    this.fromEnd = to;
    this.fromTagAt = this.tag(bytes, from, to);
    this.fromTagEnd = this.tagEnd;
  }

  private to(bytes: Uint8Array, from: number, to: number): void {
    if (this.toAt !== 0) {
      this.faults |= SipFault.DuplicateHeader;
      return;
    }
    this.toAt = from;
    this.toEnd = to;
    this.toTagAt = this.tag(bytes, from, to);
    this.toTagEnd = this.tagEnd;
  }

  /**
   * Where the tag of a From or To begins, 0 where there is none; its end is left in `tagEnd`. Nearly all end in
   * `>;tag=…`, told from behind: what stands behind the last quote and bracket is outside of them.
   */
  private tag(bytes: Uint8Array, from: number, to: number): number {
    let next = (to - 1) | 0;
    while (next > from && isToken(bytes[next] as number)) next--;
    const close = next - 5;
    if (
      close >= from &&
      bytes[next] === 0x3d &&
      bytes[close] === 0x3e &&
      bytes[close + 1] === 0x3b &&
      same(bytes, close + 2, 'tag')
    ) {
      this.tagEnd = to;
      return next + 1;
    }
    this.tagEnd = 0;
    const tag = parameter(bytes, from, to, 'tag');
    if (tag < 0) return 0;
    this.tagEnd = valueEnd(bytes, tag, to);
    return tag;
  }

  /** Via (20.42): `SIP/2.0/UDP host:port;branch=…`, one or more, comma-separated. */
  private via(bytes: Uint8Array, view: DataView, from: number, to: number): void {
    const comma = findByte(bytes, view, from, to, COMMAS) | 0;
    let first = to;
    if (comma === to) this.viaCount++;
    else first = this.viaValues(bytes, from, to);
    if (this.viaAt !== 0) return;
    this.viaAt = from;
    let next = from;
    if (
      first - from > 12 &&
      (view.getInt32(from, true) | CASE) === SIP &&
      view.getInt32(from + 4, true) === VERSION &&
      (view.getInt32(from + 8, true) | CASE) === UDP
    ) {
      next = from + 12;
    } else {
      // sent-protocol is three words with slashes, which may have white space around them (25.1: SLASH).
      for (let slashes = 0; next < first && slashes < 2; next++) if (bytes[next] === 0x2f) slashes++;
      next = skipBlanks(bytes, next, first);
      while (next < first && isToken(bytes[next] as number)) next++;
    }
    this.sentByAt = next = skipBlanks(bytes, next, first);
    next = findByte(bytes, view, next, first, SEMICOLONS) | 0;
    this.sentByEnd = trimEnd(bytes, this.sentByAt, next);
    if (
      first - next > 8 &&
      (view.getInt32(next + 1, true) | CASE) === BRAN &&
      (view.getInt32(next + 4, true) | CASE) === NCH
    ) {
      this.branchAt = next + 8;
      this.branchEnd = trimEnd(bytes, next + 8, findByte(bytes, view, next + 8, first, SEMICOLONS));
      return;
    }
    const branch = parameter(bytes, next, first, 'branch');
    if (branch < 0) return;
    this.branchAt = branch;
    this.branchEnd = valueEnd(bytes, branch, first);
  }

  /** Counts the values of a Via line with commas (nothing between two is none), and returns where the first one ends. */
  private viaValues(bytes: Uint8Array, from: number, to: number): number {
    let first = -1;
    let empty = true;
    let quotes = true;
    for (let next = from; next < to; next++) {
      const byte = bytes[next] as number;
      if (byte === 0x2c) {
        if (!empty) this.viaCount++;
        if (first < 0) first = next;
        empty = true;
        continue;
      }
      if (!isBlank(byte)) empty = false;
      if (byte !== 0x22 || !quotes) continue;
      const close = quotedEnd(bytes, next, to);
      if (close < 0) quotes = false;
      else next = close - 1;
    }
    if (!empty) this.viaCount++;
    return first < 0 ? to : first;
  }

  private body(end: number): void {
    this.bodyEnd = end;
    if (this.contentLength < 0 || (this.faults & SipFault.HeadersUnfinished) !== 0) return;
    const wanted = this.bodyAt + this.contentLength;
    if (wanted > end) this.faults |= SipFault.ContentLengthBeyond;
    else {
      if (wanted < end) this.faults |= SipFault.ContentLengthShort;
      this.bodyEnd = wanted;
    }
  }

  private missing(bytes: Uint8Array): void {
    if (this.callIdAt === 0) this.faults |= SipFault.NoCallId;
    if (this.viaAt === 0) this.faults |= SipFault.NoVia;
    if (this.fromAt === 0) this.faults |= SipFault.NoFrom;
    if (this.toAt === 0) this.faults |= SipFault.NoTo;
    if (this.cseqMethodAt === 0) this.faults |= SipFault.NoCSeq;
    else if (
      this.isRequest &&
      !sameBytes(bytes, this.methodAt, this.methodEnd, this.cseqMethodAt, this.cseqMethodEnd)
    ) {
      this.faults |= SipFault.CSeqMethod;
    }
  }
}

/* `SIP/`, `2.0/`, `UDP `, `bran`, `nch=` as little-endian numbers, letters small. */
const SIP = 0x2f70_6973;
const VERSION = 0x2f30_2e32;
const UDP = 0x2070_6475;
const BRAN = 0x6e61_7262;
const NCH = 0x3d68_636e;
