import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filterPieces } from '../../../renderer/app/filter/colours.ts';

test('the coloured text is the text of the field, sign for sign', () => {
  const likely = fc.array(
    fc.constantFrom('$rm', ' ', '==', '"IN', 'VITE"', 'and', 'from:', '1001', '(', ')', '\\', '~'),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        likely.map((parts) => parts.join('')),
      ),
      (filter) => {
        const pieces = filterPieces(filter);
        expect(pieces.map(({ text }) => text).join('')).toBe(filter);
        for (const { at, text } of pieces) expect(filter.slice(at, at + text.length)).toBe(text);
      },
    ),
  );
});

test('fields, words, operators and values have colours of their own', () => {
  const inks = (filter: string): string[] =>
    filterPieces(filter)
      .filter(({ ink }) => ink !== 'blank')
      .map(({ text, ink }) => `${ink} ${text}`);
  expect(inks('$rm == "INVITE" and findings > 0')).toEqual([
    'name $rm',
    'operator ==',
    'value "INVITE"',
    'word and',
    'name findings',
    'operator >',
    'value 0',
  ]);
  expect(inks('from:1001 not sip:2044')).toEqual(['name from:', 'value 1001', 'word not', 'text sip:2044']);
  expect(inks('status in {486, 603}')[0]).toBe('name status');
});
