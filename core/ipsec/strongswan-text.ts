import type { TextRead } from './key-text.ts';
import { associationOf } from './typed-association.ts';
import { mistakeOf } from './xfrm-text.ts';

/** Whether a text is strongSwan’s log with keys in it: level 4 of `chd`. */
export function isStrongswanLog(text: string): boolean {
  return /(?:encryption|integrity) (?:initiator|responder) key =>/u.test(text);
}

/** Whether a text is output of `swanctl --list-sas --raw`, which names security associations and has no keys. */
export function isSwanctlRaw(text: string): boolean {
  return /\bspi-in=[0-9a-f]+/u.test(text) && /\bchild-sas\b/u.test(text);
}

const encryptions: Readonly<Record<string, string>> = {
  AES_CBC: 'aes-cbc',
  '3DES_CBC': 'des-ede3-cbc',
  AES_CTR: 'aes-ctr',
  AES_GCM_16: 'aes-gcm',
  AES_GCM_12: 'aes-gcm-12',
  AES_GCM_8: 'aes-gcm-8',
  NULL: 'null',
  NULL_AES_GMAC: 'aes-gmac',
};
const authentications: Readonly<Record<string, string>> = {
  HMAC_MD5_96: 'hmac-md5-96',
  HMAC_SHA1_96: 'hmac-sha-1-96',
  HMAC_SHA2_256_128: 'hmac-sha-256-128',
  HMAC_SHA2_256_96: 'hmac-sha-256-96',
  HMAC_SHA2_384_192: 'hmac-sha-384-192',
  HMAC_SHA2_512_256: 'hmac-sha-512-256',
  AES_XCBC_96: 'aes-xcbc-mac-96',
};

type Name = `${'encryption' | 'integrity'} ${'initiator' | 'responder'}`;

/**
 * Reads strongSwan’s log of level 4: keys come first, both sides’, then the associations they are for. Which side’s are an
 * association’s the log does not say: both are tried, and the ICV decides.
 */
export function readStrongswanLog(text: string, first: number): TextRead {
  const read: TextRead = { format: 'strongSwan log', pairs: [], associations: [], mistakes: [] };
  const keys = new Map<Name, string>();
  let encryption = 'null';
  let authentication = 'none';
  let esn = '';
  let open: Name | null = null;
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const head = /(?<kind>encryption|integrity) (?<side>initiator|responder) key => \d+ bytes/u.exec(line)?.groups;
    if (head !== undefined) {
      open = `${head.kind} ${head.side}` as Name;
      keys.set(open, '');
      continue;
    }
    const dump = open === null ? undefined : /\s\d+: (?<bytes>(?:[0-9A-F]{2} ){1,16})/iu.exec(`${line} `)?.groups;
    if (dump !== undefined && open !== null) {
      keys.set(open, (keys.get(open) ?? '') + (dump.bytes ?? ''));
      continue;
    }
    open = null;
    const proposal = /selected proposal: ESP:(?<parts>\S+)/u.exec(line)?.groups?.parts;
    if (proposal !== undefined) esn = proposal.split('/').includes('EXT_SEQ') ? 'esn' : '';
    const used = /using (?<name>\w+) for (?<what>encryption|integrity)/u.exec(line)?.groups;
    if (used?.what === 'encryption') {
      encryption = encryptions[used.name ?? ''] ?? used.name ?? '';
      authentication = 'none';
    } else if (used !== undefined) authentication = authentications[used.name ?? ''] ?? used.name ?? '';
    const sa = /SPI (?<spi>0x[0-9a-f]{1,8}), src (?<src>\S+) dst (?<dst>\S+)/iu.exec(line)?.groups;
    if (sa === undefined || keys.size === 0) continue;
    for (const side of ['initiator', 'responder'] as const) {
      const field = (value: string | undefined) => ({ text: (value ?? '').trim(), column: 1 });
      try {
        const association = associationOf(
          {
            src: field(sa.src),
            dst: field(sa.dst),
            spi: field(sa.spi),
            encryption: field(encryption),
            encryptionKey: field(keys.get(`encryption ${side}`)),
            authentication: field(authentication),
            authenticationKey: field(keys.get(`integrity ${side}`)),
            esn: field(esn),
          },
          first + read.associations.length,
        );
        read.associations.push({ line: index + 1, association });
      } catch (error) {
        read.mistakes.push(mistakeOf(error, index + 1));
      }
    }
  }
  if (read.associations.length === 0 && read.mistakes.length === 0) {
    const message = 'there are keys, and no “SPI …, src … dst …” behind them that they are for';
    read.mistakes.push({ line: 1, column: 1, message });
  }
  return read;
}
