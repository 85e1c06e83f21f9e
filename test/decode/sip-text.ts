import { utf8 } from '../../core/bytes/text.ts';

/** A SIP message written as text: lines of a template, its first line end dropped, CRLF on the wire. */
export function sip(text: string): Uint8Array {
  return utf8(text.replace(/^\n/u, '').replaceAll('\n', '\r\n'));
}

/** Bytes put one behind the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
