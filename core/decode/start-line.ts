/**
 * Finding where SIP messages begin in a stream (RFC 3261 7.1, 7.2, 18.3): at its first line, behind a message, or at
 * some line after bytes were lost.
 */
import { isDigit, isSpace, isToken, looksLikeSip, MAX_METHOD, versionAt } from './sip-start.ts';

/** A first line may be this long. */
export const MAX_START_LINE = 8192;

/** Where the line feed is that ends the line; -1 where the line does not end before `end`. */
export function lineEnd(bytes: Uint8Array, at: number, end: number): number {
  for (let next = at; next < end; next++) if (bytes[next] === 10) return next;
  return -1;
}

/** Whether more bytes could make `[at, end)`, which holds no line end, the first line of a SIP (or HTTP) message. */
export function couldStart(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at > MAX_START_LINE) return false;
  const limit = Math.min(end, at + MAX_METHOD);
  let next = at;
  while (next < limit && isToken(bytes[next] as number)) next++;
  if (next === at) return false;
  if (next === end) return true;
  const behind = bytes[next] as number;
  if (behind === 0x2f) return couldBeVersion(bytes, at, end, next - at);
  if (behind !== 0x20) return false;
  // A Request-URI begins with its scheme; `*` and `/` are HTTP's.
  return next + 1 === end || isAlpha(bytes[next + 1] as number) || bytes[next + 1] === 0x2a || bytes[next + 1] === 0x2f;
}

/** `SIP/2.0 200` or `HTTP/1.1 101`, as far as it is there; `length` is that of the name. */
function couldBeVersion(bytes: Uint8Array, at: number, end: number, length: number): boolean {
  const name = length === 3 ? 'sip' : length === 4 ? 'http' : '';
  if (name === '') return false;
  for (let i = 0; i < length; i++) if (((bytes[at + i] as number) | 0x20) !== name.charCodeAt(i)) return false;
  const digits = '9.9 999';
  const count = Math.min(digits.length, end - at - length - 1);
  for (let i = 0; i < count; i++) {
    const byte = bytes[at + length + 1 + i] as number;
    if (digits[i] === '9' ? !isDigit(byte) : byte !== digits.charCodeAt(i)) return false;
  }
  return true;
}

/**
 * The first place in `[at, end)` where a SIP message begins: a start line at the beginning of a line, and behind it
 * something like a header where there is anything. `at` counts as the beginning of a line; a body that ended without a
 * line end may stand before a method. -1 where there is none.
 */
export function findStart(bytes: Uint8Array, at: number, end: number): number {
  let line = at;
  while (line < end) {
    const feed = lineEnd(bytes, line, end);
    if (feed < 0) return -1;
    if (feed - line > 10 && looksLikeSip(bytes, line, feed + 1) && headerFollows(bytes, feed + 1, end)) {
      const before = beforeMessage(bytes, line, feed);
      if (before >= 0) return line + before;
    }
    line = feed + 1;
  }
  return -1;
}

/** Where the last line of `[at, end)` begins, if it has no line end yet and could become a start line; -1 otherwise. */
export function unfinishedStart(bytes: Uint8Array, at: number, end: number): number {
  let line = end;
  const limit = Math.max(at, end - MAX_START_LINE);
  while (line > limit && bytes[line - 1] !== 10) line--;
  return line < end && (line === at || line > limit) && couldStart(bytes, line, end) ? line : -1;
}

/** A header name and a colon, or the beginning of one where the bytes end. */
function headerFollows(bytes: Uint8Array, at: number, end: number): boolean {
  let next = at;
  while (next < end && isToken(bytes[next] as number)) next++;
  if (next === end) return true;
  if (next === at) return false;
  while (next < end && (bytes[next] === 0x20 || bytes[next] === 9)) next++;
  return next === end || bytes[next] === 0x3a;
}

const KNOWN =
  'INVITE ACK BYE CANCEL OPTIONS REGISTER PRACK SUBSCRIBE NOTIFY PUBLISH INFO REFER MESSAGE UPDATE KDMQ SIP/2.0'
    .split(' ')
    .map((word) => Uint8Array.from(word, (letter) => letter.charCodeAt(0)));

/** A start line stands at `at` that begins with a method everybody knows, or with the version. */
export function knownStartAt(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    KNOWN.some((word) => startsWith(bytes, at, end, word) && bytes[at + word.length] === 0x20) &&
    looksLikeSip(bytes, at, end)
  );
}

/**
 * What may stand before a message in a line that looks like a start line, where lost bytes, or a body without a line end
 * at its end, may have been before `at`: how many bytes of `[at, feed)` belong to something else, because behind them
 * stands a request line with a method everybody knows. -1 where only the end of such a method is there (`NVITE`), or
 * none; 0 for a start line that begins at `at`.
 */
export function beforeMessage(bytes: Uint8Array, at: number, feed: number): number {
  if (versionAt(bytes, at, feed)) return 0;
  let first = at;
  while (first < feed && isToken(bytes[first] as number)) first++;
  if (KNOWN.some((word) => word.length === first - at && startsWith(bytes, at, first, word))) return 0;
  // From the end of the line: the version, the Request-URI, which has no spaces, and the method.
  let next = wordBefore(bytes, at, wordBefore(bytes, at, feed));
  while (next > at && isSpace(bytes[next - 1] as number)) next--;
  if (next > first) return knownBefore(bytes, at, next);
  if (
    KNOWN.some((word) => word.length > next - at && startsWith(bytes, at, next, word.subarray(word.length - next + at)))
  )
    return -1;
  return Math.max(0, knownBefore(bytes, at, next));
}

/** Offset in `[at, end)` of the method everybody knows that ends it; -1 where none does. */
function knownBefore(bytes: Uint8Array, at: number, end: number): number {
  for (const word of KNOWN)
    if (end - at >= word.length && startsWith(bytes, end - word.length, end, word)) return end - word.length - at;
  return -1;
}

/** Where the last word of `[at, end)` begins, white space behind it passed over. */
function wordBefore(bytes: Uint8Array, at: number, end: number): number {
  let next = end;
  while (next > at && isSpace(bytes[next - 1] as number)) next--;
  while (next > at && !isSpace(bytes[next - 1] as number)) next--;
  return next;
}

/** `word` stands at `at`. */
export function startsWith(bytes: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  if (end - at < word.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

function isAlpha(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
