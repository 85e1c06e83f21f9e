import { expect, test } from 'vitest';
import { axisMarks } from '../../../renderer/views/dispatcher/axis.ts';
import { segmentsOf } from '../../../renderer/views/dispatcher/segments.ts';

/** What is drawn of states and times, however many there are. */

function row(flags: readonly (string | null)[], step = 10, moreTransitions = 0): Parameters<typeof segmentsOf>[0] {
  return {
    moreTransitions,
    transitions: flags.map((to, at) => ({ ts: String(at * step), frame: 1, from: null, to, reason: '' })),
  };
}

test('each state up to the next, the last up to the end of the capture; what is not known is left out', () => {
  const parts = segmentsOf(row(['AP', null, 'IP']), 0, 100, 100);
  expect(parts.map(({ flags, left, width }) => [flags, left, Number(width.toFixed(6))])).toEqual([
    ['AP', 0, 0.1],
    ['IP', 0.2, 0.8],
  ]);
});

test('only what is in view, cut at its edges', () => {
  expect(segmentsOf(row(['AP', 'TP', 'IP']), 5, 15, 100)).toMatchObject([
    { flags: 'AP', left: 0, width: 0.5 },
    { flags: 'TP', left: 0.5, width: 0.5 },
  ]);
});

test('behind the last change that was kept nothing is drawn', () => {
  expect(segmentsOf(row(['AP', 'IP'], 10, 5), 0, 100, 100).map(({ flags }) => flags)).toEqual(['AP']);
});

test('thousands of changes: a bounded number of strips, the worst of each stretch', () => {
  const many = Array.from({ length: 2000 }, (_, at) => (at % 2 === 0 ? 'AP' : 'IP'));
  const parts = segmentsOf(row(many, 1), 0, 2000, 2000);
  expect(parts.length).toBeLessThanOrEqual(400);
  expect(new Set(parts.map(({ flags }) => flags))).toEqual(new Set(['IP']));
});

test('marks at round times, never more than one can read', () => {
  for (const span of [0.004, 3, 56, 300, 7200, 90_000, 9_000_000]) {
    const { marks } = axisMarks('1000.5', String(1000.5 + span));
    expect(marks.length).toBeLessThanOrEqual(9);
    for (const { place } of marks) expect(place >= 0 && place <= 1).toBe(true);
  }
  expect(axisMarks('5', '5').marks).toEqual([]);
  expect(axisMarks('0', '300').marks.map(({ ts }) => Number(ts) % 60)).toEqual([0, 0, 0, 0, 0, 0]);
});
