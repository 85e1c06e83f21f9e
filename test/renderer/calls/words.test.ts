import { beforeEach, expect, test, vi } from 'vitest';
import { listTimeText, secondsBetween, timeText } from '../../../renderer/app/time-text.ts';
import { axisOf, placeOn, ticksOf } from '../../../renderer/views/calls/axis.ts';
import { durationText } from '../../../renderer/views/calls/durations.ts';
import { hostName } from '../../../renderer/views/calls/host-name.ts';
import { quoted } from '../../../renderer/views/calls/narrow.ts';
import { partyOf, userOf } from '../../../renderer/views/calls/party.ts';
import { scrollScale } from '../../../renderer/views/calls/scroll-scale.ts';
import { parse } from '../../../core/filter/index.ts';

// What is tested here is words; the surroundings of the page are not there.
vi.mock(import('../../../renderer/shell/index.ts'), () => ({ shell: null as never }));
// St. John’s: half an hour off.
beforeEach(() => void vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(210));

test('moments keep all their decimals in every format', () => {
  const ts = '1772524801.123456789';
  expect(timeText(ts, 'utc')).toBe('08:00:01.123456789');
  expect(timeText(ts, 'local')).toBe('04:30:01.123456789');
  expect(timeText(ts, 'date')).toBe('2026-03-03 04:30:01.123456789');
  expect(timeText(ts, 'epoch')).toBe(ts);
  expect(timeText(ts, 'relative', '1772524800.9')).toBe('0.223456789');
  expect(timeText('1772524801', 'utc')).toBe('08:00:01');
  expect(timeText('1772524801', 'relative', '1772524800')).toBe('1');
  expect(timeText('nonsense', 'local')).toBe('nonsense');
});

test('seconds between two moments are exact, both ways', () => {
  expect(secondsBetween('1772524800.999999999', '1772524801.000000001')).toBe('0.000000002');
  expect(secondsBetween('1772524801.5', '1772524800.25')).toBe('-1.25');
  expect(secondsBetween('x', '1')).toBe('1');
});

test.each([
  [0, '0.00 s'],
  [514, '0.51 s'],
  [9994, '9.99 s'],
  [9999, '10.0 s'],
  [32_049, '32.0 s'],
  [59_960, '1:00'],
  [161_000, '2:41'],
  [3_725_000, '1:02:05'],
])('%i ms read %s', (ms, text) => expect(durationText(ms)).toBe(text));

test.each([
  ['"Front desk" <sip:1002@example.com>', '1002', 'Front desk'],
  ['<sip:1002@example.com;user=phone>', '1002', null],
  ['sip:anna@example.com', 'anna', null],
  ['Anna Berg <sips:anna@example.com>', 'anna', 'Anna Berg'],
  ['"a \\"b\\" c" <tel:+4930;phone-context=x>', '+4930', 'a "b" c'],
  ['<sip:10.0.30.5:5080>', '10.0.30.5:5080', null],
  ['"<sip:x@y>" <sip:real@z', 'real', '<sip:x@y>'],
  ['', '', null],
  ['<>', '<>', null],
])('%s is %s, %s', (address, user, name) => expect(partyOf(address)).toEqual({ user, name }));

test('what the list is narrowed to is the user as filters know it', () => {
  expect(userOf('"x" <sip:1002:secret@example.com>;tag=1')).toBe('1002');
  expect(userOf('<tel:+4930;phone-context=x>')).toBe('+4930');
  expect(userOf('<sip:example.com>')).toBeNull();
  expect(userOf('nonsense')).toBeNull();
});

test('text of a capture in a filter reads back as it was', () => {
  for (const text of ['plain', 'a"b\\c', 'line\nbreak\u0000\u007F', 'ünï', String.raw`\d+\\`, '"']) {
    const parsed = parse(`call-id == ${quoted(text)}`);
    expect(parsed.ok && parsed.expression).toMatchObject({ value: { text } });
  }
});

test('hosts have the names the user gave them, else what tells them apart', () => {
  const hosts = [{ name: 'px', role: null, ends: [{ address: '10.0.0.1', port: null }] }];
  expect(hostName(hosts, '10.0.0.1', 5070)).toBe('px');
  expect(hostName(hosts, '10.0.0.2', 5060)).toBe('10.0.0.2');
  expect(hostName(hosts, '10.0.0.2', 5070)).toBe('10.0.0.2:5070');
  expect(hostName(hosts, '2001:db8::1', 5070)).toBe('[2001:db8::1]:5070');
});

test('the axis has round moments of the clock that is shown', () => {
  const axis = axisOf('1772524743.5', '1772525163.5');
  if (axis === null) throw new Error('no axis');
  expect(axis.span).toBe(420);
  expect(placeOn(axis, '1772524953.5')).toBe(0.5);
  expect(ticksOf(axis, 'utc', 4).map(({ label }) => label)).toEqual(['08:00', '08:02', '08:04', '08:06']);
  expect(ticksOf(axis, 'local', 1).map(({ label }) => label)).toEqual(['04:30']);
  expect(ticksOf(axis, 'relative', 3).map(({ label }) => label)).toEqual(['0 s', '300 s']);
  const short = axisOf('100.000', '100.004');
  if (short === null) throw new Error('no axis');
  expect(ticksOf(short, 'utc', 3).map(({ label }) => label)).toEqual(['00:01:40.000', '00:01:40.002', '00:01:40.004']);
  expect(axisOf(null, null)).toBeNull();
  expect(axisOf('5.0', '5.0')?.span).toBe(0.001);
});

test('a list higher than browsers can make an element is scrolled to its very ends', () => {
  const view = 500;
  const scale = scrollScale(100_000_000, view, 30_000_000);
  expect(scale.height).toBe(30_000_000);
  expect(scale.toList(0)).toBe(0);
  expect(scale.toList(30_000_000 - view)).toBeCloseTo(100_000_000 - view, 3);
  expect(scale.toList(scale.toBar(77_777_777))).toBeCloseTo(77_777_777, 3);
  const short = scrollScale(26_000_000, view, 30_000_000);
  expect([short.height, short.toList(5), short.toBar(5)]).toEqual([26_000_000, 5, 5]);
});

test('a list shows times to the microsecond at most', () => {
  expect(listTimeText('1700000000.123456789', 'utc')).toBe('22:13:20.123456');
  expect(listTimeText('1700000000.123', 'epoch')).toBe('1700000000.123');
  expect(listTimeText('1700000001.123456789', 'relative', '1700000000.000000000')).toBe('1.123456');
});
