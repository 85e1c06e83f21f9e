/** Via values (RFC 3261 20.42, 25.1; RFC 3581 for rport). */
import { isBlank, skipBlanks, trimEnd, unquoted } from './sip-params.ts';
import { isDigit } from './sip-start.ts';
import { elements, fieldText, paramValue, readParams, type Param } from './sip-values.ts';

/** One hop of the path a request came. */
export interface Via {
  /** `SIP/2.0` */
  readonly protocol: string;
  /** As written: `UDP`, `TCP`, `TLS`, `SCTP`, `WS` … */
  readonly transport: string;
  /** Sent-by, without the brackets of an IPv6 address. */
  readonly host: string;
  /** 0 to 65535; null where missing or not such a number. */
  readonly port: number | null;
  readonly branch: string | null;
  readonly received: string | null;
  /** The port of `rport=…`; null where missing, or asked for only. */
  readonly rport: number | null;
  /** `rport` stands there, with a value or without. */
  readonly asksRport: boolean;
  /** All of them, those above included. */
  readonly params: readonly Param[];
}

/** Reads the Via value that fills `bytes[from, to)`. Null where it has no protocol, transport and host. */
export function readVia(bytes: Uint8Array, from = 0, to = bytes.length): Via | null {
  // sent-protocol is three words with slashes, which may have white space around them (25.1: SLASH).
  const words: string[] = [];
  let next = skipBlanks(bytes, from, to);
  for (let word = 0; word < 3; word++) {
    const at = next;
    while (next < to && isWord(bytes[next] as number)) next++;
    if (next === at) return null;
    words.push(fieldText(bytes, at, next));
    next = skipBlanks(bytes, next, to);
    if (word === 2) break;
    if (next >= to || bytes[next] !== 0x2f) return null;
    next = skipBlanks(bytes, next + 1, to);
  }
  const paramsAt = unquoted(bytes, next, to, 0x3b);
  const end = trimEnd(bytes, next, paramsAt);
  if (next === end) return null;
  const params = readParams(bytes, paramsAt, to);
  const rport = paramValue(params, 'rport');
  const [host, port] = sentBy(bytes, next, end);
  return {
    protocol: `${words[0] ?? ''}/${words[1] ?? ''}`,
    transport: words[2] ?? '',
    host,
    port,
    branch: paramValue(params, 'branch'),
    received: paramValue(params, 'received'),
    rport: rport === null ? null : portOf(rport),
    asksRport: rport !== null,
    params,
  };
}

/** Reads the values of a Via line, apart by commas; empty elements and those that are no Via are left out. */
export function readVias(bytes: Uint8Array, from = 0, to = bytes.length): Via[] {
  const found: Via[] = [];
  const places = elements(bytes, from, to, 0x2c);
  for (let i = 0; i < places.length; i += 2) {
    const via = readVia(bytes, places[i], places[i + 1]);
    if (via !== null) found.push(via);
  }
  return found;
}

/** What ends a word of sent-protocol; that it is a token is left to those who look for faults. */
function isWord(byte: number): boolean {
  return !isBlank(byte) && byte !== 0x2f && byte !== 0x3b;
}

/** Host and port of `host`, `host:port`, `[v6]:port`; an IPv6 address without brackets is taken for a host as a whole. */
function sentBy(bytes: Uint8Array, from: number, to: number): [string, number | null] {
  let colon = to;
  while (colon > from && isDigit(bytes[colon - 1] as number)) colon--;
  const digits = colon;
  while (colon > from && (bytes[colon - 1] === 0x20 || bytes[colon - 1] === 9)) colon--;
  colon--;
  const bracket = bytes[from] === 0x5b;
  const hostEnd = colon > from && digits < to && bytes[colon] === 0x3a ? trimEnd(bytes, from, colon) : to;
  const text = fieldText(bytes, from, hostEnd);
  if (bracket) {
    const close = text.indexOf(']');
    return [
      text.slice(1, close === -1 ? text.length : close),
      hostEnd < to && close !== -1 ? portOf(fieldText(bytes, digits, to)) : null,
    ];
  }
  if (hostEnd === to) return [text, null];
  if (text.includes(':')) return [fieldText(bytes, from, to), null];
  return [text, portOf(fieldText(bytes, digits, to))];
}

function portOf(text: string): number | null {
  return /^\d{1,5}$/u.test(text) && Number(text) < 65_536 ? Number(text) : null;
}
