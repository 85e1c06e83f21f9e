import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StreamCourse, StreamPoint } from '../../../core/contract/streams.ts';
import { axisEnd, courseOf, linesOf, spacingsBetween, tickStep, valueAt } from '../../../core/ladder/course-lines.ts';
import { spacingSteps } from '../../../renderer/views/media/spacing-steps.ts';
import { cursorAfter, zoomAfter } from '../../../renderer/views/media/TimeOverlay.tsx';

/** What charts draw of a course, and what the cursor tells of it. */

function point(at: number, more: Partial<StreamPoint> = {}): StreamPoint {
  return { ts: at.toFixed(3), packets: 1, lost: 0, jitterMs: 1, maxDeltaMs: 20, ptimeMs: 20, mos: 4.4, ...more };
}

function fine(points: readonly StreamPoint[], stepMs: number): StreamCourse {
  const [from, to] = [points[0]?.ts ?? '0', points.at(-1)?.ts ?? '0'];
  return { points, spacing: [], fine: { from, to, stepMs, spacingStepMs: 1, marks: [], marksLeftOut: 0 } };
}

test('no more than two points of a stretch, in the order of time, whatever the course', () => {
  const value = fc.double({ min: 0, max: 5000, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, fc.nat(50)), { maxLength: 200 }), fc.boolean(), (values, isFine) => {
      const points = values.map(([most, least, gap], at) =>
        point(1000 + at * 0.1 + gap, {
          maxDeltaMs: most,
          ...(isFine ? { minDeltaMs: least, firstDeltaMs: least } : {}),
        }),
      );
      points.sort((a, b) => Number(a.ts) - Number(b.ts));
      const course = courseOf(isFine ? fine(points, 100) : { points, spacing: [] });
      for (const quantity of ['spacing', 'jitter', 'mos'] as const) {
        const lines = linesOf(quantity, [course]);
        expect(lines.filter(({ one }) => !Number.isNaN(one)).length).toBeLessThanOrEqual(2 * points.length + 1);
        expect(lines.every(({ at }, index) => index === 0 || at >= (lines[index - 1]?.at ?? 0))).toBe(true);
      }
    }),
    { numRuns: 50, seed: 4 },
  );
});

test('losses are summed over a second, so that a short stretch does not make many of one', () => {
  const points = Array.from({ length: 100 }, (_, at) => point(10 + at * 0.02, { lost: at === 60 ? 2 : 0 }));
  const course = courseOf(fine(points, 15));
  expect(course.losses).toEqual([0, 2]);
  expect(valueAt('lost', course, 11.5)).toBe(2);
  expect(valueAt('lost', course, 10.5)).toBe(0);
});

test('where nothing came there is no value and the line is broken; a stretch shorter than a packet is no pause', () => {
  const points = [point(10), point(10.02), point(10.04), point(14)];
  const course = courseOf(fine(points, 8));
  expect(linesOf('jitter', [course]).filter(({ one }) => Number.isNaN(one))).toHaveLength(1);
  expect(valueAt('jitter', course, 10.03)).toBe(1);
  expect(valueAt('jitter', course, 12)).toBeNull();
  expect(valueAt('jitter', course, 9)).toBeNull();
});

test('the first packet has no spacing', () => {
  const course = courseOf(fine([point(10, { firstDeltaMs: null, maxDeltaMs: 0 }), point(10.02)], 8));
  expect(valueAt('spacing', course, 10.01)).toBeNull();
  expect(valueAt('spacing', course, 10.02)).toBe(20);
});

test('between changes the spacing is the median', () => {
  const points = Array.from({ length: 20 }, (_, at) => point(10 + at * 0.02, { firstDeltaMs: at < 10 ? 20 : 40 }));
  expect(spacingsBetween(courseOf(fine(points, 10)), [10, 10.2])).toEqual([20, 40]);
  expect(spacingsBetween(courseOf({ points, spacing: [] }), [10, 10.2])).toEqual([null, null]);
});

test('axes end at round values, ticks stand at round times', () => {
  expect([41.3, 20, 0].map((most) => axisEnd(most, 40))).toEqual([60, 40, 40]);
  expect(tickStep(7.2, 8)).toBe(1);
  expect(tickStep(192, 8)).toBe(30);
  expect(tickStep(1e6, 8)).toBe(129_600);
});

test('a step of the distribution goes round its label; rare and far ones are one step; nothing is left out', () => {
  const spacing = [
    { fromMs: 18, toMs: 20, count: 900 },
    { fromMs: 20, toMs: 22, count: 900 },
    { fromMs: 40, toMs: 42, count: 100 },
    { fromMs: 800, toMs: 1600, count: 1 },
  ];
  const steps = spacingSteps([spacing]);
  expect(steps.find(({ label }) => label === '20')?.counts).toEqual([1800]);
  expect(steps.at(-1)).toEqual({ label: '> 42.5', counts: [1] });
  expect(steps.reduce((sum, { counts }) => sum + (counts[0] ?? 0), 0)).toBe(1901);
  expect(spacingSteps([])).toEqual([]);
});

test('keys move the cursor within what is seen, and choose a stretch around it', () => {
  const span = { from: 100, to: 120 };
  const key = (name: string, shiftKey = false): { key: string; shiftKey: boolean } => ({ key: name, shiftKey });
  expect(cursorAfter(key('ArrowRight'), null, span)).toBeCloseTo(100.1);
  expect(cursorAfter(key('ArrowLeft', true), 110, span)).toBeCloseTo(109);
  expect(cursorAfter(key('ArrowLeft'), 100, span)).toBe(100);
  expect(cursorAfter(key('End'), 110, span)).toBe(120);
  expect(cursorAfter(key('x'), 110, span)).toBeNull();
  expect(zoomAfter('+', 101, span, span)).toEqual({ from: 100, to: 110 });
  expect(zoomAfter('-', 110, { from: 105, to: 110 }, span)).toEqual({ from: 105, to: 115 });
  expect(zoomAfter('-', 110, { from: 100, to: 119 }, span)).toBeNull();
  expect(zoomAfter('0', null, span, span)).toBeNull();
  expect(zoomAfter('a', null, span, span)).toBeUndefined();
});
