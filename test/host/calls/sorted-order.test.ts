import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Turns } from '../../../core/host/kept.ts';
import { sortedOrder } from '../../../core/host/calls/sorted-order.ts';
import { TextRanks } from '../../../core/host/calls/text-ranks.ts';

const { signal } = new AbortController();

test('calls are in the order of their keys, equal ones as they stood, those without last: both ways', () => {
  const key = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(Number.NaN, 0, -0, 1e300, -1e300, 5e-324),
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), fc.boolean(), (keys, descending) => {
      const calls = Uint32Array.from(keys, (_, index) => keys.length - index - 1);
      const expected = [...calls].sort((a, b) => {
        const [one, other] = [keys[a] as number, keys[b] as number];
        if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
        return (one < other ? -1 : one > other ? 1 : 0) * (descending ? -1 : 1);
      });
      expect([...sortedOrder(calls, Float64Array.from(keys), descending)]).toEqual(expected);
    }),
  );
});

test('a call that came after the keys were made has none', () => {
  expect([...sortedOrder(Uint32Array.of(3, 1, 2), Float64Array.of(0, 7, 5), false)]).toEqual([2, 1, 3]);
});

async function ranksOf(texts: readonly Uint8Array[]): Promise<number[]> {
  const ranks = new TextRanks(texts.length);
  for (const text of texts) ranks.add(text, 0, text.length);
  return [...(await ranks.ranks(new Turns(signal)))];
}

test('texts get ranks as their bytes compare, whatever bytes they are made of', async () => {
  // Few letters and long common beginnings: that is where groups go on for several rounds.
  const byte = fc.constantFrom(0, 0x30, 0x31, 0x61, 0xff);
  const text = fc
    .tuple(fc.constantFrom(0, 3, 4, 9, 140), fc.array(byte, { maxLength: 6 }))
    .map(([same, end]) => Uint8Array.from([...Array.from({ length: same }, () => 0x62), ...end]));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 80 }), async (texts) => {
      const ranks = await ranksOf(texts);
      const seen = texts.map((one) => Buffer.from(one.subarray(0, 128)));
      for (const [index, one] of seen.entries()) {
        const smaller = seen.filter((other) => other.length > 0 && Buffer.compare(other, one) < 0).length;
        expect(ranks[index]).toBe(one.length === 0 ? Number.NaN : smaller);
      }
    }),
    { numRuns: 200 },
  );
});

test('as people sort: letters in any case, and a user before the longer ones that begin with it', async () => {
  const texts = ['bob@b', 'Alice@a', '1002@x', '10020@x', 'alice@a', '100@x'];
  expect(await ranksOf(texts.map((text) => Buffer.from(text)))).toEqual([5, 3, 1, 2, 3, 0]);
});

test('thousands of texts that differ in bytes 0 only come to an end', async () => {
  const texts = Array.from({ length: 300 }, (_, index) => new Uint8Array(1 + (index % 150)));
  expect(await ranksOf(texts)).toHaveLength(300);
});
