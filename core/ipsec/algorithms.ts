/** The algorithms of ESP that are known (RFC 8221), by the names that the option `--esp` takes. */

export const encryptionNames = [
  'null',
  'aes-cbc',
  'des-ede3-cbc',
  'aes-ctr',
  'aes-gcm',
  'aes-gcm-12',
  'aes-gcm-8',
  'aes-gmac',
] as const;
export type EncryptionName = (typeof encryptionNames)[number];

export interface Encryption {
  readonly name: EncryptionName;
  /** Bytes of the initialisation vector in each packet; of a block that the payload is padded to. */
  readonly iv: number;
  readonly block: number;
  /** Bytes of the key, the usual first, and of the salt behind it (RFC 3686 4., RFC 4106 8.1). */
  readonly keys: readonly number[];
  readonly salt: number;
  /** Bytes of ICV where the cipher authenticates as well; else 0. */
  readonly icv: number;
}

const aes = [16, 24, 32] as const;
const encryptions: Readonly<Record<EncryptionName, Encryption>> = {
  // RFC 2410.
  null: { name: 'null', iv: 0, block: 1, keys: [0], salt: 0, icv: 0 },
  // RFC 3602.
  'aes-cbc': { name: 'aes-cbc', iv: 16, block: 16, keys: aes, salt: 0, icv: 0 },
  // RFC 2451.
  'des-ede3-cbc': { name: 'des-ede3-cbc', iv: 8, block: 8, keys: [24], salt: 0, icv: 0 },
  // RFC 3686.
  'aes-ctr': { name: 'aes-ctr', iv: 8, block: 1, keys: aes, salt: 4, icv: 0 },
  // RFC 4106.
  'aes-gcm': { name: 'aes-gcm', iv: 8, block: 1, keys: aes, salt: 4, icv: 16 },
  'aes-gcm-12': { name: 'aes-gcm-12', iv: 8, block: 1, keys: aes, salt: 4, icv: 12 },
  'aes-gcm-8': { name: 'aes-gcm-8', iv: 8, block: 1, keys: aes, salt: 4, icv: 8 },
  // RFC 4543: authenticates, does not encrypt.
  'aes-gmac': { name: 'aes-gmac', iv: 8, block: 1, keys: aes, salt: 4, icv: 16 },
};

export const authenticationNames = [
  'none',
  'hmac-md5-96',
  'hmac-sha-1-96',
  'hmac-sha-256-128',
  'hmac-sha-256-96',
  'hmac-sha-384-192',
  'hmac-sha-512-256',
  'aes-xcbc-mac-96',
  'any-64',
  'any-96',
  'any-128',
  'any-160',
  'any-192',
  'any-256',
] as const;
export type AuthenticationName = (typeof authenticationNames)[number];

export interface Authentication {
  readonly name: AuthenticationName;
  /** Bytes behind the next header. */
  readonly icv: number;
  /** OpenSSL's name of the hash; null for what is no HMAC. */
  readonly hash: string | null;
  /** Bytes of the key as the RFC has it; other lengths are taken all the same, since HMAC takes any. 0: no key. */
  readonly key: number;
}

const authentications: Readonly<Record<AuthenticationName, Authentication>> = {
  none: { name: 'none', icv: 0, hash: null, key: 0 },
  // RFC 2403, 2404.
  'hmac-md5-96': { name: 'hmac-md5-96', icv: 12, hash: 'md5', key: 16 },
  'hmac-sha-1-96': { name: 'hmac-sha-1-96', icv: 12, hash: 'sha1', key: 20 },
  // RFC 4868; the one with 96 bits is an old draft's, which Linux used to follow.
  'hmac-sha-256-128': { name: 'hmac-sha-256-128', icv: 16, hash: 'sha256', key: 32 },
  'hmac-sha-256-96': { name: 'hmac-sha-256-96', icv: 12, hash: 'sha256', key: 32 },
  'hmac-sha-384-192': { name: 'hmac-sha-384-192', icv: 24, hash: 'sha384', key: 48 },
  'hmac-sha-512-256': { name: 'hmac-sha-512-256', icv: 32, hash: 'sha512', key: 64 },
  // RFC 3566.
  'aes-xcbc-mac-96': { name: 'aes-xcbc-mac-96', icv: 12, hash: null, key: 16 },
  // As many bits as they are, which nobody checks.
  'any-64': { name: 'any-64', icv: 8, hash: null, key: 0 },
  'any-96': { name: 'any-96', icv: 12, hash: null, key: 0 },
  'any-128': { name: 'any-128', icv: 16, hash: null, key: 0 },
  'any-160': { name: 'any-160', icv: 20, hash: null, key: 0 },
  'any-192': { name: 'any-192', icv: 24, hash: null, key: 0 },
  'any-256': { name: 'any-256', icv: 32, hash: null, key: 0 },
};

const otherEncryptions: Readonly<Record<string, EncryptionName>> = {
  '': 'null',
  none: 'null',
  'aes-gcm-16': 'aes-gcm',
  '3des-cbc': 'des-ede3-cbc',
  'des3-cbc': 'des-ede3-cbc',
  tripledes: 'des-ede3-cbc',
  'tripledes-cbc': 'des-ede3-cbc',
  aes: 'aes-cbc',
};
const otherAuthentications: Readonly<Record<string, AuthenticationName>> = {
  '': 'none',
  null: 'none',
  'hmac-md5': 'hmac-md5-96',
  'hmac-sha1-96': 'hmac-sha-1-96',
  'hmac-sha1': 'hmac-sha-1-96',
  'hmac-sha-1': 'hmac-sha-1-96',
  'hmac-sha256-128': 'hmac-sha-256-128',
  'hmac-sha-256': 'hmac-sha-256-128',
  'hmac-sha256': 'hmac-sha-256-128',
  'hmac-sha384-192': 'hmac-sha-384-192',
  'hmac-sha-384': 'hmac-sha-384-192',
  'hmac-sha512-256': 'hmac-sha-512-256',
  'hmac-sha-512': 'hmac-sha-512-256',
  'aes-xcbc-96': 'aes-xcbc-mac-96',
  'aes-xcbc': 'aes-xcbc-mac-96',
};

/** An algorithm by its name or another one it goes by, in any case; null where there is none. */
export function encryptionNamed(name: string): Encryption | null {
  const word = name.trim().toLowerCase();
  const known = encryptionNames.find((one) => one === word) ?? otherEncryptions[word];
  return known === undefined ? null : encryptions[known];
}

export function authenticationNamed(name: string): Authentication | null {
  const word = name.trim().toLowerCase();
  const known = authenticationNames.find((one) => one === word) ?? otherAuthentications[word];
  return known === undefined ? null : authentications[known];
}
