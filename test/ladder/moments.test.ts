import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Course } from '../../core/ladder/moments.ts';

test('a moment stands between the rows before and after it, and not beyond the first and the last', () => {
  const course = new Course({ y: [100, 140, 170, 240], time: [0, 1000, null, 3000] });
  expect(course.heightOf(0)).toBe(100);
  expect(course.heightOf(500)).toBe(120);
  expect(course.heightOf(2000)).toBe(190);
  expect(course.heightOf(-5)).toBe(100);
  expect(course.heightOf(99_999)).toBe(240);
});

test('without rows there is no height; rows of the same time, or from before, turn nothing back', () => {
  expect(new Course({ y: [], time: [] }).heightOf(5)).toBeNaN();
  expect(new Course({ y: [10], time: [null] }).heightOf(5)).toBeNaN();
  const course = new Course({ y: [10, 20, 30, 40], time: [5, 5, 3, 9] });
  expect(course.heightOf(5)).toBe(20);
  expect(course.heightOf(7)).toBe(30);
});

test('later never stands higher', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.integer({ min: 0, max: 1000 })), { maxLength: 30 }),
      fc.integer({ min: -50, max: 1100 }),
      fc.nat(200),
      (time, at, more) => {
        const course = new Course({ y: time.map((_, row) => row * 30), time });
        const [one, other] = [course.heightOf(at), course.heightOf(at + more)];
        expect(Number.isNaN(one) ? Number.isNaN(other) : other >= one).toBe(true);
      },
    ),
    { seed: 4, numRuns: 300 },
  );
});
