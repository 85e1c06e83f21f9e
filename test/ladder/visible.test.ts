import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shown, visible, visibleLines } from '../../core/ladder/visible.ts';

test.each([
  ['plain', 'plain'],
  ['\u001B[31mred', '\\x1b[31mred'],
  ['nul\0', 'nul\\0'],
  ['tab\tline\r\n', 'tab\\tline\\r\\n'],
  ['\u202Egnp.exe', '\\u{202e}gnp.exe'],
  ['a\u200Bb\uFEFF', 'a\\u{200b}b\\u{feff}'],
  ['\u009B31m', '\\x9b31m'],
  ['\u{E0041}\u{E007F}', '\\u{e0041}\\u{e007f}'],
  ['half \uD83D pair', 'half \\u{d83d} pair'],
  ['whole 😀 佐藤 é', 'whole 😀 佐藤 é'],
  [`Z${'\u0301'.repeat(50)}a`, 'Z\u0301\u0301\u0301\\u{301}…a'],
])('%j is shown as %s', (text, expected) => {
  expect(visible(text)).toBe(expected);
});

test('lines and tabs stay where whole messages are shown, and nothing else does', () => {
  expect(visibleLines('a\r\nb\rc\nd\te\0')).toBe('a\nb\nc\nd\te\\0');
});

test('a text of a megabyte is cut, without half a character', () => {
  expect(shown('😀'.repeat(500_000))).toBe(`${'😀'.repeat(500)}…`);
});

const anything = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes));

test('whatever comes in, nothing that acts comes out, and once is enough', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const out = visible(text);
      expect(out).not.toMatch(/[\p{Cc}\p{Cs}\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/u);
      expect(visible(out)).toBe(out);
    }),
    { seed: 7, numRuns: 500 },
  );
});
