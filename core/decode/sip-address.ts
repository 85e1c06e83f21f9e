/** Addresses in From, To, Contact, Route and the like (RFC 3261 20.10, 25.1: name-addr, addr-spec). */
import { bracketEnd, skipBlanks, trimEnd, unquoted } from './sip-params.ts';
import { elements, fieldText, readParams, unquotedText, type Param } from './sip-values.ts';

/** Where the parts of an address lie; used again for each. A part that is missing has `…At === …End`. */
export class AddressSpan {
  /** Display name as written, with its quotes. */
  displayAt = 0;
  displayEnd = 0;
  /** The URI without angle brackets. */
  uriAt = 0;
  uriEnd = 0;
  /** Behind the `>`, or behind the URI where there are no brackets. */
  addressEnd = 0;
  /** The first `;` behind the address, or the end. */
  paramsAt = 0;
  /** It began with `<` and had no `>`: what follows up to the end or a `;` was taken for the URI. */
  unclosed = false;

  /** Finds the parts of the address that fills `bytes[from, to)` (one element of a list). */
  read(bytes: Uint8Array, from: number, to: number): void {
    const at = skipBlanks(bytes, from, to);
    const end = trimEnd(bytes, at, to);
    const open = unquoted(bytes, at, end, 0x3c);
    this.unclosed = false;
    if (open === end) {
      // Without brackets a semicolon ends the URI: parameters behind it are the header's (20.10).
      this.displayAt = this.displayEnd = this.uriAt = at;
      this.paramsAt = unquoted(bytes, at, end, 0x3b);
      this.uriEnd = this.addressEnd = trimEnd(bytes, at, this.paramsAt);
      return;
    }
    this.displayAt = at;
    this.displayEnd = trimEnd(bytes, at, open);
    const close = bracketEnd(bytes, open, end);
    this.unclosed = close < 0;
    this.addressEnd = close < 0 ? unquoted(bytes, open + 1, end, 0x3b) : close;
    this.uriAt = skipBlanks(bytes, open + 1, this.addressEnd);
    this.uriEnd = trimEnd(bytes, this.uriAt, close < 0 ? this.addressEnd : close - 1);
    this.paramsAt = unquoted(bytes, this.addressEnd, end, 0x3b);
  }
}

/** An address as text. */
export interface Address {
  /** Without quotes and escapes; null where there is none. */
  readonly display: string | null;
  /** As on the wire, without brackets; `*` in `Contact: *`. */
  readonly uri: string;
  /** Parameters of the header, not those of the URI. */
  readonly params: readonly Param[];
}

/** Reads the address that fills `bytes[from, to)`. The URI is '' where there is none. */
export function readAddress(bytes: Uint8Array, from = 0, to = bytes.length): Address {
  const span = new AddressSpan();
  span.read(bytes, from, to);
  const { displayAt, displayEnd } = span;
  return {
    display: displayAt < displayEnd ? unquotedText(bytes, displayAt, displayEnd) : null,
    uri: fieldText(bytes, span.uriAt, span.uriEnd),
    params: readParams(bytes, span.paramsAt, to),
  };
}

/** Reads the addresses of a list, apart by commas; empty elements are left out. */
export function readAddresses(bytes: Uint8Array, from = 0, to = bytes.length): Address[] {
  const found: Address[] = [];
  const places = elements(bytes, from, to, 0x2c);
  for (let i = 0; i < places.length; i += 2) {
    const at = places[i] as number;
    const end = places[i + 1] as number;
    if (at < end) found.push(readAddress(bytes, at, end));
  }
  return found;
}
