import {
  authenticationNamed,
  authenticationNames,
  encryptionNamed,
  encryptionNames,
  type Authentication,
  type Encryption,
} from './algorithms.ts';
import type { Field } from './fields.ts';
import { readHexKey } from './hex.ts';
import { ipAddressText } from './ip.ts';
import { KeyMistakeError, type TypedAssociation } from './typed.ts';

/** The fields of a security association as somebody wrote them: addresses, SPI, algorithms and keys. */
export interface AssociationFields {
  readonly src: Field;
  readonly dst: Field;
  readonly spi: Field;
  readonly encryption: Field;
  readonly encryptionKey: Field;
  readonly authentication: Field;
  readonly authenticationKey: Field;
  /** See `esnOf`; left out where a format does not say. */
  readonly esn?: Field;
}

/** How a key is written where it is not in hexadecimal; Wireshark takes those as the bytes themselves. */
export type KeyReader = (text: string) => Uint8Array | null;

const usualNames = authenticationNames.filter((name) => !name.startsWith('any-'));

/** What the fields say; `typed` is the number it gets. Throws KeyMistakeError, with the column of the field that is wrong. */
export function associationOf(
  fields: AssociationFields,
  typed: number,
  readKey: KeyReader = readHexKey,
): TypedAssociation {
  const encryption = encryptionNamed(fields.encryption.text);
  if (encryption === null) {
    throw new KeyMistakeError(
      `this encryption is not known; known are ${encryptionNames.join(', ')}`,
      fields.encryption.column,
    );
  }
  const authentication = authenticationNamed(fields.authentication.text);
  if (authentication === null) {
    const names = usualNames.join(', ');
    throw new KeyMistakeError(`this authentication is not known; known are ${names}`, fields.authentication.column);
  }
  return {
    typed,
    src: addressOf(fields.src),
    dst: addressOf(fields.dst),
    spi: spiOf(fields.spi),
    encryption,
    encryptionKey: encryptionKeyOf(encryption, fields.encryptionKey, readKey),
    authentication,
    authenticationKey: authenticationKeyOf(authentication, fields.authenticationKey, readKey),
    esn: esnOf(fields.esn),
  };
}

/** `esn`, also with the upper half to begin with behind it (`esn=0x1`): sequence numbers of 64 bits. Null for those of 32. */
function esnOf(field: Field | undefined): number | null {
  if (field === undefined || field.text === '') return null;
  const match = /^esn(?:=(?<upper>0x[0-9a-f]{1,8}|\d{1,10}))?$/iu.exec(field.text);
  const upper = Number(match?.groups?.upper ?? 0);
  if (match !== null && upper <= 0xffff_ffff) return upper;
  throw new KeyMistakeError(
    'for sequence numbers of 64 bits this is “esn”, or “esn=” and their upper half',
    field.column,
  );
}

const ANY = new Set(['', '*', 'any', '%any']);

function addressOf({ text, column }: Field): string | null {
  if (ANY.has(text)) return null;
  const address = ipAddressText(text);
  if (address === null) throw new KeyMistakeError('this is no IP address; “*” stands for any', column);
  return address;
}

function spiOf({ text, column }: Field): number | null {
  if (ANY.has(text) || text === '0x*') return null;
  const spi = /^(?:0x[0-9a-f]{1,8}|\d{1,10})$/iu.test(text) ? Number(text) : -1;
  if (spi < 1 || spi > 0xffff_ffff) {
    throw new KeyMistakeError(
      'this is no SPI: 1 to 0xffffffff, in decimal or with 0x in hexadecimal; “*” stands for any',
      column,
    );
  }
  return spi;
}

function encryptionKeyOf({ name, keys, salt }: Encryption, { text, column }: Field, readKey: KeyReader): Uint8Array {
  const key = text === '' ? new Uint8Array(0) : readKey(text);
  if (key === null) throw new KeyMistakeError('the key for encryption is not in hexadecimal', column);
  if (name === 'null') return new Uint8Array(0);
  if (keys.some((length) => key.length === length + salt)) return key;
  const wanted = keys.map((length) => length + salt).join(' or ');
  const behind = salt > 0 ? `, the last ${salt} of them ${name === 'aes-ctr' ? 'the nonce' : 'the salt'}` : '';
  throw new KeyMistakeError(`${name} takes a key of ${wanted} bytes${behind}; this one has ${key.length}`, column);
}

function authenticationKeyOf(
  { name, key: length }: Authentication,
  { text, column }: Field,
  readKey: KeyReader,
): Uint8Array | null {
  if (length === 0) return null;
  // Without a key packets are opened and not checked.
  if (text === '') return null;
  const key = readKey(text);
  if (key === null) throw new KeyMistakeError('the key for authentication is not in hexadecimal', column);
  if (key.length === 0 || (name === 'aes-xcbc-mac-96' && key.length !== length)) {
    throw new KeyMistakeError(`${name} takes a key of ${length} bytes; this one has ${key.length}`, column);
  }
  return key;
}
