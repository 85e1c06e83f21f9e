import { expect, test } from 'vitest';
import { differingWords, type Word } from '../../../renderer/views/message/words-diff.ts';

function told(words: readonly Word[]): string {
  return words.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('');
}

test('marks the words that differ', () => {
  const { before, after } = differingWords('sip:anna@10.0.0.1:5060;lr', 'sip:ben@10.0.0.1:5062;lr;x=1');
  expect(told(before)).toBe('sip:[anna]@10.0.0.1:[5060];lr');
  expect(told(after)).toBe('sip:[ben]@10.0.0.1:[5062];lr[;x=1]');
});

test('a lone sign between differing words is part of them', () => {
  expect(told(differingWords('10.0.10.21', '10.0.20.11').before)).toBe('10.0.[10.21]');
});

test('nothing is lost, and equal texts have no mark', () => {
  const texts = ['', 'a', 'a b', 'b a c', '日本 a;b', '  ', 'x=1;x=1;x=2'];
  for (const one of texts) {
    for (const other of texts) {
      const { before, after } = differingWords(one, other);
      expect(before.map(({ text }) => text).join('')).toBe(one);
      expect(after.map(({ text }) => text).join('')).toBe(other);
      if (one === other) expect(before.some(({ differs }) => differs)).toBe(false);
    }
  }
});

test('long texts are marked as a whole, not compared word by word', () => {
  const long = 'a b '.repeat(20_000);
  expect(differingWords(long, `${long}c`).after).toEqual([{ text: `${long}c`, differs: true }]);
});
