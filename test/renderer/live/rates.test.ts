// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { ratesOf, SECONDS } from '../../../renderer/state/live.ts';
import { continued } from '../../../renderer/views/live/use-interfaces.ts';

/** Packet rates are worked out from counts that were taken now and then. */

test('a second’s packets are what was counted between its ends, also where no count fell on one', () => {
  const counted = [
    { at: 0, packets: 0 },
    { at: 500, packets: 50 },
    { at: 1500, packets: 150 },
    { at: 2000, packets: 500 },
  ];
  expect(ratesOf(counted)).toEqual([100, 400]);
  expect(ratesOf([])).toEqual([]);
  expect(ratesOf([{ at: 0, packets: 7 }])).toEqual([]);
});

test('of a long capture a minute is remembered, and counts that are too old go', () => {
  const counted = Array.from({ length: 500 }, (_, at) => ({ at: at * 500, packets: at * 5 }));
  const rates = ratesOf(counted);
  expect(rates).toEqual(Array.from({ length: SECONDS }, () => 10));
  expect(counted.length).toBeLessThan(SECONDS * 2 + 3);
});

const one = { name: 'lo', about: '', addresses: [], up: true, loopback: true };

test('what passed on an interface since the look before; a counter that began anew is none', () => {
  const first = continued({ ...one, traffic: { bytes: 1000, packets: 10 } }, 0, null);
  expect([first.bytes, first.packets]).toEqual([[], []]);
  const second = continued({ ...one, traffic: { bytes: 3000, packets: 14 } }, 2000, { at: 0, all: [first] });
  expect([second.bytes, second.packets]).toEqual([[1000], [2]]);
  const third = continued({ ...one, traffic: { bytes: 5, packets: 1 } }, 3000, { at: 2000, all: [second] });
  expect([third.bytes, third.packets]).toEqual([
    [1000, 0],
    [2, 0],
  ]);
  expect(continued({ ...one, traffic: null }, 4000, { at: 3000, all: [third] }).bytes).toEqual([]);
});
