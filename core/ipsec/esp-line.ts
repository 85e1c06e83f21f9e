import { readFields, type Field } from './fields.ts';
import { associationOf } from './typed-association.ts';
import { KeyMistakeError, type TypedAssociation } from './typed.ts';

const NAMES = 'source, destination, SPI, encryption, its key, authentication, its key';
const nothing: Field = { text: '', column: 1 };

/** Reads `src,dst,spi,encryption,enc-key,authentication,auth-key`; what is missing at the end is empty. Behind them `esn` may stand, for sequence numbers of 64 bits. Throws KeyMistakeError. */
export function readEspLine(line: string, typed: number): TypedAssociation {
  const fields = readFields(line);
  if (fields.length < 4 || fields.length > 8) {
    throw new KeyMistakeError(`seven fields are expected, with commas: ${NAMES}; there are ${fields.length}`, 1);
  }
  const [src = nothing, dst = nothing, spi = nothing, encryption = nothing, ...keys] = fields;
  const [encryptionKey = nothing, authentication = nothing, authenticationKey = nothing, esn = nothing] = keys;
  return associationOf({ src, dst, spi, encryption, encryptionKey, authentication, authenticationKey, esn }, typed);
}
