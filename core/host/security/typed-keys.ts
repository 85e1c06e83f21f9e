import { ContractError } from '../../contract/api.ts';
import type { KeyProblem, KeysRead, TypedKeys } from '../../contract/security.ts';
import { visible } from '../../ladder/visible.ts';
import { readEspLine } from '../../ipsec/esp-line.ts';
import { readKeyText, type SubscriberKeys } from '../../ipsec/key-text.ts';
import type { KnownPair } from '../../ipsec/pairs.ts';
import { imsKey } from '../../ipsec/pair-line.ts';
import { KeyMistakeError, type TypedAssociation } from '../../ipsec/typed.ts';

/** Something the user typed; one of `pair` and `association` is not null. */
export interface TypedKey {
  /** From 1, while the capture is open. */
  readonly id: number;
  /** `typed`, or name and line of a text. */
  readonly source: string;
  readonly pair: SubscriberKeys | null;
  readonly association: TypedAssociation | null;
}

interface Read extends KeysRead {
  readonly keys: readonly TypedKey[];
}

/** What is understood of keys; those read get numbers from `first` on. Never throws on what they hold. */
export function readTypedKeys({ pairs = [], associations = [], texts = [] }: TypedKeys, first: number): Read {
  const keys: TypedKey[] = [];
  const problems: KeyProblem[] = [];
  const formats: string[] = [];
  const add = (source: string, pair: SubscriberKeys | null, association: TypedAssociation | null): void => {
    const id = first + keys.length;
    keys.push({ id, source, pair, association: association === null ? null : { ...association, typed: id } });
  };
  for (const { subscriber, ik, ck } of pairs) {
    const read = (name: 'IK' | 'CK', text: string | null): Uint8Array | null =>
      text === null ? null : attempt(`--${name.toLowerCase()}`, null, problems, () => imsKey(name, text, 1));
    const pair = { subscriber: subscriber === '' ? null : subscriber, ik: read('IK', ik), ck: read('CK', ck) };
    if (pair.ik !== null || pair.ck !== null) add('typed', pair, null);
    else if (ik === null && ck === null) {
      problems.push({ source: '--ik', line: null, column: null, message: 'neither IK nor CK was given' });
    }
  }
  for (const line of associations) {
    const association = attempt('--esp', null, problems, () => readEspLine(line, 0));
    if (association !== null) add('typed', null, association);
  }
  for (const { name, text } of texts) {
    const read = readKeyText(text, 0);
    formats.push(read.format);
    const source = visible(name);
    for (const { line, pair } of read.pairs) add(`${source}, line ${line}`, pair, null);
    for (const { line, association } of read.associations) add(`${source}, line ${line}`, null, association);
    for (const { line, column, message } of read.mistakes) problems.push({ source, line, column, message });
  }
  const count = keys.filter(({ pair }) => pair !== null).length;
  return { keys, formats, pairs: count, associations: keys.length - count, problems };
}

/** As `readTypedKeys`; rejects with the first mistake, as `bad-request`. */
export function typedKeysOf(typed: TypedKeys, first: number): readonly TypedKey[] {
  const { keys, problems } = readTypedKeys(typed, first);
  const [problem] = problems;
  if (problem !== undefined) throw new ContractError('bad-request', problemText(problem, problems.length - 1));
  return keys;
}

/** A mistake as one sentence. */
export function problemText({ source, line, column, message }: KeyProblem, others = 0): string {
  const where = [source, ...(line === null ? [] : [`line ${line}`]), ...(column === null ? [] : [`column ${column}`])];
  const more = others === 0 ? '' : others === 1 ? ' (and one more mistake)' : ` (and ${others} more mistakes)`;
  return `${where.join(', ')}: ${message}${more}`;
}

/** IK and CK of the user as the ring takes them. */
export function knownPair({ id, pair }: TypedKey): KnownPair | null {
  if (pair === null) return null;
  const { subscriber, ik, ck } = pair;
  const rest = { callId: '', cseq: 0, nonce: '', challenge: '', impu: '', frame: 0, time: 0 };
  return { kind: 'user', impi: subscriber ?? '', ik, ck, typed: id, ...rest };
}

function attempt<T>(source: string, line: number | null, problems: KeyProblem[], read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof KeyMistakeError)) throw error;
    problems.push({ source, line, column: error.column, message: error.message });
    return null;
  }
}
