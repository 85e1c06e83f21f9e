import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../core/bytes/text.ts';
import { compilePattern } from '../../core/filter/index.ts';
import type { Pattern } from '../../core/filter/index.ts';

function pattern(text: string): Pattern {
  const compiled = compilePattern(text);
  if (!compiled.ok) throw new Error(`${text}: ${compiled.error.message}`);
  return compiled.pattern;
}

/* Each line: a pattern, texts that it is found in, texts that it is not. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['^10', ['10', '1001', 'x\n10'], ['0', '210', '']],
  ['10$', ['10', '210', '10\r\nx'], ['101']],
  ['abc', ['ABC', 'xabcx'], ['ab', 'acb']],
  ['(?-i)abc', ['abc'], ['ABC']],
  ['(?i)abc', ['ABC'], ['ab']],
  ['a.c', ['abc', 'a-c'], ['ac', 'a\nc']],
  ['[0-9]{3,4}', ['123', '12345'], ['12', '']],
  ['^[0-9]{3,4}$', ['123', '1234'], ['12', '12345']],
  ['^[[:digit:]]+$', ['42'], ['4x', '']],
  ['^[^[:space:]]+$', ['a-b'], ['a b']],
  ['[]x]', [']', 'x'], ['y']],
  ['[a\\]b]', [']'], ['c']],
  ['[a-]', ['-'], ['b']],
  ['^(a|bc)*$', ['', 'abca'], ['b', 'ac']],
  ['^\\+?\\d+@', ['+49@x', '1@'], ['a@']],
  ['\\bsip\\b', ['a sip b', 'sip:x'], ['sips', 'xsip']],
  ['\\Bip', ['sip'], ['ip']],
  ['^(?:a+?)$', ['aaa'], ['b']],
  ['(?<who>alice|bob)', ['bob'], ['eve']],
  ['a{2}{', ['aa{'], ['aa']],
  ['\\x41\\u00e9', ['aé'], ['a']],
  ['é', ['é'], ['É', 'e']],
  ['', ['', 'x'], []],
  ['(){3}x', ['x'], ['y']],
  ['(a*)*b', ['b', 'aab'], ['a']],
];

describe('patterns', () => {
  it.each(cases)('%s', (text, found, not) => {
    const compiled = pattern(text);
    for (const subject of found) expect(compiled.inText(subject), subject).toBe(true);
    for (const subject of not) expect(compiled.inText(subject), subject).toBe(false);
    for (const [subjects, is] of [
      [found, true],
      [not, false],
    ] as const) {
      for (const subject of subjects) {
        const bytes = utf8(`abc10${subject}abc10`);
        expect(compiled.inBytes(bytes, 5, bytes.length - 5), subject).toBe(is);
      }
    }
  });

  it('find Latin-1 in bytes that are not UTF-8', () => {
    expect(pattern('é').inBytes(Uint8Array.of(0x61, 0xe9), 0, 2)).toBe(true);
  });
});

/** Patterns out of the common part of the dialects, as text. */
const { node } = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'pattern' },
    fc.constantFrom(
      'a',
      'b',
      'A',
      '.',
      '[ab]',
      '[^a]',
      '\\w',
      '\\W',
      '\\s',
      '-',
      '^',
      '$',
      '\\b',
      '\\B',
      '[a-c-]',
      '\\n',
    ),
    fc.tuple(tie('node'), tie('node')).map(([one, other]) => one + other),
    fc.tuple(tie('node'), tie('node')).map(([one, other]) => `(?:${one}|${other})`),
    fc
      .tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '*?'))
      .map(([one, bound]) => `(${one})${bound}`),
  ),
}));

describe('any pattern', () => {
  it('finds what the engine of JavaScript finds', () => {
    const subject = fc
      .array(fc.constantFrom('a', 'b', 'A', 'c', '-', ' ', '\n'), { maxLength: 8 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(node, fc.array(subject, { minLength: 1, maxLength: 5 }), (text, subjects) => {
        const compiled = pattern(text);
        const other = new RegExp(text, 'im');
        for (const one of subjects) {
          expect(compiled.inText(one), `/${text}/ in ${JSON.stringify(one)}`).toBe(other.test(one));
          expect(compiled.inBytes(utf8(one), 0, one.length)).toBe(other.test(one));
        }
      }),
      { seed: 5, numRuns: 2000 },
    );
  });

  it('compiles or says where it is wrong, and never throws', () => {
    const bits = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '^',
      '-',
      '\\',
      '{',
      '}',
      '2',
      ',',
      '*',
      '+',
      '?',
      '|',
      'a',
      ':',
      '<',
      '=',
      '!',
      '[:alpha:]',
      'é',
      '\\x4',
      '\\u',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 14 }), (all) => {
        const text = all.join('');
        const compiled = compilePattern(text);
        if (compiled.ok) compiled.pattern.inText('aa-é');
        else {
          expect(compiled.error.at).toBeLessThanOrEqual(compiled.error.end);
          expect(compiled.error.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { seed: 6, numRuns: 3000 },
    );
  });
});

/* Patterns that take a backtracking engine longer than the age of the universe on these texts. */
const hostile: readonly (readonly [string, string])[] = [
  ['(a+)+$', `${'a'.repeat(50_000)}!`],
  ['^(a|a)*$', `${'a'.repeat(50_000)}!`],
  ['(.*a){20}$', `${'a'.repeat(20_000)}!`],
  ['(a?){150}a{150}$', `${'a'.repeat(149)}!`],
  ['^(\\w+\\s?)*$', `${'word '.repeat(10_000)}!`],
  ['(x+x+)+y', 'x'.repeat(50_000)],
];

describe('hostile patterns', () => {
  it.each(hostile)('%s', (text, subject) => {
    expect(pattern(text).inText(subject)).toBe(false);
  });

  it('keep their memory bounded: states are forgotten and made again', () => {
    // Of this one a machine would need 2^60 states.
    const compiled = pattern('(a|b)*a(a|b){60}c');
    let seed = 1;
    let subject = '';
    for (let i = 0; i < 5000; i++) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      subject += (seed & 0x10000) === 0 ? 'a' : 'b';
    }
    expect(compiled.inText(subject)).toBe(false);
    expect(compiled.inText(`${subject}a${'b'.repeat(60)}c`)).toBe(true);
  });

  it.each(['(a{1000}){1000}', '((){1000}){1000}a{1001}', `${'('.repeat(51)}${')'.repeat(51)}`, 'x'.repeat(1001)])(
    '%.20s is refused',
    (text) => {
      expect(compilePattern(text).ok).toBe(false);
    },
  );

  it('repeat nothing without going round and round', () => {
    expect(pattern('((((){1000}){1000}){1000}){1000}').inText('')).toBe(true);
  });
});
