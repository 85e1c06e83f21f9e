/** Header values taken apart for a reader: text without folds, elements of lists, parameters (RFC 3261 7.3.1, 25.1). */
import { wireText } from '../bytes/text.ts';
import { bracketEnd, isBlank, quotedEnd, skipBlanks, trimEnd } from './sip-params.ts';

/** A parameter of a header or URI. */
export interface Param {
  /** As written. */
  readonly name: string;
  /** Null where there is no `=`. Quoted strings come without their quotes and escapes. */
  readonly value: string | null;
}

/** `[from, to)` as text, lines that were folded put together with one space (7.3.1). */
export function fieldText(bytes: Uint8Array, from: number, to: number): string {
  const text = wireText(bytes.subarray(from, to));
  return text.includes('\n') ? text.replaceAll(/[ \t]*\r?\n[ \t]*/gu, ' ') : text;
}

/** What a quoted string in `[from, to)`, quotes included, says: its escapes are resolved. Other text comes as it is. */
export function unquotedText(bytes: Uint8Array, from: number, to: number): string {
  if (bytes[from] !== 0x22 || quotedEnd(bytes, from, to) !== to) return fieldText(bytes, from, to);
  return fieldText(bytes, from + 1, to - 1).replaceAll(/\\(?<character>[\s\S])/gu, '$<character>');
}

/**
 * The elements of `[from, to)` between `mark`s (a comma, a semicolon) that stand outside quoted strings and `<…>`, each
 * without surrounding blanks: where it begins, where it ends, and so on. Empty elements are among them. A quote or
 * bracket that nothing closes is an ordinary byte.
 */
export function elements(bytes: Uint8Array, from: number, to: number, mark: number): number[] {
  const places: number[] = [];
  let start = from;
  let next = from;
  let quotes = true;
  let brackets = true;
  while (next < to) {
    const byte = bytes[next] as number;
    let close = -1;
    if (byte === mark) {
      place(bytes, start, next, places);
      start = next + 1;
    } else if (byte === 0x22 && quotes) quotes = (close = quotedEnd(bytes, next, to)) >= 0;
    else if (byte === 0x3c && brackets) brackets = (close = bracketEnd(bytes, next, to)) >= 0;
    next = close < 0 ? next + 1 : close;
  }
  place(bytes, start, to, places);
  return places;
}

function place(bytes: Uint8Array, from: number, to: number, places: number[]): void {
  const at = skipBlanks(bytes, from, to);
  places.push(at, trimEnd(bytes, at, to));
}

/** The parameters in `[from, to)`, between `mark`s (a semicolon, or the comma of digest credentials); empty ones are left out. */
export function readParams(bytes: Uint8Array, from: number, to: number, mark = 0x3b): Param[] {
  const params: Param[] = [];
  const places = elements(bytes, from, to, mark);
  for (let i = 0; i < places.length; i += 2) {
    const at = places[i] as number;
    const end = places[i + 1] as number;
    if (at < end) params.push(readParam(bytes, at, end));
  }
  return params;
}

function readParam(bytes: Uint8Array, at: number, end: number): Param {
  let equals = at;
  while (equals < end && bytes[equals] !== 0x3d && bytes[equals] !== 0x22) equals++;
  if (equals === end || bytes[equals] !== 0x3d) return { name: fieldText(bytes, at, end), value: null };
  const value = skipBlanks(bytes, equals + 1, end);
  let valueEnd = end;
  // What is not quoted ends at white space; words behind it are nobody's.
  if (bytes[value] !== 0x22) for (valueEnd = value; valueEnd < end && !isBlank(bytes[valueEnd] as number); valueEnd++);
  return { name: fieldText(bytes, at, trimEnd(bytes, at, equals)), value: unquotedText(bytes, value, valueEnd) };
}

/** The value of the first parameter of that name, in any case: '' where it has none, null where it is missing. */
export function paramValue(params: readonly Param[], name: string): string | null {
  const wanted = name.toLowerCase();
  const param = params.find((candidate) => candidate.name.toLowerCase() === wanted);
  return param === undefined ? null : (param.value ?? '');
}
