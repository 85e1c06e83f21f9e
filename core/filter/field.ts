import type { CallNumber, CallText, Derivation, MessageNumber, MessageText } from './source.ts';
import type { Operator } from './expression.ts';

/**
 * What a field holds, and so what it can be compared with.
 * `word`: one of a small set (method, state). `bytes`: too long for a column, looked for in the messages themselves.
 */
export type Kind = 'number' | 'duration' | 'time' | 'word' | 'text' | 'address' | 'flag' | 'bytes';

/** Where a field's values come from. */
export type Origin =
  | { readonly of: 'message'; readonly number: MessageNumber }
  | { readonly of: 'message'; readonly text: MessageText }
  | { readonly of: 'call'; readonly number: CallNumber }
  | { readonly of: 'call'; readonly text: CallText }
  | { readonly of: 'derived'; readonly part: Derivation }
  /** `only`: a flag that the message must have for its bytes to be looked at, and that presence asks for. */
  | { readonly of: 'bytes'; readonly region: 'message' | 'body'; readonly only?: MessageNumber }
  /** The values of all these fields, taken as this field's kind: one that passes is enough. */
  | { readonly of: 'any'; readonly fields: readonly string[] };

/** A value that is known beforehand, for completion, and what it means. */
export interface KnownValue {
  readonly text: string;
  readonly about?: string;
  /** Other words for it, lower case. */
  readonly also?: readonly string[];
}

/** Names of other tools for a field, by family. Kamailio's are case-sensitive, the others are not. */
export interface Aliases {
  readonly wireshark?: readonly string[];
  readonly kamailio?: readonly string[];
  readonly sngrep?: readonly string[];
  readonly short?: readonly string[];
}

export interface Field {
  /** Canonical name, lower case (header names keep their usual spelling). */
  readonly name: string;
  readonly kind: Kind;
  readonly origin: Origin;
  readonly aliases: Aliases;
  /** One line, for completion and the documentation. */
  readonly about: string;
  /** A filter that uses it. */
  readonly example: string;
  /** Upper and lower case differ, as RFC 3261 has it for this field. Text only. */
  readonly exact?: boolean;
  readonly values?: readonly KnownValue[];
  /** There are no values but `values`. */
  readonly closed?: boolean;
  /** A duration counted from the first packet, out of the column `time`. */
  readonly sinceStart?: boolean;
}

const ordered: readonly Operator[] = ['==', '!=', '<', '<=', '>', '>='];
const textual: readonly Operator[] = ['==', '!=', 'contains', 'matches'];

/** Operators by kind; `in` goes wherever `==` does. */
const operatorsByKind: Readonly<Record<Kind, readonly Operator[]>> = {
  number: [...ordered, 'matches'],
  duration: ordered,
  time: ordered,
  word: textual,
  text: textual,
  address: textual,
  flag: ['==', '!='],
  bytes: ['contains', 'matches'],
};

/** Operators that a field can be compared with, `in` among them where it can. */
export function operatorsOf(field: Field): readonly (Operator | 'in')[] {
  const operators = operatorsByKind[field.kind];
  return operators.includes('==') && field.kind !== 'flag' ? [...operators, 'in'] : operators;
}

const kindTexts: Readonly<Record<Kind, string>> = {
  number: 'a number',
  duration: 'a duration',
  time: 'a time',
  word: 'a word',
  text: 'text',
  address: 'an IP address',
  flag: 'true or false',
  bytes: 'searched in the messages',
};

/** The field's kind for people: `a number`. */
export function kindText(field: Field): string {
  return kindTexts[field.kind];
}

/** What `field:value` means: a search in free text, else equality. */
export function colonOperator(field: Field): Operator {
  return field.kind === 'text' || field.kind === 'bytes' ? 'contains' : '==';
}

/** Whether the field is one of the call, not of a message. */
export function isCallField(field: Field): boolean {
  return field.origin.of === 'call';
}
