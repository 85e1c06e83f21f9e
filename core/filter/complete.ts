import type { KnownValue, Field } from './field.ts';
import { operatorsOf } from './field.ts';
import { fieldNamed, fields, namesOf } from './fields.ts';
import { headerNames } from './headers.ts';
import { isKeyword, operatorNamed, shortFormColon } from './keywords.ts';
import { lex, quoted } from './lex.ts';
import type { Token } from './lex.ts';

/** Something that can be put into a filter in place of `[from, to)`. */
export interface Completion {
  readonly kind: 'field' | 'operator' | 'value' | 'word';
  /** What is put in. */
  readonly text: string;
  /** What it means, one line; may be empty. */
  readonly about: string;
  readonly from: number;
  readonly to: number;
}

export interface CompleteOptions {
  /** Values that the capture has for a field (its users, hosts …), the likeliest first; by canonical name. */
  readonly values?: (field: string) => readonly string[];
  /** At most this many; 50 unless given. */
  readonly limit?: number;
}

/** What is wanted at the cursor: a value of a field, an operator behind one, or the beginning of a term. */
type Place =
  | {
      readonly wants: 'value';
      readonly field: Field;
      readonly typed: string;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly wants: 'operator';
      readonly field: Field;
      readonly typed: string;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly wants: 'term';
      readonly joins: boolean;
      readonly typed: string;
      readonly from: number;
      readonly to: number;
    };

/**
 * What could stand at the cursor (an offset in UTF-16 units), best first: names of fields in the family of what was
 * begun, operators that go with the field in front, values that are known for it. Empty within a string that has no
 * end yet. Never throws.
 */
export function complete(text: string, cursor: number, options: CompleteOptions = {}): Completion[] {
  const at = Math.max(0, Math.min(cursor, text.length));
  const place = placeAt(text, at);
  if (place === null) return [];
  const found =
    place.wants === 'value' ? values(place, options) : place.wants === 'operator' ? operators(place) : terms(place);
  return found.slice(0, options.limit ?? 50);
}

function placeAt(text: string, cursor: number): Place | null {
  const { tokens, error } = lex(text.slice(0, cursor));
  if (error !== null) return null;
  const last = tokens.at(-1);
  const begun = last?.kind === 'word' && last.end === cursor ? last : null;
  const before = begun === null ? tokens : tokens.slice(0, -1);
  const from = begun?.at ?? cursor;
  const to = wordEnd(text, from, cursor);
  const typed = begun?.text ?? '';
  const field = comparedField(before);
  if (field !== null) return { wants: 'value', field, typed, from, to };
  const colon = begun === null ? -1 : shortFormColon(typed);
  const short = colon > 0 ? fieldNamed(typed.slice(0, colon)) : null;
  if (short !== null)
    return { wants: 'value', field: short, typed: typed.slice(colon + 1), from: from + colon + 1, to };
  const previous = before.at(-1);
  const subject =
    previous?.kind === 'word' && !isKeyword(previous.text) && isTerm(before) ? fieldNamed(previous.text) : null;
  if (subject !== null) return { wants: 'operator', field: subject, typed, from, to };
  return { wants: 'term', joins: endsTerm(before), typed, from, to };
}

/** Where the word that begins at `from` ends in the whole text, behind the cursor. */
function wordEnd(text: string, from: number, cursor: number): number {
  if (from === cursor) return cursor;
  const token = lex(text).tokens.find((one) => one.at === from);
  return token?.kind === 'word' ? token.end : cursor;
}

/** The field whose value comes after these tokens: behind its operator, its colon, or within its list. */
function comparedField(tokens: readonly Token[]): Field | null {
  let end = tokens.length;
  const open = tokens.findLastIndex((token) => token.kind === 'sign' && (token.text === '{' || token.text === '}'));
  if (open !== -1 && tokens[open]?.text === '{') end = open;
  const sign = tokens[end - 1];
  if (sign === undefined || sign.kind === 'string') return null;
  if (operatorNamed(sign.text) !== null) {
    const name = tokens[end - 2];
    const subject = name?.text.toLowerCase() === 'not' ? tokens[end - 3] : name;
    return subject?.kind === 'word' ? fieldNamed(subject.text) : null;
  }
  return sign.kind === 'word' && sign.text.endsWith(':') ? fieldNamed(sign.text.slice(0, -1)) : null;
}

/** Whether the last of these tokens is a term of its own, not the value of one. */
function isTerm(tokens: readonly Token[]): boolean {
  return comparedField(tokens.slice(0, -1)) === null;
}

function endsTerm(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (last === undefined) return false;
  if (last.kind === 'sign') return last.text === ')' || last.text === '}';
  return last.kind === 'string' || !isKeyword(last.text);
}

function values(place: Place & { readonly wants: 'value' }, options: CompleteOptions): Completion[] {
  const { field, typed, from, to } = place;
  const known: KnownValue[] = [...(field.values ?? [])];
  if (field.kind === 'flag') known.push({ text: 'true' }, { text: 'false' });
  for (const text of options.values?.(field.name) ?? [])
    if (!known.some((value) => value.text === text)) known.push({ text });
  // Other words for a value are offered once they are being typed.
  const named = typed === '' ? known : known.flatMap((value) => [value, ...otherWords(value)]);
  return ranked(named, typed, (value) => value.text).map(({ text, about }) => {
    const plain = /^[\w.:@+-]+$/u.test(text) && !isKeyword(text);
    return { kind: 'value', text: plain ? text : quoted(text), about: about ?? '', from, to };
  });
}

function otherWords({ text, also }: KnownValue): readonly KnownValue[] {
  return (also ?? []).map((word) => ({ text: word, about: `the same as ${text}` }));
}

function operators(place: Place & { readonly wants: 'operator' }): Completion[] {
  const { typed, from, to } = place;
  const found: KnownValue[] = operatorsOf(place.field).map((text) => ({ text, about: OPERATOR_TEXTS.get(text) ?? '' }));
  const completions = ranked(found, typed, (one) => one.text).map((one) => made('operator', one, from, to));
  return [...completions, ...ranked(JOINS, typed, (one) => one.text).map((one) => made('word', one, from, to))];
}

function terms(place: Place & { readonly wants: 'term' }): Completion[] {
  const { joins, typed, from, to } = place;
  const words = ranked(joins ? [...JOINS, NOT] : [NOT], typed, (one) => one.text).map((one) =>
    made('word', one, from, to),
  );
  const named = ranked(candidates(typed), typed, (one) => one.text).map((one) => made('field', one, from, to));
  return joins || typed !== '' ? [...words, ...named] : [...named, ...words];
}

const JOINS: readonly KnownValue[] = [
  { text: 'and', about: 'Both have to be true.' },
  { text: 'or', about: 'One has to be true.' },
];
const NOT: KnownValue = { text: 'not', about: 'Has to be false.' };

const OPERATOR_TEXTS = new Map([
  ['==', 'is'],
  ['!=', 'has a value, and it is not'],
  ['<', 'is less than'],
  ['<=', 'is at most'],
  ['>', 'is more than'],
  ['>=', 'is at least'],
  ['contains', 'has this text in it'],
  ['matches', 'matches this regular expression, in any case'],
  ['in', 'is one of {a, b, 200..299}'],
]);

/** Names to choose from: canonical ones, and those of other families once one was begun. */
function candidates(typed: string): readonly KnownValue[] {
  const found: KnownValue[] = [];
  for (const field of fields) {
    found.push({ text: field.name, about: field.about });
    if (typed === '') continue;
    for (const name of namesOf(field))
      if (name !== field.name) found.push({ text: name, about: `${field.name}: ${field.about}` });
  }
  if (/^hdr\./iu.test(typed))
    found.push(...headerNames.map((name) => ({ text: `hdr.${name}`, about: `The header ${name}.` })));
  if (typed.startsWith('$h'))
    found.push(...headerNames.map((name) => ({ text: `$hdr(${name})`, about: `The header ${name}.` })));
  if (/^sip\./iu.test(typed)) {
    const more = headerNames.filter(
      (name) => !found.some((one) => one.text.toLowerCase() === `sip.${name.toLowerCase()}`),
    );
    found.push(...more.map((name) => ({ text: `sip.${name}`, about: `The header ${name}.` })));
  }
  return found;
}

/** Those that begin with what was typed, then those in which a part does (`user` in `from.user`), each in the given order. */
function ranked<T>(all: readonly T[], typed: string, name: (one: T) => string): T[] {
  const wanted = typed.startsWith('$') ? typed : typed.toLowerCase();
  const folded = (one: T): string => (typed.startsWith('$') ? name(one) : name(one).toLowerCase());
  const first = all.filter((one) => folded(one).startsWith(wanted));
  const second = all.filter(
    (one) =>
      !folded(one).startsWith(wanted) &&
      folded(one)
        .split(/[.-]/u)
        .some((part) => part.startsWith(wanted)),
  );
  return [...first, ...second];
}

function made(kind: Completion['kind'], value: KnownValue, from: number, to: number): Completion {
  return { kind, text: value.text, about: value.about ?? '', from, to };
}
