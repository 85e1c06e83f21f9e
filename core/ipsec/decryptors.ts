import { createDecipheriv, createSecretKey } from 'node:crypto';
import type { CipherGCMTypes } from 'node:crypto';
import type { Icv } from '../decode/esp-lock.ts';
import type { Encryption } from './algorithms.ts';
import { BAD, GOOD } from './verdict.ts';

/** The SPI; with the sequence number. */
const SPI = 4;
const HEADER = 8;

/** Opens what stands between the initialisation vector and the ICV of the ESP packet `bytes[at, end)`; `icv` bytes of it are the ICV. */
export type Decryptor = (bytes: Uint8Array, at: number, end: number, icv: number) => Uint8Array | null;

/** A cipher that many packets can be sent through at once: each is its initialisation vector and whole blocks, one packet behind the other. */
export interface Chain {
  readonly iv: number;
  readonly block: number;
  /** As many bytes as were given; those in the place of initialisation vectors mean nothing. */
  readonly decrypt: (packets: Uint8Array) => Uint8Array;
}

/** A cipher that authenticates as well. */
export interface Sealed {
  /** `upper` is the half of the sequence number that is not sent; it stands before the other one in what is authenticated (RFC 4106 5.). */
  readonly check: (bytes: Uint8Array, at: number, end: number, upper: Uint8Array) => Icv;
  readonly decrypt: Decryptor;
}

/** For ciphers that do not authenticate; null for NULL and those that do. */
export function decryptor(encryption: Encryption, key: Uint8Array): Decryptor | null {
  const chain = chained(encryption, key);
  if (chain !== null) return oneByOne(chain);
  return encryption.name === 'aes-ctr' ? counted(key) : null;
}

/**
 * Cipher block chaining; null for other ciphers. One decipher object does for all packets: what comes out of a block
 * depends on it and on the one before it only, so the initialisation vector is sent through as a block, and what comes
 * out of it is left away.
 */
export function chained({ name, iv, block }: Encryption, key: Uint8Array): Chain | null {
  if (name !== 'aes-cbc' && name !== 'des-ede3-cbc') return null;
  const cipher = name === 'aes-cbc' ? `aes-${key.length * 8}-cbc` : name;
  const decipher = createDecipheriv(cipher, key, Buffer.alloc(iv));
  decipher.setAutoPadding(false);
  return { iv, block, decrypt: (packets) => decipher.update(packets) };
}

function oneByOne({ iv, block, decrypt }: Chain): Decryptor {
  const one: Decryptor = (bytes, at, end, icv) => {
    const from = at + HEADER;
    const length = end - icv - from;
    if (length < iv + block || length % block !== 0) return null;
    return decrypt(bytes.subarray(from, end - icv)).subarray(iv);
  };
  return one;
}

/** Counter mode (RFC 3686 4.): nonce, initialisation vector, a counter from 1. */
function counted(keyAndNonce: Uint8Array): Decryptor {
  const key = createSecretKey(keyAndNonce.subarray(0, -4));
  const name = `aes-${(keyAndNonce.length - 4) * 8}-ctr`;
  const counter = new Uint8Array(16);
  counter.set(keyAndNonce.subarray(-4));
  counter[15] = 1;
  return (bytes, at, end, icv) => {
    const from = at + HEADER;
    counter.set(bytes.subarray(from, from + 8), 4);
    return createDecipheriv(name, key, counter).update(bytes.subarray(from + 8, end - icv));
  };
}

/** AES-GCM (RFC 4106) and AES-GMAC (RFC 4543): the nonce is salt and initialisation vector. */
export function sealed({ name, icv }: Encryption, keyAndSalt: Uint8Array): Sealed {
  const key = createSecretKey(keyAndSalt.subarray(0, -4));
  const cipher = `aes-${(keyAndSalt.length - 4) * 8}-gcm` as CipherGCMTypes;
  const nonce = new Uint8Array(12);
  nonce.set(keyAndSalt.subarray(-4));
  const isMac = name === 'aes-gmac';
  /** What `check` has opened last: it is asked first, for the same packet. */
  let opened: Uint8Array | null = null;
  return {
    check: (bytes, at, end, upper) => {
      const iv = at + HEADER;
      nonce.set(bytes.subarray(iv, iv + 8), 4);
      const decipher = createDecipheriv(cipher, key, nonce, { authTagLength: icv });
      decipher.setAuthTag(bytes.subarray(end - icv, end));
      const open = bytes.subarray(at, isMac ? end - icv : iv);
      decipher.setAAD(upper.length === 0 ? open : Buffer.concat([open.subarray(0, SPI), upper, open.subarray(SPI)]));
      if (!isMac) opened = decipher.update(bytes.subarray(iv + 8, end - icv));
      try {
        decipher.final();
        return GOOD;
      } catch {
        return BAD;
      }
    },
    decrypt: () => opened,
  };
}
