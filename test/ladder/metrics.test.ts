import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitText, textWidth, wrapText } from '../../core/ladder/metrics.ts';

function squeeze(text: string): string {
  return text.replaceAll(/\s/gu, '');
}

test('wide characters are wide, marks take no room, bold is wider', () => {
  expect(textWidth('佐藤', 12, 'regular')).toBeGreaterThan(textWidth('ab', 12, 'regular'));
  expect(textWidth('e\u0301', 12, 'regular')).toBe(textWidth('e', 12, 'regular'));
  expect(textWidth('INVITE', 12, 'bold')).toBeGreaterThan(textWidth('INVITE', 12, 'regular'));
  expect(textWidth('', 12, 'regular')).toBe(0);
  expect(textWidth('0000000000', 10, 'mono')).toBe(61);
});

const texts = fc.string({ unit: 'grapheme', maxLength: 80 });

test('what was fitted fits, and is the text or its beginning', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 300 }), (text, room) => {
      const fitted = fitText(text, room, 12, 'regular');
      expect(textWidth(fitted, 12, 'regular')).toBeLessThanOrEqual(room);
      expect(fitted === text || fitted === '' || text.startsWith(fitted.slice(0, -1))).toBe(true);
      expect(fitted).not.toMatch(/\p{Cs}/u);
    }),
    { seed: 3, numRuns: 500 },
  );
});

test('what was wrapped fits and, with lines enough, loses nothing but blanks', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 30, max: 300 }), (text, room) => {
      const lines = wrapText(text, room, 12, 'regular', 1000);
      for (const line of lines) expect(textWidth(line, 12, 'regular')).toBeLessThanOrEqual(room);
      expect(squeeze(lines.join(''))).toBe(squeeze(text));
    }),
    { seed: 4, numRuns: 500 },
  );
});
