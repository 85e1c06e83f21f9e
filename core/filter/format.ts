import type { Expression, Value } from './expression.ts';
import type { Field } from './field.ts';
import { fieldNamed, knownField } from './fields.ts';
import { isKeyword } from './keywords.ts';
import { quoted } from './lex.ts';
import { checkValue } from './values.ts';

/**
 * An expression as text, in one spelling: canonical names, signs for operators, as few parentheses as it takes.
 * `parse` makes the same expression of it.
 */
export function format(expression: Expression): string {
  switch (expression.kind) {
    case 'or':
      return expression.parts.map((part) => (part.kind === 'or' ? `(${format(part)})` : format(part))).join(' or ');
    case 'and':
      return expression.parts.map(bracketed).join(' and ');
    case 'not':
      return `not ${bracketed(expression.part)}`;
    case 'search':
      return isPlain(expression.text) && fieldNamed(expression.text) === null
        ? expression.text
        : quoted(expression.text);
    case 'present':
      return expression.field;
    case 'compare': {
      const { field, operator, value } = expression;
      const searched = operator === 'contains' || operator === 'matches';
      const text = searched && value.kind === 'one' ? quoted(value.text) : valueText(knownField(field), value);
      return `${field} ${operator} ${text}`;
    }
    default: {
      const field = knownField(expression.field);
      return `${expression.field} in {${expression.values.map((value) => valueText(field, value)).join(', ')}}`;
    }
  }
}

function bracketed(expression: Expression): string {
  const text = format(expression);
  return expression.kind === 'and' || expression.kind === 'or' ? `(${text})` : text;
}

function valueText(field: Field, value: Value): string {
  const text = value.kind === 'one' ? value.text : `${value.from}..${value.to}`;
  if (value.kind === 'range') return isWord(text) ? text : quoted(text);
  if (field.kind === 'text' || !isWord(text)) return quoted(text);
  // Without quotes a method is taken in any case: one in other letters keeps its quotes.
  const read = checkValue(field, text, false);
  return read.ok && read.value.kind === 'one' && read.value.text === text ? text : quoted(text);
}

/** Whether a value reads back as one word. */
function isWord(text: string): boolean {
  return /^[\w.:/+[\]µμ-]+$/u.test(text) && !isKeyword(text);
}

/** Whether a text to search for reads back as one plain word. */
function isPlain(text: string): boolean {
  return /^[a-z0-9][\w.@+-]*$/iu.test(text) && !isKeyword(text);
}
