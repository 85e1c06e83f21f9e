/**
 * Bodies (RFC 3261 7.4; RFC 2045, 2046 5.1 for multipart; RFC 5621): one part, or those of a multipart body with nested
 * ones put in line. Nothing is decompressed: a part whose Content-Encoding is not identity is shown as it is.
 */
import { wireText } from '../bytes/text.ts';
import { readSdp, type SessionDescription } from './sdp.ts';
import { fullFaults } from './sip-faults.ts';
import { note, readHeaders, type Noted, type SipHeader } from './sip-lines.ts';
import { skipBlanks, trimEnd, unquoted } from './sip-params.ts';
import { fieldText, paramValue, readParams, type Param } from './sip-values.ts';

export interface ContentType {
  /** In small letters: `application/sdp`. */
  readonly type: string;
  readonly params: readonly Param[];
}

export interface Part {
  /** As written, parameters included; null where nothing says. */
  readonly contentType: string | null;
  /** Those of the part; none for a body that is not multipart (they are the message's). */
  readonly headers: readonly SipHeader[];
  /** Offsets in the message. */
  readonly at: number;
  readonly end: number;
  /** Null where the bytes are not text. */
  readonly text: string | null;
  readonly sdp: SessionDescription | null;
}

const MAX_PARTS = 256;
const MAX_DEPTH = 8;

/** Reads a Content-Type that fills `bytes[from, to)`: type and subtype, and parameters. */
export function readContentType(bytes: Uint8Array, from = 0, to = bytes.length): ContentType {
  const params = unquoted(bytes, from, to, 0x3b);
  const at = skipBlanks(bytes, from, params);
  const type = fieldText(bytes, at, trimEnd(bytes, at, params)).toLowerCase();
  return { type: type.replaceAll(/\s*\/\s*/gu, '/'), params: readParams(bytes, params, to) };
}

/**
 * The parts of the body in `bytes[at, end)`; none where it is empty.
 * @param headers of the message, for Content-Type
 * @param faults what is wrong with a multipart body is added here
 */
export function readParts(
  bytes: Uint8Array,
  at: number,
  end: number,
  headers: readonly SipHeader[],
  faults: Noted[],
): Part[] {
  const parts: Part[] = [];
  if (at < end) addPart(bytes, at, end, headers, [], faults, parts, 0);
  return parts;
}

/** @param described headers that say what the bytes are; @param own headers to list with the part */
function addPart(
  bytes: Uint8Array,
  at: number,
  end: number,
  described: readonly SipHeader[],
  own: readonly SipHeader[],
  faults: Noted[],
  parts: Part[],
  depth: number,
): void {
  if (parts.length >= MAX_PARTS) return;
  const header = described.find(({ canonical }) => canonical === 'Content-Type');
  const type = header === undefined ? null : readContentType(bytes, header.valueAt, header.end);
  if (type?.type.startsWith('multipart/') === true) {
    if (depth >= MAX_DEPTH) note(faults, fullFaults.tooManyParts, at);
    else if (addMultipart(bytes, at, end, type, faults, parts, depth)) return;
  }
  const text = textOf(bytes, at, end, type?.type ?? '');
  const isSdp = type === null ? text?.startsWith('v=0') === true : type.type === 'application/sdp';
  const sdp = text !== null && isSdp ? readSdp(text) : null;
  parts.push({ contentType: header?.value ?? null, headers: own, at, end, text, sdp });
}

/** False where the boundary is not named or does not occur: the body is one part, then. */
function addMultipart(
  bytes: Uint8Array,
  at: number,
  end: number,
  type: ContentType,
  faults: Noted[],
  parts: Part[],
  depth: number,
): boolean {
  const boundary = new TextEncoder().encode(paramValue(type.params, 'boundary') ?? '');
  let mark = boundary.length === 0 ? -1 : delimiter(bytes, at, end, boundary);
  if (mark < 0) {
    note(faults, fullFaults.noBoundary, at);
    return false;
  }
  for (;;) {
    const behind = mark + 2 + boundary.length;
    if (bytes[behind] === 0x2d && bytes[behind + 1] === 0x2d && behind + 2 <= end) return true;
    if (parts.length >= MAX_PARTS) {
      note(faults, fullFaults.tooManyParts, mark);
      return true;
    }
    const start = Math.min(nextLine(bytes, behind, end), end);
    const next = delimiter(bytes, start, end, boundary);
    addSection(bytes, start, next < 0 ? end : contentEnd(bytes, start, next), faults, parts, depth);
    if (next < 0) {
      note(faults, fullFaults.multipartUnfinished, end);
      return true;
    }
    mark = next;
  }
}

/** One section between delimiters: headers, an empty line, content. */
function addSection(bytes: Uint8Array, at: number, end: number, faults: Noted[], parts: Part[], depth: number): void {
  const headers: SipHeader[] = [];
  const body = readHeaders(bytes, at, end, headers, faults);
  addPart(bytes, Math.min(body, end), end, headers, headers, faults, parts, depth + 1);
}

/** Where the next line begins with `--` and the boundary; -1 where none does. */
function delimiter(bytes: Uint8Array, at: number, end: number, boundary: Uint8Array): number {
  for (let line = at; line < end; line = nextLine(bytes, line, end)) {
    if (bytes[line] !== 0x2d || bytes[line + 1] !== 0x2d || line + 2 + boundary.length > end) continue;
    let same = 0;
    while (same < boundary.length && bytes[line + 2 + same] === boundary[same]) same++;
    if (same === boundary.length && isDelimiterEnd(bytes, line + 2 + same, end)) return line;
  }
  return -1;
}

/** Behind a boundary there are only `--`, white space and the line end: another one may begin with the same letters. */
function isDelimiterEnd(bytes: Uint8Array, at: number, end: number): boolean {
  let next = at;
  if (next + 2 <= end && bytes[next] === 0x2d && bytes[next + 1] === 0x2d) next += 2;
  while (next < end && (bytes[next] === 0x20 || bytes[next] === 9 || bytes[next] === 13)) next++;
  return next === end || bytes[next] === 10;
}

function nextLine(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] !== 10) next++;
  return next + 1;
}

/** The line end before a delimiter belongs to the delimiter. */
function contentEnd(bytes: Uint8Array, from: number, delimiterAt: number): number {
  let last = delimiterAt;
  if (last > from && bytes[last - 1] === 10) last--;
  if (last > from && bytes[last - 1] === 13) last--;
  return last;
}

/** Types that are text whatever bytes stand there. */
const textual = /^(?:text\/|message\/)|[/+](?:sdp|xml|json)$/u;

/** The bytes as text; of other types null where they hold control characters that no text holds, or are not UTF-8. */
function textOf(bytes: Uint8Array, at: number, end: number, type: string): string | null {
  const part = bytes.subarray(at, end);
  if (textual.test(type)) return wireText(part);
  let plain = true;
  for (const byte of part) {
    if (byte < 0x20 && byte !== 10 && byte !== 13 && byte !== 9 && byte !== 12 && byte !== 27) return null;
    if (byte >= 0x80) plain = false;
  }
  const text = wireText(part);
  // UTF-8 has fewer characters than bytes; as many came out byte by byte.
  return plain || text.length < part.length ? text : null;
}
