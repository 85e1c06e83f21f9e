/** TLS records (RFC 8446 5.1, RFC 5246 6.2.1), told from their header only. */

/** Largest record: 2^14 bytes and what encryption adds (RFC 5246 6.2.3). */
const MAX_RECORD = 16_384 + 2048;
export const TLS_RECORD_HEADER = 5;

/** A TLS record header stands at `at`: content type 20 to 23, version 3.0 to 3.4, a length that records can have. */
export function tlsRecordAt(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < TLS_RECORD_HEADER) return false;
  const type = bytes[at] as number;
  const length = ((bytes[at + 3] as number) << 8) | (bytes[at + 4] as number);
  return (
    type >= 20 &&
    type <= 23 &&
    bytes[at + 1] === 3 &&
    (bytes[at + 2] as number) <= 4 &&
    length > 0 &&
    length <= MAX_RECORD
  );
}
