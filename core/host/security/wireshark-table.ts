import { hexOf } from '../../ipsec/hex.ts';
import type { AssociationAccount, TriedKey } from './security-account.ts';
import { spiText } from './protection.ts';

const encryptions: Readonly<Record<string, string>> = {
  null: 'NULL',
  'aes-cbc': 'AES-CBC [RFC3602]',
  'des-ede3-cbc': 'TripleDES-CBC [RFC2451]',
  'aes-ctr': 'AES-CTR [RFC3686]',
  'aes-gcm': 'AES-GCM with 16 octet ICV [RFC4106]',
  'aes-gcm-12': 'AES-GCM with 12 octet ICV [RFC4106]',
  'aes-gcm-8': 'AES-GCM with 8 octet ICV [RFC4106]',
};
const authentications: Readonly<Record<string, string>> = {
  none: 'NULL',
  'hmac-md5-96': 'HMAC-MD5-96 [RFC2403]',
  'hmac-sha-1-96': 'HMAC-SHA-1-96 [RFC2404]',
  'hmac-sha-256-128': 'HMAC-SHA-256-128 [RFC4868]',
  'hmac-sha-384-192': 'HMAC-SHA-384-192 [RFC4868]',
  'hmac-sha-512-256': 'HMAC-SHA-512-256 [RFC4868]',
};

/** The line for Wireshark’s file `esp_sa`; null where Wireshark does not know the algorithms. */
export function wiresharkLine({ src, dst, spi }: AssociationAccount, key: TriedKey): string | null {
  const encryption = encryptions[key.encryption.name];
  const authentication = authentications[key.authentication.name];
  if (encryption === undefined || authentication === undefined) return null;
  const hex = (bytes: Uint8Array | null): string => (bytes === null || bytes.length === 0 ? '' : `0x${hexOf(bytes)}`);
  const family = dst.includes(':') ? 'IPv6' : 'IPv4';
  const cells = [family, src, dst, spiText(spi), encryption, hex(key.encryptionKey), authentication];
  // What Wireshark before 4.2 does not know.
  const esn = key.esn === null ? [] : ['64-bit', `0x${key.esn.toString(16)}`];
  return [...cells, hex(key.authenticationKey), ...esn].map((cell) => `"${cell}"`).join(',');
}
