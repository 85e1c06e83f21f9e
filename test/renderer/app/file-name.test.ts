import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captureTitle, fileName } from '../../../renderer/app/export/file-name.ts';

test('a suggested name is one that every file system takes, whatever the capture is called', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }), (parts) => {
      const name = fileName(parts, 'svg');
      expect(name).not.toMatch(/[<>:"/\\|?*\u0000-\u001F\u007F\u202A-\u202E]/u);
      expect(name).toMatch(/^[^. -].*[^. ]\.svg$|^[^. -]\.svg$/u);
      expect(name.length).toBeLessThanOrEqual(112);
      expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)\./iu);
    }),
  );
});

test('names that mean something stay', () => {
  expect(fileName(['trunk friday', 'call 12'], 'pdf')).toBe('trunk friday call 12.pdf');
  expect(fileName(['a/b:c', '3 calls'], 'pcapng')).toBe('a-b-c 3 calls.pcapng');
  expect(fileName(['nul'], 'csv')).toBe('capture nul.csv');
  expect(fileName([''], 'csv')).toBe('capture.csv');
});

test('a capture is called without what says that it is one', () => {
  expect(captureTitle(['trunk.pcapng.gz'])).toBe('trunk');
  expect(captureTitle(['trunk.pcap0', 'b.pcap', 'c.pcap'])).toBe('trunk and 2 more');
  expect(captureTitle([])).toBe('capture');
});
