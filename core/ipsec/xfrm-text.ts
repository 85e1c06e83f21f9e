import type { Field } from './fields.ts';
import type { Mistake, TextRead } from './key-text.ts';
import { associationOf } from './typed-association.ts';
import { KeyMistakeError } from './typed.ts';

/** Whether a text is output of `ip xfrm state`. */
export function isXfrmText(text: string): boolean {
  return /^\s*src \S+ dst \S+/mu.test(text) && /^\s*proto esp\b/mu.test(text);
}

/** Linux’ names of algorithms (crypto API), and ours by bits of ICV where that says more. */
const encryptions: Readonly<Record<string, string>> = {
  'cbc(aes)': 'aes-cbc',
  aes: 'aes-cbc',
  'cbc(des3_ede)': 'des-ede3-cbc',
  des3_ede: 'des-ede3-cbc',
  'rfc3686(ctr(aes))': 'aes-ctr',
  'ecb(cipher_null)': 'null',
  cipher_null: 'null',
};
const authentications: Readonly<Record<string, string>> = {
  'hmac(md5)': 'hmac-md5-96',
  md5: 'hmac-md5-96',
  'hmac(sha1)': 'hmac-sha-1-96',
  sha1: 'hmac-sha-1-96',
  'hmac(sha256) 96': 'hmac-sha-256-96',
  'hmac(sha256) 128': 'hmac-sha-256-128',
  'hmac(sha256)': 'hmac-sha-256-128',
  'hmac(sha384)': 'hmac-sha-384-192',
  'hmac(sha512)': 'hmac-sha-512-256',
  'xcbc(aes)': 'aes-xcbc-mac-96',
  digest_null: 'none',
};
const sealing: Readonly<Record<string, string>> = {
  'rfc4106(gcm(aes)) 128': 'aes-gcm',
  'rfc4106(gcm(aes)) 96': 'aes-gcm-12',
  'rfc4106(gcm(aes)) 64': 'aes-gcm-8',
  'rfc4543(gcm(aes)) 128': 'aes-gmac',
};

interface Entry {
  line: number;
  readonly src: Field;
  readonly dst: Field;
  spi: Field | null;
  encryption: Field;
  encryptionKey: Field;
  authentication: Field;
  authenticationKey: Field;
  esn: Field;
  isEsp: boolean;
}

const none = (text: string): Field => ({ text, column: 1 });

/** Reads output of `ip xfrm state`; associations of other protocols than ESP are passed over. */
export function readXfrmText(text: string, first: number): TextRead {
  const read: TextRead = { format: 'ip xfrm state', pairs: [], associations: [], mistakes: [] };
  let entry: Entry | null = null;
  const finish = (): void => {
    if (entry?.isEsp !== true || entry.spi === null) return;
    try {
      const association = associationOf({ ...entry, spi: entry.spi }, first + read.associations.length);
      read.associations.push({ line: entry.line, association });
    } catch (error) {
      read.mistakes.push(mistakeOf(error, entry.line));
    }
  };
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const words = [...line.matchAll(/\S+/gu)].map((match): Field => ({ text: match[0], column: match.index + 1 }));
    const [head, second, third, fourth] = words;
    if (head?.text === 'src' && third?.text === 'dst' && second !== undefined && fourth !== undefined) {
      finish();
      entry = {
        line: index + 1,
        src: second,
        dst: fourth,
        spi: null,
        isEsp: false,
        encryption: none('null'),
        encryptionKey: none(''),
        authentication: none('none'),
        authenticationKey: none(''),
        esn: none(''),
      };
    } else if (entry !== null && head !== undefined) takeLine(entry, words, index + 1, read.mistakes);
  }
  finish();
  return read;
}

function takeLine(entry: Entry, words: readonly Field[], line: number, mistakes: Mistake[]): void {
  const [head, name, key, bits] = words;
  if (head?.text === 'proto') {
    entry.isEsp = name?.text === 'esp';
    const at = words.findIndex(({ text }) => text === 'spi');
    // As `ip` prints it: 0x0000c0de, or with the decimal form behind it in brackets.
    const spi = words[at + 1];
    if (at > 0 && spi !== undefined) entry.spi = { ...spi, text: spi.text.replace(/\(.*$/u, '') };
    return;
  }
  if (name === undefined || head === undefined) return;
  // `replay-window 0 flag esn`, and further down how far it is: `seq-hi 0x1, seq 0x9, oseq-hi 0x0, …`.
  const flags = words.findIndex(({ text }) => text === 'flag');
  if (flags !== -1 && words.some(({ text }, place) => place > flags && text === 'esn'))
    entry.esn = { ...head, text: 'esn' };
  if (head.text === 'seq-hi' && entry.esn.text !== '') {
    const upper = words.filter((_, place) => /^o?seq-hi$/u.test(words[place - 1]?.text ?? ''));
    const most = Math.max(...upper.map(({ text }) => Number(text.replace(',', ''))));
    if (Number.isSafeInteger(most)) entry.esn = { ...name, text: `esn=${most}` };
  }
  const named = (names: Readonly<Record<string, string>>): Field => {
    const known = names[`${name.text} ${bits?.text}`] ?? names[name.text];
    if (known === undefined) mistakes.push({ line, column: name.column, message: 'this algorithm is not known' });
    return { ...name, text: known ?? 'null' };
  };
  const value: Field = key ?? none('');
  if (head.text === 'enc') {
    entry.line = line;
    entry.encryption = named(encryptions);
    entry.encryptionKey = entry.encryption.text === 'null' ? none('') : value;
  } else if (head.text === 'auth' || head.text === 'auth-trunc') {
    entry.authentication = named(authentications);
    entry.authenticationKey = value;
  } else if (head.text === 'aead') {
    entry.line = line;
    entry.encryption = named(sealing);
    entry.encryptionKey = value;
  }
}

/** What a mistake says; anything else is a bug of ours. */
export function mistakeOf(error: unknown, line: number): Mistake {
  if (!(error instanceof KeyMistakeError)) throw error;
  return { line, column: error.column, message: error.message };
}
