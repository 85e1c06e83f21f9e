/**
 * Regular expressions, from text to a tree. The dialect is what ECMAScript, PCRE and POSIX have in common, with POSIX
 * classes; what needs backtracking (back-references, look-around) is refused.
 */
import { bothCases, complement, digits, lineEnds, posix, spaces, union, wordSigns } from './pattern-sets.ts';
import type { Ranges } from './pattern-sets.ts';

/** Where a pattern may stand in a text; `start` and `end` are of any line. */
export type Place = 'start' | 'end' | 'edge' | 'no-edge';

export type Node =
  | { readonly kind: 'set'; readonly set: Ranges }
  | { readonly kind: 'place'; readonly place: Place }
  /** One after the other; matches the empty text where there are none. */
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'either'; readonly parts: readonly Node[] }
  /** `max` may be Infinity. */
  | { readonly kind: 'repeat'; readonly part: Node; readonly min: number; readonly max: number };

/** Longest pattern that is read, in UTF-16 units. */
export const MAX_PATTERN = 1_000;
/** Groups within groups. */
const MAX_GROUPS = 50;
/** Largest number in `{n,m}`. */
const MAX_REPEAT = 1_000;

/** What is wrong with a pattern, and where in it. Seen by `compilePattern` only. */
export class BadPatternError extends Error {
  override readonly name = 'BadPatternError';
  readonly at: number;
  readonly end: number;

  constructor(message: string, at: number, end: number) {
    super(message);
    this.at = at;
    this.end = end;
  }
}

const CONTROLS = new Map([
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
  ['0', 0],
]);

const SHORTHANDS = new Map<string, Ranges>([
  ['d', digits],
  ['D', complement(digits)],
  ['w', wordSigns],
  ['W', complement(wordSigns)],
  ['s', spaces],
  ['S', complement(spaces)],
]);

/** Reads a pattern; throws BadPatternError. Case of ASCII letters is ignored, unless the pattern begins with `(?-i)`. */
export function readPattern(text: string): Node {
  if (text.length > MAX_PATTERN)
    throw new BadPatternError(`A pattern has at most ${MAX_PATTERN} characters.`, MAX_PATTERN, text.length);
  const flag = /^\(\?(-?)i\)/u.exec(text);
  const reader = new Reader(text, flag?.[1] !== '-');
  reader.at = flag?.[0].length ?? 0;
  const node = reader.either();
  if (reader.at < text.length) throw new BadPatternError('There is no "(" for this ")".', reader.at, reader.at + 1);
  return node;
}

class Reader {
  at = 0;
  private readonly text: string;
  private readonly anyCase: boolean;
  private depth = 0;

  constructor(text: string, anyCase: boolean) {
    this.text = text;
    this.anyCase = anyCase;
  }

  either(): Node {
    const parts = [this.all()];
    while (this.skip('|')) parts.push(this.all());
    return parts.length === 1 ? (parts[0] as Node) : { kind: 'either', parts };
  }

  private all(): Node {
    const parts: Node[] = [];
    while (this.at < this.text.length && this.text[this.at] !== '|' && this.text[this.at] !== ')')
      parts.push(this.repeated());
    return parts.length === 1 ? (parts[0] as Node) : { kind: 'all', parts };
  }

  private repeated(): Node {
    const group = this.text[this.at] === '(';
    const part = this.one();
    const bounds = this.bounds();
    if (bounds === null) return part;
    if (part.kind === 'place' && !group)
      throw new BadPatternError('There is nothing to repeat here.', bounds.at, this.at);
    // Greedy or not makes no difference to whether a text matches.
    this.skip('?');
    const again = this.at;
    if (this.bounds() !== null) throw new BadPatternError('There is nothing to repeat here.', again, this.at);
    return { kind: 'repeat', part, min: bounds.min, max: bounds.max };
  }

  /** `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}`; a brace that is none of these stands for itself. */
  private bounds(): { at: number; min: number; max: number } | null {
    const { at } = this;
    if (this.skip('*')) return { at, min: 0, max: Infinity };
    if (this.skip('+')) return { at, min: 1, max: Infinity };
    if (this.skip('?')) return { at, min: 0, max: 1 };
    const found = this.form(/\{(\d+)(,(\d*))?\}/uy);
    if (found === null) return null;
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : found[3] === '' ? Infinity : Number(found[3]);
    if (min > max) throw new BadPatternError('The numbers in these braces run backwards.', at, this.at);
    if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT)) {
      throw new BadPatternError(`A repetition counts to ${MAX_REPEAT} at most.`, at, this.at);
    }
    return { at, min, max };
  }

  private one(): Node {
    const { at } = this;
    const sign = this.text[at] as string;
    if (sign === '(') return this.group();
    if (sign === '[') return this.set(this.bracket());
    if (sign === '\\') return this.escaped();
    if (this.bounds() !== null) throw new BadPatternError('There is nothing to repeat here.', at, this.at);
    this.at += 1;
    if (sign === '^') return { kind: 'place', place: 'start' };
    if (sign === '$') return { kind: 'place', place: 'end' };
    if (sign === '.') return { kind: 'set', set: complement(lineEnds) };
    return this.set([sign.charCodeAt(0), sign.charCodeAt(0)]);
  }

  private set(set: Ranges): Node {
    return { kind: 'set', set: this.anyCase ? bothCases(set) : set };
  }

  private group(): Node {
    const { at } = this;
    this.at += 1;
    if (this.skip('?') && this.form(/:|P?<\w+>/uy) === null) {
      const look = /^(=|!|<=|<!)/u.test(this.text.slice(this.at));
      const message = look
        ? 'Look-around is not supported.'
        : 'A group begins with "(", "(?:" or "(?<name>"; "(?i)" and "(?-i)" stand at the very beginning.';
      throw new BadPatternError(message, at, Math.min(this.at + 1, this.text.length));
    }
    this.depth += 1;
    if (this.depth > MAX_GROUPS) throw new BadPatternError(`Groups go at most ${MAX_GROUPS} deep.`, at, at + 1);
    const node = this.either();
    this.depth -= 1;
    if (!this.skip(')')) throw new BadPatternError('The ")" for this "(" is missing in the pattern.', at, at + 1);
    return node;
  }

  /** A backslash outside of brackets. */
  private escaped(): Node {
    const { at } = this;
    const sign = this.text[at + 1];
    if (sign === 'b' || sign === 'B') {
      this.at += 2;
      return { kind: 'place', place: sign === 'b' ? 'edge' : 'no-edge' };
    }
    if (sign !== undefined && /[1-9]/u.test(sign))
      throw new BadPatternError('Back-references are not supported.', at, at + 2);
    return this.set(this.escape());
  }

  private escape(): Ranges {
    const { at } = this;
    this.at += 2;
    const sign = this.text[at + 1];
    if (sign === undefined) throw new BadPatternError('The pattern ends in the middle of an escape.', at, at + 1);
    const known = SHORTHANDS.get(sign);
    if (known !== undefined) return known;
    let unit = CONTROLS.get(sign);
    if (unit === undefined && (sign === 'x' || sign === 'u')) {
      const hex = this.form(sign === 'x' ? /[0-9a-f]{2}/iuy : /[0-9a-f]{4}/iuy);
      if (hex === null)
        throw new BadPatternError(`"\\${sign}" needs ${sign === 'x' ? 'two' : 'four'} hex digits.`, at, at + 2);
      unit = Number.parseInt(hex[0], 16);
    }
    if (unit === undefined && /[a-z0-9]/iu.test(sign))
      throw new BadPatternError(`"\\${sign}" has no meaning in a pattern.`, at, at + 2);
    unit ??= sign.charCodeAt(0);
    return [unit, unit];
  }

  /** `[a-z]`, `[^…]`, `[[:digit:]]`; a `]` right at the beginning stands for itself. */
  private bracket(): Ranges {
    const { at } = this;
    this.at += 1;
    const inverse = this.skip('^');
    const sets: Ranges[] = [];
    for (let first = true; first || this.text[this.at] !== ']'; first = false) {
      if (this.at >= this.text.length) throw new BadPatternError('The "]" for this "[" is missing.', at, at + 1);
      sets.push(this.member());
    }
    this.at += 1;
    const set = union(...sets);
    return inverse ? complement(this.anyCase ? bothCases(set) : set) : set;
  }

  private member(): Ranges {
    const { at } = this;
    const named = this.form(/\[:(\w+):\]/uy);
    if (named !== null) {
      const set = posix.get(named[1] as string);
      if (set === undefined) throw new BadPatternError(`There is no class "${named[0]}".`, at, this.at);
      return set;
    }
    const from = this.unit();
    const next = this.text[this.at + 1];
    if (this.text[this.at] !== '-' || next === ']' || next === undefined) return from;
    this.at += 1;
    const to = this.unit();
    if (from.length !== 2 || to.length !== 2 || from[0] !== from[1] || to[0] !== to[1]) {
      throw new BadPatternError('A range in brackets goes from one character to another.', at, this.at);
    }
    if ((from[0] as number) > (to[0] as number)) throw new BadPatternError('This range runs backwards.', at, this.at);
    return [from[0] as number, to[0] as number];
  }

  private unit(): Ranges {
    if (this.text[this.at] === '\\') {
      if (this.text[this.at + 1] !== 'b') return this.escape();
      this.at += 2;
      return [8, 8];
    }
    const unit = this.text.charCodeAt(this.at);
    this.at += 1;
    return [unit, unit];
  }

  private skip(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  private form(form: RegExp): RegExpExecArray | null {
    form.lastIndex = this.at;
    const found = form.exec(this.text);
    if (found !== null) this.at += found[0].length;
    return found;
  }
}
