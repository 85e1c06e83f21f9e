/**
 * The small grammar that SIP header values share (RFC 3261 25.1): white space, quoted strings with escapes, and
 * `;name=value` parameters. Everything works on bytes and offsets, within `[from, to)`; text is made by whoever shows it.
 */

import { isDigit } from './sip-start.ts';

/** Space, tab, CR, LF: what may stand between the words of a folded header. */
export function isBlank(byte: number): boolean {
  return byte <= 0x20 && (byte === 0x20 || byte === 9 || byte === 13 || byte === 10);
}

/** Space and tab: a line that begins with one goes on with the header before it (7.3.1). */
export function isFold(byte: number): boolean {
  return byte === 0x20 || byte === 9;
}

/** The first place at or behind `from` that is not blank; `to` where there is none. */
export function skipBlanks(bytes: Uint8Array, from: number, to: number): number {
  let next = from;
  while (next < to && isBlank(bytes[next] as number)) next++;
  return next;
}

/** Where `[from, to)` ends without its trailing blanks; `from` where there is nothing else. */
export function trimEnd(bytes: Uint8Array, from: number, to: number): number {
  let last = to;
  while (last > from && isBlank(bytes[last - 1] as number)) last--;
  return last;
}

/** Whether `word` (lower case letters, digits and `-`) stands at `at`, in any case. The caller has checked that its length fits. */
export function same(bytes: Uint8Array, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const want = word.charCodeAt(i);
    const byte = bytes[at + i] as number;
    if (byte !== want && (want < 0x61 || (byte | 0x20) !== want)) return false;
  }
  return true;
}

/** Whether `[a, aEnd)` and `[b, bEnd)` hold the same bytes. */
export function sameBytes(bytes: Uint8Array, a: number, aEnd: number, b: number, bEnd: number): boolean {
  if (aEnd - a !== bEnd - b) return false;
  for (let i = 0; i < aEnd - a; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}

/** Up to ten decimal digits that fill the range, at most `limit`; -1 for anything else. */
export function decimal(bytes: Uint8Array, from: number, to: number, limit: number): number {
  if (from >= to || to - from > 10) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (!isDigit(byte)) return -1;
    value = value * 10 + byte - 0x30;
  }
  return value > limit ? -1 : value;
}

/**
 * The place behind the quote that closes the quoted string which opens at `from` (a `"`). -1 where none closes it: the
 * quote is then a stray one, and so is every other behind it (or a line of them would be read again and again).
 */
export function quotedEnd(bytes: Uint8Array, from: number, to: number): number {
  let next = from + 1;
  while (next < to) {
    const byte = bytes[next] as number;
    if (byte === 0x22) return next + 1;
    next += byte === 0x5c ? 2 : 1;
  }
  return -1;
}

/** The place behind the `>` that closes the bracket which opens at `from`; -1 where none does. */
export function bracketEnd(bytes: Uint8Array, from: number, to: number): number {
  let next = from + 1;
  while (next < to) if (bytes[next++] === 0x3e) return next;
  return -1;
}

/** The first `mark` outside quoted strings and `<…>`; `to` where there is none. A quote or bracket that nothing closes is an ordinary byte. */
export function unquoted(bytes: Uint8Array, from: number, to: number, mark: number): number {
  let next = from;
  let quotes = true;
  let brackets = true;
  while (next < to) {
    const byte = bytes[next] as number;
    if (byte === mark) return next;
    let close = -1;
    if (byte === 0x22 && quotes) quotes = (close = quotedEnd(bytes, next, to)) >= 0;
    else if (byte === 0x3c && brackets) brackets = (close = bracketEnd(bytes, next, to)) >= 0;
    next = close < 0 ? next + 1 : close;
  }
  return to;
}

/**
 * Where the value of a header parameter begins (`;tag=`, `;branch=`), outside quoted strings and `<…>`. -1 where it is
 * not there or has no `=`. `name` in lower case.
 */
export function parameter(bytes: Uint8Array, from: number, to: number, name: string): number {
  let next = from;
  let quotes = true;
  let brackets = true;
  while (next < to) {
    const byte = bytes[next] as number;
    if (byte === 0x3b) {
      next = skipBlanks(bytes, next + 1, to);
      if (to - next <= name.length || !same(bytes, next, name)) continue;
      const equals = skipBlanks(bytes, next + name.length, to);
      if (equals < to && bytes[equals] === 0x3d) return skipBlanks(bytes, equals + 1, to);
      continue;
    }
    let close = -1;
    if (byte === 0x22 && quotes) quotes = (close = quotedEnd(bytes, next, to)) >= 0;
    else if (byte === 0x3c && brackets) brackets = (close = bracketEnd(bytes, next, to)) >= 0;
    next = close < 0 ? next + 1 : close;
  }
  return -1;
}

/** Where a parameter's value (token, host or quoted string) that begins at `from` ends. */
export function valueEnd(bytes: Uint8Array, from: number, to: number): number {
  if (from < to && bytes[from] === 0x22) {
    const close = quotedEnd(bytes, from, to);
    if (close >= 0) return close;
  }
  let next = from;
  while (next < to) {
    const byte = bytes[next] as number;
    if (byte === 0x3b || byte === 0x2c || byte === 0x3e || byte === 0x3f || isBlank(byte)) break;
    next++;
  }
  return next;
}
