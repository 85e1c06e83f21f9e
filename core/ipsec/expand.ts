import { authenticationNamed, encryptionNamed, type Authentication, type Encryption } from './algorithms.ts';
import type { Secrets } from './lock.ts';

/** IK and CK of a subscriber, 16 bytes each; null where one is not known. */
export interface KeyPair {
  readonly ik: Uint8Array | null;
  readonly ck: Uint8Array | null;
}

/**
 * The keys that IK and CK become for these algorithms (TS 33.203 Annex I). Null where the annex says nothing of
 * an algorithm, or the key it needs is not known: without IK packets are not checked, as long as there is something to
 * decrypt with CK.
 */
export function expand({ ik, ck }: KeyPair, alg: string, ealg: string): Secrets | null {
  const encryption = encryptionNamed(ealg);
  const authentication = authenticationNamed(alg === '' ? 'none' : alg);
  if (encryption === null || authentication === null) return null;
  const encryptionKey = cipherKey(encryption, ck);
  if (encryptionKey === null) return null;
  const authenticationKey = ik === null ? null : macKey(authentication, ik);
  if (authenticationKey === null && (ik !== null || encryption.name === 'null')) return null;
  return { encryption, encryptionKey, authentication, authenticationKey, esn: null };
}

const none = new Uint8Array(0);

/** DES-EDE3-CBC: CK1 | CK2 | CK1, the halves of CK. */
function cipherKey({ name }: Encryption, ck: Uint8Array | null): Uint8Array | null {
  if (name === 'null') return none;
  if (ck === null) return null;
  if (name === 'aes-cbc') return ck;
  if (name !== 'des-ede3-cbc') return null;
  const key = new Uint8Array(24);
  key.set(ck);
  key.set(ck.subarray(0, 8), 16);
  return key;
}

/** HMAC-SHA-1-96: IK and 32 zero bits. */
function macKey({ name }: Authentication, ik: Uint8Array): Uint8Array | null {
  if (name === 'none') return none;
  if (name === 'hmac-md5-96') return ik;
  if (name !== 'hmac-sha-1-96') return null;
  const key = new Uint8Array(20);
  key.set(ik);
  return key;
}
