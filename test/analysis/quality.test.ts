import { expect, test } from 'vitest';
import { impairmentOf, opinionScore, ratingFactor } from '../../core/analysis/quality.ts';

/** Points of ITU-T G.107 (annex B, and its default R) and G.109. */
test('a connection without impairments: R 93.2, MOS 4.41', () => {
  const r = ratingFactor({ ie: 0, bpl: 25.1 }, 0, 80);
  expect(r).toBeCloseTo(93.2, 5);
  expect(opinionScore(r)).toBeCloseTo(4.41, 2);
});

test.each([
  [50, 2.58],
  [60, 3.1],
  [70, 3.6],
  [80, 4.02],
  [90, 4.34],
])('R %d is MOS %d', (r, mos) => {
  expect(opinionScore(r)).toBeCloseTo(mos, 2);
});

test('loss and delay make it worse, never better, and within 1 to 4.5', () => {
  const codec = impairmentOf('g729') ?? { ie: 0, bpl: 1 };
  let last = Infinity;
  for (let loss = 0; loss <= 100; loss += 5) {
    const mos = opinionScore(ratingFactor(codec, loss, 150));
    expect(mos).toBeLessThanOrEqual(last);
    expect(mos).toBeGreaterThanOrEqual(1);
    last = mos;
  }
  expect(ratingFactor(codec, 0, 400)).toBeLessThan(ratingFactor(codec, 0, 100));
});

test('codecs without published numbers have no estimate', () => {
  expect(impairmentOf('opus')).toBeNull();
});
