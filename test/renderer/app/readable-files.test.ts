import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readableFiles } from '../../../renderer/app/readable-files.ts';

const sample = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'sample-day.pcapng');

/** What is dropped together with captures does not keep them from being opened, and no capture is taken for text. */
test('text and empty files are told from captures of every format', async () => {
  const file = (name: string, ...bytes: readonly number[]): File => new File([new Uint8Array(bytes)], name);
  const captures = [
    new File([readFileSync(sample)], 'sample-day.pcapng'),
    file('little.pcap', 0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0),
    file('big.pcap', 0xa1, 0xb2, 0xc3, 0xd4, 0, 2, 0, 4),
    file('a.gz', 0x1f, 0x8b, 8, 0),
    file('a.zst', 0x28, 0xb5, 0x2f, 0xfd, 0),
    file('solaris.snoop', ...new TextEncoder().encode('snoop'), 0, 0, 0, 0, 0, 0, 2),
  ];
  const found = await readableFiles([...captures, new File(['# Read me\r\n'], 'README.md'), file('empty.pcap')]);
  expect(found.readable).toEqual(captures);
  expect(found.others).toEqual(['README.md', 'empty.pcap']);
});
