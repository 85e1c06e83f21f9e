const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const bytewise = new TextDecoder('latin1');
const encoder = new TextEncoder();

/** Bytes from the wire as text: UTF-8 (RFC 3261 7.), and byte by byte as Latin-1 where they are not valid UTF-8. Never throws. */
export function wireText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return bytewise.decode(bytes);
  }
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Bytes that are a token by their grammar (Call-ID, tag, branch, method) as text: what is not UTF-8 becomes U+FFFD, as
 * in other decoders, since no character set was meant. Never throws.
 */
export function tokenText(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/** Text as UTF-8 bytes. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Text of the characters 0 to 127 that stands in `bytes[from, to)`; other bytes come out as in Latin-1. For short ranges. */
export function ascii(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at] as number);
  return text;
}
