import { parseNetwork } from './address.ts';
import type { Operator } from './expression.ts';
import { fieldNamed } from './fields.ts';

/** Operators by sign and by word. */
const operators = new Map<string, Operator>([
  ['==', '=='],
  ['!=', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['=~', 'matches'],
  ['~', 'matches'],
  ['eq', '=='],
  ['ne', '!='],
  ['lt', '<'],
  ['le', '<='],
  ['gt', '>'],
  ['ge', '>='],
  ['contains', 'contains'],
  ['matches', 'matches'],
]);

/** The operator that a sign or a word (in any case) stands for; null for anything else. */
export function operatorNamed(text: string): Operator | 'in' | null {
  const word = text.toLowerCase();
  return word === 'in' ? 'in' : (operators.get(word) ?? null);
}

/** Whether a word has a meaning of its own (`and`, `contains` …) and stands for itself only in quotes. */
export function isKeyword(word: string): boolean {
  return operatorNamed(word) !== null || /^(and|or|not)$/iu.test(word);
}

/** Addresses with a scheme are text to search for, whatever stands before their colon. */
const SCHEME = /^(sips?|tel|urn|https?|wss?|im|pres|mailto):/iu;

/** Where the colon of a short form (`from:1001`) stands in a word, be its name known or not; -1 where the word is text. */
export function shortFormColon(word: string): number {
  if (SCHEME.test(word)) return -1;
  const colon = word.indexOf(':', word.startsWith('$hdr(') ? word.indexOf(')') : 0);
  if (colon < 1) return -1;
  const name = word.slice(0, colon);
  if (fieldNamed(name) !== null) return colon;
  return /^[$a-z][\w.$()-]*$/iu.test(name) && parseNetwork(word) === null ? colon : -1;
}
