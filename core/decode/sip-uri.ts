/**
 * URIs as SIP uses them: sip and sips (RFC 3261 19.1, 25.1), tel (RFC 3966), urn and others. As offsets for filters, as
 * text for readers.
 */
import { isDigit } from './sip-start.ts';
import { same, trimEnd } from './sip-params.ts';
import { fieldText, readParams, type Param } from './sip-values.ts';

/**
 * Where the parts of a URI lie; used again for each. A part that is missing has `…At === …End`. Percent escapes are as
 * on the wire.
 */
export class UriSpan {
  schemeAt = 0;
  schemeEnd = 0;
  /** Behind the colon of the scheme: of a URI nobody knows the parts of, all there is to tell. */
  restAt = 0;
  /** User of sip and sips, up to a colon; the number of tel. */
  userAt = 0;
  userEnd = 0;
  passwordAt = 0;
  passwordEnd = 0;
  /** Without the brackets of an IPv6 address. Empty for tel. */
  hostAt = 0;
  hostEnd = 0;
  portAt = 0;
  portEnd = 0;
  /** Behind the first `;`, and behind `?`. */
  paramsAt = 0;
  paramsEnd = 0;
  headersAt = 0;
  headersEnd = 0;

  /** Finds the parts of the URI in `bytes[from, to)`. False where it has no scheme; then all parts are empty. */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    this.schemeAt = this.schemeEnd = from;
    this.restAt = this.userAt = this.userEnd = this.passwordAt = this.passwordEnd = to;
    this.hostAt = this.hostEnd = this.portAt = this.portEnd = to;
    this.paramsAt = this.paramsEnd = this.headersAt = this.headersEnd = to;
    const colon = schemeEnd(bytes, from, to);
    if (colon < 0) return false;
    this.schemeEnd = colon;
    this.restAt = colon + 1;
    if (isTel(bytes, from, colon)) this.tel(bytes, to);
    else if (isSip(bytes, from, colon) || hasUser(bytes, colon + 1, to)) this.sip(bytes, to);
    return true;
  }

  private tel(bytes: Uint8Array, to: number): void {
    let next = this.restAt;
    while (next < to && bytes[next] !== 0x3b) next++;
    this.userAt = this.restAt;
    this.userEnd = next;
    if (next < to) this.paramsAt = next + 1;
  }

  private sip(bytes: Uint8Array, to: number): void {
    // Of the userinfo only its `@` is certain: a user may hold ; ? and / (25.1: user-unreserved).
    let at = -1;
    let next = this.restAt;
    for (; next < to; next++) {
      const byte = bytes[next];
      if (byte === 0x40) at = next;
      // A second `@` is the end of a user that should have been escaped, as long as the host has not ended.
      else if (at >= 0 && (byte === 0x3b || byte === 0x3f)) break;
    }
    const host = at < 0 ? this.restAt : at + 1;
    if (at >= 0) this.userinfo(bytes, at);
    next = host;
    while (next < to && bytes[next] !== 0x3b && bytes[next] !== 0x3f) next++;
    this.hostport(bytes, host, next);
    if (next < to && bytes[next] === 0x3b) {
      this.paramsAt = next + 1;
      while (next < to && bytes[next] !== 0x3f) next++;
      this.paramsEnd = next;
    }
    if (next < to) this.headersAt = next + 1;
  }

  private userinfo(bytes: Uint8Array, at: number): void {
    let next = this.restAt;
    while (next < at && bytes[next] !== 0x3a) next++;
    this.userAt = this.restAt;
    this.userEnd = next;
    if (next === at) return;
    this.passwordAt = next + 1;
    this.passwordEnd = at;
  }

  /** `host`, `host:port`, `[v6]`, `[v6]:port`. An IPv6 address without brackets is taken for a host as a whole. */
  private hostport(bytes: Uint8Array, from: number, to: number): void {
    this.hostAt = from;
    this.hostEnd = to;
    let colon = -1;
    if (bytes[from] === 0x5b && from < to) {
      let close = from;
      while (close < to && bytes[close] !== 0x5d) close++;
      this.hostAt = from + 1;
      this.hostEnd = close;
      if (close + 1 < to && bytes[close + 1] === 0x3a) colon = close + 1;
    } else {
      for (let next = from; next < to; next++) {
        if (bytes[next] !== 0x3a) continue;
        if (colon >= 0) return;
        colon = next;
      }
      if (colon < 0) return;
      this.hostEnd = trimEnd(bytes, from, colon);
    }
    if (colon < 0) return;
    this.portAt = colon + 1;
    this.portEnd = to;
  }
}

function isTel(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from === 3 && same(bytes, from, 'tel');
}

function isSip(bytes: Uint8Array, from: number, to: number): boolean {
  return (to - from === 3 && same(bytes, from, 'sip')) || (to - from === 4 && same(bytes, from, 'sips'));
}

/** Other schemes that hold `user@host` (pres, im, mailto), and not a path or a name of their own (http, urn). */
function hasUser(bytes: Uint8Array, from: number, to: number): boolean {
  for (let next = from; next < to && bytes[next] !== 0x2f; next++) if (bytes[next] === 0x40) return true;
  return false;
}

/** Where the colon behind a scheme is (RFC 3986 3.1), -1 where there is none. */
function schemeEnd(bytes: Uint8Array, from: number, to: number): number {
  let next = from;
  while (next < to) {
    const byte = bytes[next] as number;
    if (byte === 0x3a) return next > from ? next : -1;
    const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
    if (!letter && (next === from || !(isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e))) return -1;
    next++;
  }
  return -1;
}

/** A URI as text; its parts with percent escapes as on the wire (see `unescaped`). */
export interface Uri {
  /** In small letters. */
  readonly scheme: string;
  /** Number of a tel URI. */
  readonly user: string | null;
  readonly password: string | null;
  /** Without the brackets of an IPv6 address; null where the scheme has none (tel, urn). */
  readonly host: string | null;
  /** 0 to 65535; null where missing or not such a number. */
  readonly port: number | null;
  readonly params: readonly Param[];
  readonly headers: readonly Param[];
}

/** Reads the URI that fills `bytes[from, to)`; null where it has no scheme. */
export function readUri(bytes: Uint8Array, from = 0, to = bytes.length): Uri | null {
  const span = new UriSpan();
  if (!span.read(bytes, from, to)) return null;
  const text = (at: number, end: number): string | null => (at < end ? fieldText(bytes, at, end) : null);
  const port = text(span.portAt, span.portEnd);
  return {
    scheme: fieldText(bytes, span.schemeAt, span.schemeEnd).toLowerCase(),
    user: text(span.userAt, span.userEnd),
    password: text(span.passwordAt, span.passwordEnd),
    host: text(span.hostAt, span.hostEnd),
    port: port !== null && /^\d{1,5}$/u.test(port) && Number(port) < 65_536 ? Number(port) : null,
    params: readParams(bytes, span.paramsAt, span.paramsEnd),
    headers: readParams(bytes, span.headersAt, span.headersEnd, 0x26),
  };
}

/** Text with its percent escapes resolved, as UTF-8; escapes that are broken stay as they are. Never throws. */
export function unescaped(text: string): string {
  if (!text.includes('%')) return text;
  return text.replaceAll(/(?:%[0-9a-f]{2})+/giu, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
