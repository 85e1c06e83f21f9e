/** Header lines taken apart for a reader (RFC 3261 7.3): folded ones put together, names recognised, places kept. */
import type { FaultKind } from './faults.ts';
import { fullFaults } from './sip-faults.ts';
import { canonicalName } from './sip-headers.ts';
import { isFold, skipBlanks, trimEnd } from './sip-params.ts';
import { isToken } from './sip-start.ts';
import { fieldText } from './sip-values.ts';

/** A header as it stood on the wire. */
export interface SipHeader {
  /** As written. */
  readonly name: string;
  /** Long name in the spelling of its RFC (`Call-ID` for `i`). */
  readonly canonical: string;
  /** Unfolded, without surrounding white space. */
  readonly value: string;
  /** Offsets of the header, from its name to the end of its value. */
  readonly at: number;
  readonly end: number;
  /** Where the value begins. */
  readonly valueAt: number;
}

/** A fault, and the offset in the message where it is; null where something is missing. */
export interface Noted {
  readonly code: string;
  readonly text: string;
  readonly at: number | null;
}

/** Faults that are kept of one message. */
const MAX_FAULTS = 64;

export function note(faults: Noted[], kind: FaultKind, at: number | null): void {
  if (faults.length < MAX_FAULTS) faults.push({ code: kind.code, text: kind.text, at });
}

/** Reads the header lines in `bytes[at, end)` into `headers`, and returns where the body begins: behind the empty line, or `end` where there is none. */
export function readHeaders(bytes: Uint8Array, at: number, end: number, headers: SipHeader[], faults: Noted[]): number {
  let line = at;
  while (line < end) {
    if (bytes[line] === 10) return line + 1;
    if (bytes[line] === 13 && line + 1 < end && bytes[line + 1] === 10) return line + 2;
    const stop = headerEnd(bytes, line, end);
    readHeader(bytes, line, stop, headers, faults);
    line = stop + 1;
  }
  return end;
}

/** The line end that no white space follows, or `end`. */
function headerEnd(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  for (;;) {
    while (next < end && bytes[next] !== 10) next++;
    if (next + 1 >= end || !isFold(bytes[next + 1] as number)) return Math.min(next, end);
    next++;
  }
}

function readHeader(bytes: Uint8Array, at: number, stop: number, headers: SipHeader[], faults: Noted[]): void {
  let colon = at;
  while (colon < stop && bytes[colon] !== 0x3a) colon++;
  const nameEnd = trimEnd(bytes, at, colon);
  if (colon === stop || nameEnd === at) {
    note(faults, fullFaults.lineWithoutColon, at);
    return;
  }
  for (let next = at; next < nameEnd; next++) {
    if (isToken(bytes[next] as number)) continue;
    note(faults, fullFaults.badHeaderName, next);
    break;
  }
  const name = fieldText(bytes, at, nameEnd);
  const valueAt = skipBlanks(bytes, colon + 1, stop);
  const end = trimEnd(bytes, valueAt, stop);
  headers.push({ name, canonical: canonicalName(name), value: fieldText(bytes, valueAt, end), at, end, valueAt });
}
