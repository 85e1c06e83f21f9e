import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundGrid } from '../../../core/host/statistics/round-step.ts';

/** Steps people can read: they begin at whole minutes, hours, days. */
test.each([
  [0, 0, 1, { step: 1, first: 0, count: 1 }],
  [1000, 1999, 10, { step: 100, first: 10, count: 10 }],
  [1_700_000_003_500, 1_700_000_063_400, 30, { step: 5000, first: 340_000_000, count: 13 }],
  [0, 86_400_000 * 30, 31, { step: 86_400_000, first: 0, count: 31 }],
  [0, 86_400_000 * 30, 30, { step: 2 * 86_400_000, first: 0, count: 16 }],
])('%d to %d in %d steps', (from, to, most, grid) => {
  expect(roundGrid(from, to, most)).toEqual(grid);
});

test('any two moments are in at most as many steps as asked for, whatever the clocks said', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e22, noNaN: true }),
      fc.double({ min: 0, max: 1e22, noNaN: true }),
      fc.integer({ min: 1, max: 2000 }),
      (a, b, most) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const { step, first, count } = roundGrid(from, to, most);
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(most);
        expect(Math.floor(from / step)).toBe(first);
        expect(Math.floor(to / step)).toBe(first + count - 1);
      },
    ),
  );
});
