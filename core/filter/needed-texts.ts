import { knownPattern } from './comparisons.ts';
import type { Operator, Value } from './expression.ts';
import type { Field } from './field.ts';
import { needle } from './search.ts';
import type { Needle } from './search.ts';
import type { Derivation } from './source.ts';

/** What a field is compared with; null asks whether it has a value at all. */
export type Comparison = { readonly operator: Operator | 'in'; readonly values: readonly Value[] } | null;

/** Values of `in` that are looked for one by one. */
const MOST_VALUES = 4;

/**
 * Texts of which one stands in the bytes of every message whose `part` satisfies a comparison (other than `!=`, which
 * the plan takes apart): the others need not be read. Null where there are none such.
 */
export function neededTexts(field: Field, { part }: Derivation, comparison: Comparison): readonly Needle[] | null {
  if (comparison === null || (field.kind !== 'text' && field.kind !== 'word')) return null;
  const { operator, values } = comparison;
  if (values.length > MOST_VALUES) return null;
  const found: Needle[] = [];
  for (const value of values) {
    const text = value.kind === 'one' ? value.text : value.from;
    const literal = operator === 'matches' ? knownPattern(text).literal : text;
    const stretch = literal === null ? '' : asOnTheWire(literal);
    if (stretch === '') return null;
    found.push(needle(stretch));
  }
  // In a quoted string, any character may have a backslash before it that is not part of the text.
  if (part === 'display') found.push(needle('\\'));
  return found;
}

/**
 * The longest stretch of a text that stands in a message as it does in the field: where a header is folded there is one
 * space in the field, where it comes several times a comma and a space, and other letters than those of ASCII may be
 * written in UTF-8 or Latin-1.
 */
function asOnTheWire(text: string): string {
  return text.split(/[^!-+\--~]+/u).reduce((best, one) => (one.length > best.length ? one : best), '');
}
