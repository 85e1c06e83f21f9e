import { createCipheriv, createHmac, type CipherGCMTypes } from 'node:crypto';
import * as build from '../../fixtures/builder/index.ts';

/** ESP with real keys for tests: made with the ciphers themselves, and with nothing of the decoders. */

export interface Suite {
  readonly encryption: string;
  readonly key: Uint8Array;
  readonly authentication: string;
  readonly mac: Uint8Array;
}

const hashes: Readonly<Record<string, readonly [string, number]>> = {
  'hmac-md5-96': ['md5', 12],
  'hmac-sha-1-96': ['sha1', 12],
  'hmac-sha-256-128': ['sha256', 16],
  'hmac-sha-384-192': ['sha384', 24],
  'hmac-sha-512-256': ['sha512', 32],
};
const gcm: Readonly<Record<string, number>> = { 'aes-gcm': 16, 'aes-gcm-12': 12, 'aes-gcm-8': 8 };

const { concat, u8, u32 } = build;

/** An ESP packet around `payload` of the IP protocol `next`; with `upper`, sequence numbers have 64 bits, of which that half is not sent. */
export function protect(
  suite: Suite,
  spi: number,
  sequence: number,
  next: number,
  payload: Uint8Array,
  upper: number | null = null,
): Uint8Array {
  const block = blockOf(suite);
  const padding = (block - ((payload.length + 2) % block)) % block;
  const counts = Uint8Array.from({ length: padding }, (_, i) => i + 1);
  return protectAsIs(suite, spi, sequence, concat(payload, counts, u8(padding, next)), upper);
}

/** Bytes of which what is encrypted has a multiple. */
export function blockOf({ encryption }: Suite): number {
  return encryption === 'aes-cbc' ? 16 : encryption === 'des-ede3-cbc' ? 8 : 4;
}

/** An ESP packet with this payload, padding, pad length and next header, whatever they are; blocks have to be whole. */
export function protectAsIs(
  suite: Suite,
  spi: number,
  sequence: number,
  plain: Uint8Array,
  upper: number | null = null,
): Uint8Array {
  const { encryption, key } = suite;
  const header = u32(spi, sequence);
  const unsent = upper === null ? new Uint8Array(0) : u32(upper);
  const authenticated = upper === null ? header : u32(spi, upper, sequence);
  const ivs = new build.Random(spi ^ (sequence * 7919));
  const tag = gcm[encryption];
  if (tag !== undefined || encryption === 'aes-gmac') {
    const iv = ivs.bytes(8);
    const name = `aes-${(key.length - 4) * 8}-gcm` as CipherGCMTypes;
    const nonce = concat(key.subarray(-4), iv);
    const cipher = createCipheriv(name, key.subarray(0, -4), nonce, { authTagLength: tag ?? 16 });
    if (tag === undefined) {
      const open = concat(header, iv, plain);
      cipher.setAAD(concat(authenticated, iv, plain));
      cipher.final();
      return concat(open, cipher.getAuthTag());
    }
    cipher.setAAD(authenticated);
    const sealed = cipher.update(plain);
    cipher.final();
    return concat(header, iv, sealed, cipher.getAuthTag());
  }
  return withIcv(suite, concat(header, body(encryption, key, ivs, plain)), unsent);
}

/** The packet with the ICV of an HMAC behind it, where there is one. */
export function withIcv(
  { authentication, mac }: Suite,
  whole: Uint8Array,
  unsent: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const [hash, length] = hashes[authentication] ?? [];
  if (hash === undefined || length === undefined) return whole;
  return concat(whole, createHmac(hash, mac).update(whole).update(unsent).digest().subarray(0, length));
}

function body(encryption: string, key: Uint8Array, ivs: build.Random, plain: Uint8Array): Uint8Array {
  if (encryption === 'null') return plain;
  if (encryption === 'aes-ctr') {
    const iv = ivs.bytes(8);
    const counter = concat(key.subarray(-4), iv, u32(1));
    return concat(iv, createCipheriv(`aes-${(key.length - 4) * 8}-ctr`, key.subarray(0, -4), counter).update(plain));
  }
  const isAes = encryption === 'aes-cbc';
  const iv = ivs.bytes(isAes ? 16 : 8);
  const cipher = createCipheriv(isAes ? `aes-${key.length * 8}-cbc` : 'des-ede3-cbc', key, iv);
  cipher.setAutoPadding(false);
  return concat(iv, cipher.update(plain));
}
