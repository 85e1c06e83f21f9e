import { createCipheriv, createHmac, createSecretKey, timingSafeEqual, type Cipher, type KeyObject } from 'node:crypto';
import type { Authentication } from './algorithms.ts';

/**
 * Whether the ICV that ends `bytes[at, end)` is right for what stands before it, and behind that `upper`, the half of the
 * sequence number that is not sent (RFC 4303 2.8); compared in constant time.
 */
export type Authenticator = (bytes: Uint8Array, at: number, end: number, upper: Uint8Array) => boolean;

/** Checks ICVs with a key; null where the algorithm has none to check. */
export function authenticator({ icv, hash, name }: Authentication, key: Uint8Array): Authenticator | null {
  if (hash !== null) {
    const secret = createSecretKey(key);
    return (bytes, at, end, upper) => {
      const hmac = createHmac(hash, secret).update(bytes.subarray(at, end - icv));
      const digest = (upper.length === 0 ? hmac : hmac.update(upper)).digest();
      return timingSafeEqual(digest.subarray(0, icv), bytes.subarray(end - icv, end));
    };
  }
  if (name !== 'aes-xcbc-mac-96') return null;
  const mac = new XcbcMac(key);
  return (bytes, at, end, upper) => {
    const sent = bytes.subarray(at, end - icv);
    const all = upper.length === 0 ? sent : Buffer.concat([sent, upper]);
    return timingSafeEqual(mac.of(all).subarray(0, icv), bytes.subarray(end - icv, end));
  };
}

const BLOCK = 16;
const zeros = Buffer.alloc(BLOCK);

/** AES-XCBC-MAC (RFC 3566 4.), which OpenSSL has no name for: AES in CBC mode, with a last block that two more keys go into. */
export class XcbcMac {
  private readonly first: KeyObject;
  private readonly second: Uint8Array;
  private readonly third: Uint8Array;

  /** @param key 16 bytes */
  constructor(key: Uint8Array) {
    const ecb: Cipher = createCipheriv('aes-128-ecb', key, null);
    ecb.setAutoPadding(false);
    this.first = createSecretKey(ecb.update(Buffer.alloc(BLOCK, 1)));
    this.second = ecb.update(Buffer.alloc(BLOCK, 2));
    this.third = ecb.update(Buffer.alloc(BLOCK, 3));
  }

  /** All 16 bytes of the MAC. */
  of(bytes: Uint8Array): Uint8Array {
    const isWhole = bytes.length > 0 && bytes.length % BLOCK === 0;
    const padded = Buffer.alloc(isWhole ? bytes.length : bytes.length - (bytes.length % BLOCK) + BLOCK);
    padded.set(bytes);
    if (!isWhole) padded[bytes.length] = 0x80;
    const last = padded.length - BLOCK;
    const key = isWhole ? this.second : this.third;
    for (let i = 0; i < BLOCK; i++) padded[last + i] = (padded[last + i] as number) ^ (key[i] as number);
    const cbc = createCipheriv('aes-128-cbc', this.first, zeros);
    cbc.setAutoPadding(false);
    return cbc.update(padded).subarray(last);
  }
}
