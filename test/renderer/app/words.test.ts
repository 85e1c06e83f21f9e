import { expect, test } from 'vitest';
import { agoText, bytesText, countOf, spanText, withoutFolders } from '../../../renderer/app/words.ts';

test('sizes have three figures or so, and never a thousand of a unit', () => {
  expect([0, 512, 999, 1000, 1840, 9960, 999_600, 184e6, 5e12].map(bytesText)).toEqual([
    '0 B',
    '512 B',
    '999 B',
    '1.0 kB',
    '1.8 kB',
    '10 kB',
    '1.0 MB',
    '184 MB',
    '5.0 TB',
  ]);
});

test('times and counts read as people say them', () => {
  expect([0.4, 80, 420, 12_300, 125_000].map(spanText)).toEqual(['0 ms', '80 ms', '0.4 s', '12 s', '2 min 5 s']);
  expect([countOf(1, 'call'), countOf(12_480, 'call')]).toEqual(['1 call', '12,480 calls']);
  const now = Date.UTC(2026, 4, 1, 12);
  expect([0, 90_000, 7_200_000, 100_000_000, 3e8, 4e9].map((ms) => agoText(now - ms, now))).toEqual([
    'just now',
    '1 minute ago',
    '2 hours ago',
    'yesterday',
    '3 days ago',
    '2026-03-16',
  ]);
});

test('folders of this machine are left out of sentences about a file, and nothing else is', () => {
  const names = ['trunk.pcap'];
  expect(withoutFolders('/tmp/x y/trunk.pcap: is empty', names)).toBe('trunk.pcap: is empty');
  expect(withoutFolders('C:\\a\\trunk.pcap: is empty', names)).toBe('trunk.pcap: is empty');
  expect(withoutFolders('cannot read /tmp/trunk.pcap', names)).toBe('cannot read trunk.pcap');
  expect(withoutFolders('and/or trunk.pcap', names)).toBe('and/or trunk.pcap');
});
