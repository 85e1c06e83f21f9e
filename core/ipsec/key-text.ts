import { readEspLine } from './esp-line.ts';
import type { KeyPair } from './expand.ts';
import { readPairLine } from './pair-line.ts';
import { isStrongswanLog, isSwanctlRaw, readStrongswanLog } from './strongswan-text.ts';
import type { TypedAssociation } from './typed.ts';
import { isWiresharkLine, readWiresharkLine } from './wireshark-line.ts';
import { isXfrmText, mistakeOf, readXfrmText } from './xfrm-text.ts';

/** A mistake in a text; line and column are from 1, and the message never holds a key. */
export interface Mistake {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** IK and CK with whose they are; null: anybody’s. */
export interface SubscriberKeys extends KeyPair {
  readonly subscriber: string | null;
}

/** What a text with keys holds. */
export interface TextRead {
  readonly format: string;
  readonly pairs: { readonly line: number; readonly pair: SubscriberKeys }[];
  readonly associations: { readonly line: number; readonly association: TypedAssociation }[];
  readonly mistakes: Mistake[];
}

/** Keys and mistakes of a text that are taken; a text with more of them is none of keys. */
export const MAX_KEYS = 20_000;
const MAX_MISTAKES = 100;

/** Reads a text with keys, in whatever of the known forms it is; associations get numbers from `first` on. */
export function readKeyText(text: string, first: number): TextRead {
  if (isXfrmText(text)) return readXfrmText(text, first);
  if (isStrongswanLog(text)) return readStrongswanLog(text, first);
  const read: TextRead = { format: 'keys', pairs: [], associations: [], mistakes: [] };
  if (isSwanctlRaw(text)) {
    const message =
      'this is output of swanctl, which names security associations and has no keys; strongSwan’s plugin save-keys writes them';
    read.mistakes.push({ line: 1, column: 1, message });
    return { ...read, format: 'swanctl --list-sas --raw' };
  }
  let wireshark = 0;
  for (const [index, whole] of text.split(/\r?\n/u).entries()) {
    const line = whole.replace(/^\uFEFF/u, '');
    if (line.trim() === '' || /^\s*#/u.test(line)) continue;
    if (read.mistakes.length >= MAX_MISTAKES || read.pairs.length + read.associations.length >= MAX_KEYS) break;
    const number = index + 1;
    try {
      if (isWiresharkLine(line)) {
        wireshark += 1;
        const association = readWiresharkLine(line, first + read.associations.length);
        read.associations.push({ line: number, association });
      } else if (line.includes('=')) read.pairs.push({ line: number, pair: readPairLine(line) });
      else {
        const association = readEspLine(line, first + read.associations.length);
        read.associations.push({ line: number, association });
      }
    } catch (error) {
      read.mistakes.push(mistakeOf(error, number));
    }
  }
  return wireshark > 0 && read.pairs.length === 0 ? { ...read, format: 'Wireshark esp_sa' } : read;
}
