import { WrongError } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import type { Expression, Operator, Value } from './expression.ts';
import { colonOperator, kindText, operatorsOf } from './field.ts';
import type { Field } from './field.ts';
import { fieldNamed, knownField, suggestField } from './fields.ts';
import { isKeyword, operatorNamed, shortFormColon } from './keywords.ts';
import type { Token } from './lex.ts';
import { compilePattern } from './pattern.ts';
import { checkValue, shown } from './values.ts';

/** Reads one term, of which `token` is the first: a comparison, a short form, a bare field, or text to search for. */
export function readTerm(cursor: Cursor, token: Token): Expression {
  if (token.kind === 'sign') {
    // What a shell leaves of "$rm == INVITE" in double quotes.
    const hint =
      operatorNamed(token.text) === null ? '.' : '; in a shell, a filter with $ in it goes into single quotes.';
    throw cursor.wrong(token, `An expression is missing before ${shown(token.text)}${hint}`);
  }
  if (token.kind === 'string') {
    if (readOperator(cursor) !== null) {
      throw cursor.wrong(
        token,
        'The field stands on the left of a comparison, and what it is compared with on the right.',
      );
    }
    return search(cursor, token);
  }
  if (isKeyword(token.text)) {
    throw cursor.wrong(
      token,
      `An expression is missing before ${shown(token.text)}; to search for the word, put it in quotes.`,
    );
  }
  const colon = shortFormColon(token.text);
  if (colon > 0) return shortForm(cursor, token, colon);
  const field = fieldNamed(token.text);
  const sign = cursor.peek();
  const operator = readOperator(cursor);
  if (operator === null || sign === undefined) {
    if (field !== null) return { kind: 'present', field: field.name };
    if (token.text.startsWith('$')) throw unknown(token, token.text.length);
    return search(cursor, token);
  }
  if (field === null) throw unknown(token, token.text.length);
  const found = operator.name === 'in' ? list(cursor, field, sign) : comparison(cursor, field, operator.name, sign);
  return operator.negated ? { kind: 'not', part: found } : found;
}

/** Whether a term is looked for in the bytes of the messages. */
export function isSearch(term: Expression): boolean {
  if (term.kind === 'search') return true;
  if (term.kind === 'not') return isSearch(term.part);
  return term.kind === 'compare' && knownField(term.field).kind === 'bytes';
}

function search(cursor: Cursor, token: Token): Expression {
  if (token.text === '') throw cursor.wrong(token, 'There is nothing to search for between these quotes.');
  return { kind: 'search', text: token.text };
}

/** Steps over an operator, if one stands here; `not in` as in Wireshark. */
function readOperator(cursor: Cursor): { name: Operator | 'in'; negated: boolean } | null {
  const token = cursor.peek();
  if (token === undefined || token.kind === 'string') return null;
  const name = operatorNamed(token.text);
  if (name !== null) {
    cursor.step();
    return { name, negated: false };
  }
  const after = cursor.peek(1);
  if (token.text.toLowerCase() !== 'not' || after?.kind !== 'word') return null;
  const negated = operatorNamed(after.text);
  if (negated !== 'in' && negated !== 'contains' && negated !== 'matches') return null;
  cursor.step(2);
  return { name: negated, negated: true };
}

/** `field:value`, `field:"some value"`, `field:{a, b}` */
function shortForm(cursor: Cursor, token: Token, colon: number): Expression {
  const field = fieldNamed(token.text.slice(0, colon));
  if (field === null) throw unknown(token, colon);
  const text = token.text.slice(colon + 1);
  const after = cursor.peek();
  if (text !== '') {
    const word: Token = { kind: 'word', text, at: token.at + colon + 1, end: token.end };
    notField(field, word);
    return compared(cursor, field, colonOperator(field), word);
  }
  const isList = after?.kind === 'sign' && after.text === '{';
  return isList ? list(cursor, field, token) : comparison(cursor, field, colonOperator(field), token);
}

/** The rest of a comparison behind its operator, which `sign` is. */
function comparison(cursor: Cursor, field: Field, operator: Operator, sign: Token): Expression {
  if (!operatorsOf(field).includes(operator)) throw cursor.wrong(sign, notFor(field, operator));
  return compared(cursor, field, operator, value(cursor, field, sign));
}

function notFor(field: Field, operator: string): string {
  return `${field.name} is ${kindText(field)} and goes with ${operatorsOf(field).join(', ')}, not with "${operator}".`;
}

function compared(cursor: Cursor, field: Field, operator: Operator, token: Token): Expression {
  if (operator === 'contains' || operator === 'matches') {
    if (token.text === '') throw cursor.wrong(token, 'There is nothing to look for between these quotes.');
    if (operator === 'matches') checkPattern(cursor, token);
    return { kind: 'compare', field: field.name, operator, value: { kind: 'one', text: token.text } };
  }
  const found = checked(cursor, field, token);
  if (found.kind === 'range' && operator !== '==' && operator !== '!=') {
    throw cursor.wrong(token, `A range goes with ==, != and in, not with "${operator}".`);
  }
  return { kind: 'compare', field: field.name, operator, value: found };
}

function checkPattern(cursor: Cursor, token: Token): void {
  const compiled = compilePattern(token.text);
  if (compiled.ok) return;
  const { message, at, end } = compiled.error;
  // Offsets in the pattern are offsets in the filter where nothing in the string was escaped.
  const inside = cursor.text.indexOf(token.text, token.at);
  const plain = inside !== -1 && inside + token.text.length <= token.end;
  throw plain ? new WrongError(message, inside + at, inside + end) : cursor.wrong(token, message);
}

function checked(cursor: Cursor, field: Field, token: Token): Value {
  const found = checkValue(field, token.text, token.kind === 'string');
  if (!found.ok) throw cursor.wrong(token, found.message);
  return found.value;
}

/** `{a, b, 200..299}`, with or without commas; or a single value. */
function list(cursor: Cursor, field: Field, sign: Token): Expression {
  if (!operatorsOf(field).includes('in')) throw cursor.wrong(sign, notFor(field, 'in'));
  const open = cursor.peek();
  if (open === undefined || !cursor.skipSign('{')) {
    return { kind: 'in', field: field.name, values: [checked(cursor, field, value(cursor, field, sign))] };
  }
  const values: Value[] = [];
  while (!cursor.skipSign('}')) {
    if (cursor.peek() === undefined) {
      cursor.finish();
      throw cursor.wrong(open, 'The "}" for this "{" is missing.');
    }
    values.push(checked(cursor, field, value(cursor, field, open)));
    cursor.skipSign(',');
  }
  if (values.length === 0) throw cursor.wrong(open, 'This list is empty.');
  return { kind: 'in', field: field.name, values };
}

/** The token that a field is compared with; `before` is what stands in front of it. */
function value(cursor: Cursor, field: Field, before: Token): Token {
  const token = cursor.take('A value');
  if (token.kind === 'string') return token;
  if (token.kind === 'sign')
    throw cursor.wrong(token, `A value is missing between ${shown(before.text)} and ${shown(token.text)}.`);
  if (isKeyword(token.text)) {
    throw cursor.wrong(
      token,
      `A value is missing before ${shown(token.text)}; to compare with the word, put it in quotes.`,
    );
  }
  notField(field, token);
  return token;
}

/** Throws where a field is compared with a field. */
function notField(field: Field, token: Token): void {
  if (!token.text.startsWith('$') || fieldNamed(token.text) === null) return;
  const message = `${field.name} is compared with a value, not with another field; put ${token.text} in quotes if it is text.`;
  throw new WrongError(message, token.at, token.end);
}

/** There is no field of this name: the first `length` characters of a word. */
function unknown(token: Token, length: number): WrongError {
  const name = token.text.slice(0, length);
  const near = suggestField(name);
  const hint = near === null ? '.' : `; did you mean ${near}?`;
  const end = token.at + length;
  if (name === '$hdr') return new WrongError('Name the header, like $hdr(User-Agent).', token.at, end);
  if (name.startsWith('$'))
    return new WrongError(
      `${shown(name)} is none of the Kamailio variables that a capture can show${hint}`,
      token.at,
      end,
    );
  const quotes =
    length < token.text.length && near === null ? ' To search for text with a colon in it, put it in quotes.' : '';
  return new WrongError(`There is no field ${shown(name)}${hint}${quotes}`, token.at, end);
}
