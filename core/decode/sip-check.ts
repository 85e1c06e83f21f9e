/** What is wrong with a message: the faults noted while indexing, with their places, and those that only a full reading finds. */
import { AddressSpan } from './sip-address.ts';
import { fullFaults, SipFault, sipFaultKinds } from './sip-faults.ts';
import type { SipHead } from './sip-head.ts';
import { isListHeader } from './sip-headers.ts';
import { note, type Noted, type SipHeader } from './sip-lines.ts';
import { isBlank, quotedEnd, unquoted } from './sip-params.ts';
import { isSpace, isToken } from './sip-start.ts';
import { UriSpan } from './sip-uri.ts';
import { elements } from './sip-values.ts';
import { readVia } from './sip-via.ts';

/** Headers whose values are addresses. */
const addressed = new Set([
  'From',
  'To',
  'Contact',
  'Route',
  'Record-Route',
  'Path',
  'Service-Route',
  'Reply-To',
  'Refer-To',
  'Referred-By',
  'P-Asserted-Identity',
  'P-Preferred-Identity',
  'P-Associated-URI',
  'Diversion',
  'History-Info',
  'Remote-Party-ID',
]);
/** Headers in which a quote may stand alone: text. */
const free = new Set(['Subject', 'User-Agent', 'Server', 'Organization', 'Date']);

/** Adds to `faults` what is wrong with the message that `head` and `headers` were read from. */
export function checkMessage(bytes: Uint8Array, head: SipHead, headers: readonly SipHeader[], faults: Noted[]): void {
  for (const [bit, kind] of sipFaultKinds.entries()) {
    if ((head.faults & (1 << bit)) !== 0) note(faults, kind, placeOf(1 << bit, bytes, head, headers));
  }
  if (head.isRequest) checkRequestUri(bytes, head, faults);
  if (!singleSpaces(bytes, head)) note(faults, fullFaults.startLineSpaces, 0);
  for (const header of headers) {
    if (header.canonical === 'Via' || isListHeader(header.canonical)) checkList(bytes, header, faults);
    else if (addressed.has(header.canonical)) checkAddress(bytes, header.valueAt, header.end, faults);
    if (!free.has(header.canonical)) checkQuotes(bytes, header, faults);
  }
}

function placeOf(fault: number, bytes: Uint8Array, head: SipHead, headers: readonly SipHeader[]): number | null {
  const value = (name: string): number | null => headers.find(({ canonical }) => canonical === name)?.valueAt ?? null;
  switch (fault) {
    case SipFault.BadCSeq:
      return value('CSeq');
    case SipFault.CSeqMethod:
      return head.cseqMethodAt;
    case SipFault.ContentLengthBeyond:
    case SipFault.ContentLengthShort:
    case SipFault.BadContentLength:
      return value('Content-Length');
    case SipFault.BadMaxForwards:
      return value('Max-Forwards');
    case SipFault.HeadersUnfinished:
      return bytes.length;
    case SipFault.DuplicateHeader:
      return duplicateAt(headers);
    case SipFault.BareLineFeed:
    case SipFault.BadVersion:
      return 0;
    case SipFault.BadStatus:
      return Math.min(8, bytes.length);
    default:
      return null;
  }
}

const single = new Set(['From', 'To', 'Call-ID', 'CSeq', 'Content-Length']);

function duplicateAt(headers: readonly SipHeader[]): number | null {
  const first = new Map<string, SipHeader>();
  for (const header of headers) {
    const { canonical } = header;
    if (!single.has(canonical)) continue;
    const before = first.get(canonical);
    if (before === undefined) first.set(canonical, header);
    else if (canonical !== 'Content-Length' || before.value !== header.value) return header.at;
  }
  return null;
}

function checkRequestUri(bytes: Uint8Array, head: SipHead, faults: Noted[]): void {
  const { uriAt, uriEnd } = head;
  let good = uriAt < uriEnd && new UriSpan().read(bytes, uriAt, uriEnd);
  for (let at = uriAt; at < uriEnd; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x3c || byte === 0x3e || isBlank(byte)) good = false;
    if (byte !== 0x25) continue;
    if (at + 2 < uriEnd && isHex(bytes[at + 1] as number) && isHex(bytes[at + 2] as number)) continue;
    note(faults, fullFaults.badEscape, at);
    break;
  }
  if (!good) note(faults, fullFaults.badRequestUri, uriAt);
}

function isHex(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

/** 7.1, 7.2: the words of a start line are apart by one space each, and nothing stands around them. */
function singleSpaces(bytes: Uint8Array, head: SipHead): boolean {
  let end = head.headersAt;
  if (end > 0 && bytes[end - 1] === 10) end--;
  if (end > 0 && bytes[end - 1] === 13) end--;
  if (head.isRequest) return head.uriAt === head.methodEnd + 1 && end === (head.uriEnd === end ? end : head.uriEnd + 8);
  // A reason phrase may be empty, and hold spaces; the one before it is due all the same.
  return bytes[7] === 0x20 && !isSpace(bytes[8] as number) && (head.reasonAt <= 12 || head.status === 0) && end >= 12;
}

/** Elements of a list: none may be empty, and those of Via and addresses are what they have to be. */
function checkList(bytes: Uint8Array, header: SipHeader, faults: Noted[]): void {
  const places = elements(bytes, header.valueAt, header.end, 0x2c);
  // An empty Supported or Allow is legal, an empty element among others is not.
  if (places.length === 2 && places[0] === places[1] && !needsValue(header)) return;
  for (let i = 0; i < places.length; i += 2) {
    const at = places[i] as number;
    const end = places[i + 1] as number;
    if (at === end) note(faults, fullFaults.emptyElement, at);
    else if (header.canonical === 'Via') checkVia(bytes, at, end, faults);
    else if (addressed.has(header.canonical)) checkAddress(bytes, at, end, faults);
  }
}

function needsValue(header: SipHeader): boolean {
  return header.canonical === 'Via' || addressed.has(header.canonical);
}

function checkVia(bytes: Uint8Array, at: number, end: number, faults: Noted[]): void {
  const via = readVia(bytes, at, end);
  if (via === null || !/^[\w.!%*+`'~-]+$/u.test(via.transport) || !/^[\w.:-]+$/u.test(via.host))
    note(faults, fullFaults.badVia, at);
  checkParams(bytes, unquoted(bytes, at, end, 0x3b), end, faults);
}

function checkAddress(bytes: Uint8Array, at: number, end: number, faults: Noted[]): void {
  const span = new AddressSpan();
  span.read(bytes, at, end);
  const { uriAt, uriEnd } = span;
  if (span.unclosed) note(faults, fullFaults.unclosedBracket, at);
  const star = uriEnd - uriAt === 1 && bytes[uriAt] === 0x2a;
  let good = star || new UriSpan().read(bytes, uriAt, uriEnd);
  for (let next = uriAt; next < uriEnd && good; next++) if (isBlank(bytes[next] as number)) good = false;
  // Within brackets no blank may stand beside the URI either.
  if (good && span.addressEnd > uriEnd && !span.unclosed) good = bytes[uriEnd] === 0x3e && bytes[uriAt - 1] === 0x3c;
  // 20.10: an address with a question mark has to stand in brackets.
  if (span.addressEnd === uriEnd) for (let next = uriAt; next < uriEnd; next++) if (bytes[next] === 0x3f) good = false;
  if (!good) note(faults, fullFaults.badAddress, uriAt);
  checkDisplayName(bytes, span, faults);
  checkParams(bytes, span.paramsAt, end, faults);
}

/** 25.1: a quoted string, or tokens. */
function checkDisplayName(bytes: Uint8Array, { displayAt, displayEnd }: AddressSpan, faults: Noted[]): void {
  if (bytes[displayAt] === 0x22) return;
  for (let next = displayAt; next < displayEnd; next++) {
    if (isToken(bytes[next] as number) || isBlank(bytes[next] as number)) continue;
    note(faults, fullFaults.badDisplayName, next);
    return;
  }
}

/** `;` and what follows: nothing may be empty between semicolons. */
function checkParams(bytes: Uint8Array, from: number, to: number, faults: Noted[]): void {
  if (from >= to) return;
  const places = elements(bytes, from + 1, to, 0x3b);
  for (let i = 0; i < places.length; i += 2) {
    if (places[i] !== places[i + 1]) continue;
    note(faults, fullFaults.emptyElement, places[i] as number);
    return;
  }
}

function checkQuotes(bytes: Uint8Array, header: SipHeader, faults: Noted[]): void {
  let next = header.valueAt;
  while (next < header.end) {
    if (bytes[next] === 0x22) {
      const close = quotedEnd(bytes, next, header.end);
      if (close < 0) {
        note(faults, fullFaults.unclosedQuote, next);
        return;
      }
      next = close;
    } else next++;
  }
}
