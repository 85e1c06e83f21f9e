import { expect, test } from 'vitest';
import { timeBetween } from '../../../renderer/views/ladder/pair-time.ts';

test.each([
  ['1773302292.400000', '1773302292.908621', '0.508 621 s'],
  ['1773302292.908621', '1773302292.400000', '−0.508 621 s'],
  // A float of seconds since 1970 would lose the last digits.
  ['1773302292.123456789', '1773302292.123456790', '0.000 000 001 s'],
  ['1773302292.999999', '1773302293.000000001', '0.000 001 001 s'],
  ['0', '90061', '90,061 s'],
  ['-1.5', '1.5', '3.0 s'],
  ['5', '5', '0 s'],
])('from %s to %s', (from, to, time) => {
  expect(timeBetween(from, to)).toBe(time);
});

test('texts that are no times have no time between them', () => {
  for (const text of ['', 'x', '1.', '1.1234567890', '1e9', ' 1']) expect(timeBetween('1', text)).toBeNull();
});
