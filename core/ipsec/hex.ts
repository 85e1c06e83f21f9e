/** Keys in hexadecimal, with or without `0x`, with spaces, colons or underscores between the bytes; null where it is none. */
export function readHexKey(text: string): Uint8Array | null {
  const digits = text
    .trim()
    .replace(/^0x/iu, '')
    .replaceAll(/[\s:_]/gu, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/iu.test(digits)) return null;
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** Bytes in hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
