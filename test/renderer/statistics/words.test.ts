import { expect, test } from 'vitest';
import { isCallState } from '../../../core/ladder/words.ts';
import { joined, methodCondition } from '../../../renderer/views/statistics/go.ts';
import { axisTime, spanCondition } from '../../../renderer/views/statistics/times.ts';
import { limitText, shareText, statusLook, stepText, waitText } from '../../../renderer/views/statistics/words.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const at = Date.UTC(2026, 2, 12, 9, 25, 30);

test.each([
  ['', 'state:busy', 'state:busy'],
  ['state:busy', 'state:busy', 'state:busy'],
  ['from:anna', 'state:busy', 'from:anna and state:busy'],
  ['from:anna and state:busy', 'state:busy', 'from:anna and state:busy'],
  ['from:anna or to:anna', 'state:busy', '(from:anna or to:anna) and state:busy'],
  ['(from:anna or to:anna)', 'state:busy', '(from:anna or to:anna) and state:busy'],
  ['(a:1 or b:2) and (c:3 or d:4)', 'e:5', '((a:1 or b:2) and (c:3 or d:4)) and e:5'],
  ['from:anna || to:anna', 'state:busy', '(from:anna || to:anna) and state:busy'],
])('“%s” narrowed by “%s”', (filter, condition, wanted) => {
  expect(joined(filter, condition)).toBe(wanted);
});

test('a method that is no plain word goes into quotes', () => {
  expect(methodCondition('INVITE')).toBe('method:INVITE');
  expect(methodCondition('x" or "')).toBe(String.raw`method == "x\" or \""`);
});

test.each([
  [2 * MINUTE, 4 * 3_600_000, 'utc', '09:25'],
  [30_000, 3_600_000, 'utc', '09:25:30'],
  [100, 10_000, 'utc', '09:25:30.000'],
  [3_600_000, 2 * DAY, 'utc', '03-12 09:25'],
  [DAY, 30 * DAY, 'utc', '2026-03-12'],
  [30_000, 3_600_000, 'date', '03-12 09:25:30'],
  [30_000, 3_600_000, 'epoch', '1773307530'],
  [30_000, 3_600_000, 'relative', '330 s'],
  [2 * MINUTE, 4 * 3_600_000, 'relative', '6 min'],
] as const)('a step of %d ms of %d ms as %s', (step, span, format, text) => {
  expect(axisTime(at, step, span, format, at - 330_000)).toBe(text);
});

test('a clock beyond all dates is a number', () => {
  expect(axisTime(1e20, 1000, 1000, 'utc', 0)).toBe('100000000000000000');
});

test('lengths and shares', () => {
  expect([1, 500, 5000, 120_000, 21_600_000, DAY, 2 * DAY].map(stepText)).toEqual([
    '1 ms',
    '500 ms',
    '5 s',
    '2 min',
    '6 h',
    '1 day',
    '2 days',
  ]);
  expect([0.001, 0.512, 1.024, 262.144, 2097.152].map(limitText)).toEqual([
    '1 µs',
    '512 µs',
    '1.02 ms',
    '262 ms',
    '2.1 s',
  ]);
  expect([0.134, 30_100].map(waitText)).toEqual(['134 µs', '30.1 s']);
  expect([shareText(0, 0), shareText(1, 3), shareText(1, 30), shareText(1, 3000)]).toEqual([
    '0 %',
    '33 %',
    '3.3 %',
    '< 0.1 %',
  ]);
});

test('every class of status has a word, and a challenge is no failure', () => {
  expect([100, 200, 302, 401, 404, 503, 603].map((status) => statusLook(status).word)).toEqual([
    'Provisional',
    'Success',
    'Redirection',
    'Challenge',
    'Client failure',
    'Server failure',
    'Global failure',
  ]);
});

test('a state that is none of ours is none', () => {
  expect(isCallState('busy')).toBe(true);
  expect(isCallState('constructor')).toBe(false);
});

test('a step of a timeline as a filter', () => {
  expect(spanCondition('1773305253.8004', 2000, 3)).toBe(
    'time >= 2026-03-12T08:47:39.800Z and time < 2026-03-12T08:47:41.800Z',
  );
});
