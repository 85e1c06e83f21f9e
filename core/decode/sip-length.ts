import type { Packet } from './packet.ts';
import { findByte, LINE_FEEDS } from './sip-find.ts';
import { isDigit, looksLikeSip } from './sip-start.ts';
import { isBlank, same } from './sip-params.ts';
import { couldStart, findStart } from './start-line.ts';

/** A message in a stream, headers and body, that is longer is not waited for. */
export const MAX_MESSAGE = 1 << 20;
/** Nor are headers that are longer. */
export const MAX_HEADERS = 256 << 10;

/** Answers of `measure` that are no lengths. */
export const Length = { More: 0, NoStart: -1, TooLong: -2 } as const;

const MISSING = -1;

/**
 * Finds out how long a message in a stream is (RFC 3261 7.5, 18.3, 20.14), also while it is still coming in: it goes on
 * where it stopped, so that a message that comes byte by byte is read once. Headers are told apart as SipHead does.
 */
export class MessageLength {
  /** Length of the message once its headers are whole; 0 before. */
  total = 0;
  /** The message's end is not certain: what follows need not be a message. */
  open = false;

  /** From the first byte of the message: the line being read, and how far; and the value of Content-Length. */
  private line = 0;
  private scanned = 0;
  private contentLength = MISSING;

  /** Whether the start line is whole. */
  get started(): boolean {
    return this.line > 0;
  }

  reset(): void {
    this.total = 0;
    this.open = false;
    this.line = 0;
    this.scanned = 0;
    this.contentLength = MISSING;
  }

  /**
   * Length of the message that begins at `base`, if it ends within `bytes[base, end)`, which `view` shows as well; else
   * one of Length. Has to be
   * called with the same message, at any place and with more bytes of it, until it is done with and `reset`.
   */
  measure(packet: Packet, bytes: Uint8Array, view: DataView, base: number, end: number): number {
    if (this.total === 0) {
      if (this.line === 0 && !this.startLine(bytes, view, base, end)) return this.unfinished(bytes, base, end);
      const body = this.headers(bytes, view, base, end);
      if (body < 0) return this.scanned > MAX_HEADERS ? Length.TooLong : Length.More;
      if (body > MAX_HEADERS) return Length.TooLong;
      this.bodyFrom(packet, bytes, base, body, end);
    }
    return base + this.total <= end ? this.total : Length.More;
  }

  /** Reads up to the first line end; false where there is none. */
  private startLine(bytes: Uint8Array, view: DataView, base: number, end: number): boolean {
    const next = findByte(bytes, view, base + this.scanned, end, LINE_FEEDS);
    this.scanned = next - base;
    if (next === end || !looksLikeSip(bytes, base, next + 1)) return false;
    this.line = next + 1 - base;
    this.scanned = this.line;
    return true;
  }

  private unfinished(bytes: Uint8Array, base: number, end: number): number {
    return base + this.scanned === end && couldStart(bytes, base, end) ? Length.More : Length.NoStart;
  }

  /** Reads header by header; returns where the body begins, -1 where the headers do not end yet. */
  private headers(bytes: Uint8Array, view: DataView, base: number, end: number): number {
    let line = (base + this.line) | 0;
    let next = (base + this.scanned) | 0;
    for (;;) {
      next = findByte(bytes, view, next, end, LINE_FEEDS) | 0;
      if (next < end && (next === line || (next === line + 1 && bytes[line] === 13))) return next + 1 - base;
      // A header goes on where white space follows (7.3.1), so the byte behind the line end has to be there.
      if (next + 1 >= end) break;
      next = (next + 1) | 0;
      if (bytes[next] === 0x20 || bytes[next] === 9) continue;
      const first = (bytes[line] as number) | 0x20;
      if (first === 0x63 || first === 0x6c) this.header(bytes, line, next - 1);
      line = next;
    }
    this.line = line - base;
    this.scanned = Math.min(next, end) - base;
    return -1;
  }

  /** A header that begins with c or l: Content-Length? The first valid one counts. */
  private header(bytes: Uint8Array, at: number, end: number): void {
    if (this.contentLength !== MISSING) return;
    let colon = at + 1;
    const limit = Math.min(end, at + 20);
    while (colon < limit && bytes[colon] !== 0x3a) colon++;
    if (colon === limit) return;
    let nameEnd = colon;
    while (nameEnd > at && isBlank(bytes[nameEnd - 1] as number)) nameEnd--;
    const length = nameEnd - at;
    if (length === 1 ? ((bytes[at] as number) | 0x20) !== 0x6c : length !== 14 || !same(bytes, at, 'content-length'))
      return;
    this.contentLength = number(bytes, colon + 1, end);
  }

  private bodyFrom(packet: Packet, bytes: Uint8Array, base: number, body: number, end: number): void {
    if (this.contentLength === MISSING) {
      const next = findStart(bytes, base + body, end);
      this.total = (next < 0 ? end : next) - base;
      this.open = true;
      packet.faults.note(noContentLength, packet.frame);
    } else if (body + this.contentLength > MAX_MESSAGE) {
      this.total = body;
      this.open = true;
      packet.faults.note(tooLong, packet.frame);
    } else this.total = body + this.contentLength;
  }
}

/** The decimal number that fills `[from, to)` but for blanks around it; MISSING for anything else. */
function number(bytes: Uint8Array, from: number, to: number): number {
  let next = from;
  while (next < to && isBlank(bytes[next] as number)) next++;
  let last = to;
  while (last > next && isBlank(bytes[last - 1] as number)) last--;
  if (next === last || last - next > 10) return MISSING;
  let value = 0;
  for (; next < last; next++) {
    if (!isDigit(bytes[next] as number)) return MISSING;
    value = value * 10 + (bytes[next] as number) - 0x30;
  }
  return value;
}

const noContentLength = {
  protocol: 'sip',
  code: 'no-content-length',
  text: 'A message in a stream has no valid Content-Length; its body is taken to end with the bytes that came with it, or at the next start line.',
};
const tooLong = {
  protocol: 'sip',
  code: 'message-too-long',
  text: `Content-Length makes a message in a stream longer than ${MAX_MESSAGE >> 20} MiB; its headers are shown without the body.`,
};
