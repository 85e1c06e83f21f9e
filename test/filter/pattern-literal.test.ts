import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from '../../core/filter/index.ts';

function literalOf(pattern: string): string | null {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(compiled.error.message);
  return compiled.pattern.literal;
}

test.each([
  ['friendly', 'friendly'],
  ['^Friendly-Scanner$', 'friendly-scanner'],
  ['(?-i)Alice', 'alice'],
  ['ab|cd', null],
  ['x(ab|cd)yz', 'yz'],
  ['x(abc)yz', 'xabcyz'],
  ['abc*def', 'def'],
  ['(abc)+de', 'abc'],
  ['(abc){0,3}de', 'de'],
  ['a.bcd.e', 'bcd'],
  ['sip:\\+4930\\d+@', 'sip:+4930'],
  ['a b', 'a'],
  ['[Aa]bc[b-d]x', 'abc'],
  ['[a]bc', 'abc'],
  ['\\x41lice', 'alice'],
  ['grün', 'gr'],
  ['.*', null],
  ['', null],
  ['\\d+', null],
  ['\\bword\\b', 'word'],
])('what matches %s holds %s', (pattern, literal) => {
  expect(literalOf(pattern)?.toLowerCase() ?? null).toBe(literal);
});

test('whatever a pattern matches holds its literal', () => {
  const part = fc.constantFrom('a', 'B', '1', '-', '.', '[ab]', '\\+', '(ab|b)', '(a1)', '^', '$', '\\b', 'é', ' ');
  const count = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{0,1}');
  const pattern = fc
    .array(fc.tuple(part, count), { maxLength: 6 })
    .map((parts) => parts.map(([one, often]) => (/^[\^$]|^\\b/u.test(one) ? one : one + often)).join(''));
  const text = fc
    .array(fc.constantFrom('a', 'b', 'A', 'B', '1', '-', '+', 'é', ' ', '\n'), { maxLength: 12 })
    .map((signs) => signs.join(''));
  let matched = 0;
  fc.assert(
    fc.property(pattern, text, (made, subject) => {
      const compiled = compilePattern(made);
      if (!compiled.ok || !compiled.pattern.inText(subject)) return;
      matched += 1;
      expect(subject.toLowerCase()).toContain(compiled.pattern.literal?.toLowerCase() ?? '');
    }),
    { seed: 7, numRuns: 5000 },
  );
  expect(matched).toBeGreaterThan(500);
});
