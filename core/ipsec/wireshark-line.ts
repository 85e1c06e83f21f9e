import { readFields, type Field } from './fields.ts';
import { readHexKey } from './hex.ts';
import { associationOf } from './typed-association.ts';
import { KeyMistakeError, type TypedAssociation } from './typed.ts';

const nothing: Field = { text: '', column: 1 };

/** Names in Wireshark’s table of ESP SAs, without what stands in brackets, that are not ours in lower case. */
const names: Readonly<Record<string, string>> = {
  'aes-gcm with 8 octet icv': 'aes-gcm-8',
  'aes-gcm with 12 octet icv': 'aes-gcm-12',
  'aes-gcm with 16 octet icv': 'aes-gcm',
  'any 64 bit authentication': 'any-64',
  'any 96 bit authentication': 'any-96',
  'any 128 bit authentication': 'any-128',
  'any 192 bit authentication': 'any-192',
  'any 256 bit authentication': 'any-256',
};

/** Whether a line is one of Wireshark’s file `esp_sa`, also as the option `-o uat:esp_sa:` has it. */
export function isWiresharkLine(line: string): boolean {
  return /^(?:uat:esp_sa:)?\s*"IPv[46]"\s*,/iu.test(line);
}

/** Reads a line of the file `esp_sa`. Throws KeyMistakeError. */
export function readWiresharkLine(line: string, typed: number): TypedAssociation {
  const before = /^uat:esp_sa:/iu.exec(line)?.[0].length ?? 0;
  const fields = readFields(' '.repeat(before) + line.slice(before));
  if (fields.length < 8) throw new KeyMistakeError(`eight fields or more are expected; there are ${fields.length}`, 1);
  const [, src = nothing, dst = nothing, spi = nothing, encryption = nothing, ...rest] = fields;
  const [
    encryptionKey = nothing,
    authentication = nothing,
    authenticationKey = nothing,
    length = nothing,
    upper = nothing,
  ] = rest;
  return associationOf(
    {
      src: withoutMask(src),
      dst: withoutMask(dst),
      spi,
      encryptionKey,
      authenticationKey,
      esn: { ...upper, text: length.text.startsWith('64') ? `esn${upper.text === '' ? '' : `=${upper.text}`}` : '' },
      encryption: { ...encryption, text: nameOf(encryption.text) },
      authentication: { ...authentication, text: nameOf(authentication.text) },
    },
    typed,
    readKey,
  );
}

function nameOf(text: string): string {
  const name = text.replace(/\[.*$/u, '').trim().toLowerCase();
  return names[name] ?? name;
}

/** Wireshark lets a part of an address be `*`: then it is any here, and the ICV decides. */
function withoutMask(field: Field): Field {
  return field.text.includes('*') || field.text.includes('/') ? { ...field, text: '*' } : field;
}

/** What does not begin with `0x` is the key itself, a byte for each character. */
function readKey(text: string): Uint8Array | null {
  return /^0x/iu.test(text) ? readHexKey(text) : Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff);
}
