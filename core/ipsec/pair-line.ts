import { readHexKey } from './hex.ts';
import type { SubscriberKeys } from './key-text.ts';
import { KeyMistakeError } from './typed.ts';

const WANTED = 'subscriber=IMPI ik=HEX ck=HEX';

/** Reads `subscriber=IMPI ik=HEX ck=HEX`, in any order; the subscriber and one of the keys may be missing. Throws KeyMistakeError. */
export function readPairLine(line: string): SubscriberKeys {
  let subscriber: string | null = null;
  let ik: Uint8Array | null = null;
  let ck: Uint8Array | null = null;
  for (const match of line.matchAll(/[^\s,;]+/gu)) {
    const column = match.index + 1;
    const equals = match[0].indexOf('=');
    const name = match[0].slice(0, Math.max(0, equals)).toLowerCase();
    const value = match[0].slice(equals + 1).replaceAll('"', '');
    if (name === 'ik') ik = imsKey('IK', value, column + equals + 1);
    else if (name === 'ck') ck = imsKey('CK', value, column + equals + 1);
    else if (name === 'subscriber' || name === 'impi' || name === 'impu') subscriber = value;
    else throw new KeyMistakeError(`this is not understood; written is ${WANTED}, or seven fields with commas`, column);
  }
  if (ik === null && ck === null) throw new KeyMistakeError(`neither IK nor CK is here; written is ${WANTED}`, 1);
  return { subscriber, ik, ck };
}

/** IK or CK, 16 bytes in hexadecimal. Throws KeyMistakeError. */
export function imsKey(name: 'IK' | 'CK', text: string, column: number): Uint8Array {
  const key = readHexKey(text);
  if (key === null) throw new KeyMistakeError(`${name} is not in hexadecimal`, column);
  if (key.length !== 16)
    throw new KeyMistakeError(`${name} has 16 bytes, 32 hexadecimal digits; this one has ${key.length} bytes`, column);
  return key;
}
