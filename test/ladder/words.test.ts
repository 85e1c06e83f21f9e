import { expect, test } from 'vitest';
import { clock, letterOf, moment, party, seconds, span, timeWords, zone } from '../../core/ladder/words.ts';

test.each([
  [0, '0 µs'],
  [312_000, '312 µs'],
  [999_499, '999 µs'],
  [1_000_000, '1.0 ms'],
  [9_900_000, '9.9 ms'],
  [9_960_000, '10 ms'],
  [498_000_000, '498 ms'],
  [999_600_000, '1.00 s'],
  [12_300_000_000, '12.3 s'],
  [59_960_000_000, '1 m 00 s'],
  [125_000_000_000, '2 m 05 s'],
  [3_661_000_000_000, '1 h 01 m'],
  [-1_500_000, '-1.5 ms'],
])('%i ns reads %s', (ns, text) => {
  expect(span(ns)).toBe(text);
});

test('seconds never read minus zero', () => {
  expect(seconds(-1)).toBe('0.000');
  expect(seconds(508_621_000)).toBe('0.509');
});

test.each([
  ['"Front desk" <sip:1002@example.com;user=phone>;tag=7f3a', 'Front desk (1002@example.com)'],
  ['Front desk <sips:1002@example.com>', 'Front desk (1002@example.com)'],
  ['"say \\"hi\\" <now>" <sip:a@b>', 'say "hi" <now> (a@b)'],
  ['<tel:+61390001002>', 'tel:+61390001002'],
  ['sip:2044@example.com;tag=1', '2044@example.com'],
  ['SIP:2044@example.com', '2044@example.com'],
  ['', 'unknown'],
  [null, 'unknown'],
  ['"no end', '"no'],
  ['<', 'unknown'],
])('the party in %s reads %s', (value, text) => {
  expect(party(value)).toBe(text);
});

test('a hostile From of a megabyte is read in no time', () => {
  expect(party(`${' '.repeat(500_000)}${'\\'.repeat(500_000)}`)).toBe('unknown');
  expect(party(`"${'\\a'.repeat(500_000)}`).length).toBeLessThan(1100);
});

test('moments are UTC with milliseconds, whatever the capture has', () => {
  expect(moment('1777640601.998204')).toBe('2026-05-01 13:03:21.998 UTC');
  expect(moment('0')).toBe('1970-01-01 00:00:00 UTC');
  expect(moment('not a time')).toBe('not a time');
});

test('calls beyond the alphabet have two letters', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(letterOf)).toStrictEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
});

test('a moment where clocks are ahead of UTC', () => {
  expect(moment('1777640601.998204', 120)).toBe('2026-05-01 15:03:21.998 UTC+2');
  expect([0, 120, -210, 345].map(zone)).toStrictEqual(['UTC', 'UTC+2', 'UTC−3:30', 'UTC+5:45']);
});

test.each([
  ['1777640601.998204', 0, 0, '13:03:21.998'],
  ['1777640601.998204', 1_796_000, 0, '13:03:22.000'],
  ['1777640601.998204', 1_795_999, 0, '13:03:21.999'],
  ['1777640601', -1_000_000, 0, '13:03:20.999'],
  ['0', 0, -60, '23:00:00.000'],
  ['-1.5', 0, 0, '23:59:59.500'],
  ['86399.9999', 86_400_000_000_000, 1, '00:00:59.999'],
])('the clock %s and %d ns later, %d minutes ahead, says %s', (ts, sinceNs, offset, text) => {
  expect(clock(ts, sinceNs, offset)).toBe(text);
});

test('what is no time has no clock; a time in a sentence has its unit', () => {
  expect(clock('soon', 0, 0)).toBeNull();
  expect(timeWords('0.508')).toBe('0.508 s');
  expect(timeWords('13:03:21.998')).toBe('13:03:21.998');
});
