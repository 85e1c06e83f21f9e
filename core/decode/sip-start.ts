/**
 * Whether bytes begin like a SIP message (RFC 3261 7.1, 7.2), told from the first line alone, so that it works on any port.
 */

const SPACE = 0x20;
/** No method in use is longer than 20; RFC 4475 tests one of 42. */
export const MAX_METHOD = 64;

/** The first place at or behind `at` that is neither CR nor LF. */
export function skipLineEnds(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && (bytes[next] === 13 || bytes[next] === 10)) next++;
  return next;
}

/** `SIP/2.0 ` stands at `at`. */
export function versionAt(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    end - at >= 7 &&
    ((bytes[at] as number) | 0x20) === 0x73 &&
    ((bytes[at + 1] as number) | 0x20) === 0x69 &&
    ((bytes[at + 2] as number) | 0x20) === 0x70 &&
    bytes[at + 3] === 0x2f &&
    isDigit(bytes[at + 4] as number) &&
    bytes[at + 5] === 0x2e &&
    isDigit(bytes[at + 6] as number)
  );
}

/**
 * A status line, or a request line that ends in `SIP/x.y`; where the bytes end within the request line, one with an
 * address that SIP uses. Any method will do: extensions are SIP, too.
 */
export function looksLikeSip(bytes: Uint8Array, at: number, end: number): boolean {
  if (versionAt(bytes, at, end)) return end - at >= 11 && bytes[at + 7] === SPACE && isDigit(bytes[at + 8] as number);
  let next = at | 0;
  const methodLimit = (end - at < MAX_METHOD ? end : at + MAX_METHOD) | 0;
  while (next < methodLimit && isToken(bytes[next] as number)) next = (next + 1) | 0;
  if (next === at || next >= end || bytes[next] !== SPACE) return false;
  // The line's last word has to be the version: look at the end of the line only.
  let line = (next + 1) | 0;
  while (line < end && bytes[line] !== 10) line = (line + 1) | 0;
  if (endsInVersion(bytes, next, requestLineEnd(bytes, next, line))) return true;
  return line >= end && unfinishedRequestLine(bytes, next + 1, end);
}

/** Where the request line ends that begins at `at`: at `lineFeed`, or at a lone CR before it where the version stands there. */
export function requestLineEnd(bytes: Uint8Array, at: number, lineFeed: number): number {
  if (endsInVersion(bytes, at, lineFeed)) return lineFeed;
  let next = at;
  while (next < lineFeed && bytes[next] !== 13) next++;
  return endsInVersion(bytes, at, next) ? next : lineFeed;
}

/** The version is the last word of `[at, end)`, and not the only one. */
function endsInVersion(bytes: Uint8Array, at: number, end: number): boolean {
  let last = end;
  while (last > at && isSpace(bytes[last - 1] as number)) last--;
  return last - 8 > at && isSpace(bytes[last - 8] as number) && versionAt(bytes, last - 7, last);
}

/** A request line cut off before its end: what follows the method has to be an address that SIP uses. */
function unfinishedRequestLine(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    startsWith(bytes, at, end, 'sip:') ||
    startsWith(bytes, at, end, 'sips:') ||
    startsWith(bytes, at, end, 'tel:') ||
    startsWith(bytes, at, end, 'urn:')
  );
}

function startsWith(bytes: Uint8Array, at: number, end: number, word: string): boolean {
  if (end - at < word.length) return false;
  for (let i = 0; i < word.length; i++)
    if (((bytes[at + i] as number) | 0x20) !== (word.charCodeAt(i) | 0x20)) return false;
  return true;
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Space, tab, CR. */
export function isSpace(byte: number): boolean {
  return byte <= SPACE && (byte === SPACE || byte === 9 || byte === 13);
}

/** `token` of RFC 3261 25.1. */
export function isToken(byte: number): boolean {
  return token[byte] === 1;
}

const token = new Uint8Array(256);
for (const byte of new TextEncoder().encode("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~"))
  token[byte] = 1;
