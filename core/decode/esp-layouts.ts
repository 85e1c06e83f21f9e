/**
 * Where things stand in ESP packets that are not encrypted (RFC 4303 2., RFC 2410): SPI, sequence number, perhaps an
 * initialisation vector, payload, padding, its length, next header, integrity check value (ICV). Neither the vector nor
 * the ICV says how long it is; these are the ones in use (RFC 5879 8.1), the usual ones first.
 */
export interface Layout {
  /** As the command names it. */
  readonly encryption: 'null' | 'aes-gmac';
  /** Bytes between the sequence number and the payload. */
  readonly iv: number;
  /** Bytes behind the next header; 0 where nothing is authenticated. */
  readonly icv: number;
}

export const layouts: readonly Layout[] = [
  // HMAC-MD5-96, HMAC-SHA-1-96, AES-XCBC-MAC-96, AES-CMAC-96.
  { encryption: 'null', iv: 0, icv: 12 },
  // HMAC-SHA-256-128.
  { encryption: 'null', iv: 0, icv: 16 },
  { encryption: 'null', iv: 0, icv: 0 },
  // HMAC-SHA-512-256, -384-192, HMAC-SHA-1-160.
  { encryption: 'null', iv: 0, icv: 32 },
  { encryption: 'null', iv: 0, icv: 24 },
  { encryption: 'null', iv: 0, icv: 20 },
  // AES-GMAC (RFC 4543).
  { encryption: 'aes-gmac', iv: 8, icv: 16 },
];

/**
 * Where the payload that begins at `at` ends, when behind it stand padding that counts 1, 2, 3 …, its length and the
 * next header, whose end is `end` (RFC 4303 2.4 to 2.6); -1 where they do not.
 */
export function payloadEnd(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < 2) return -1;
  const padding = bytes[end - 2] as number;
  const last = end - 2 - padding;
  if (last < at) return -1;
  for (let count = 1; count <= padding; count++) if (bytes[last + count - 1] !== count) return -1;
  return last;
}
