import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readStreams } from '../capture-session.ts';
import { hasTshark, NEEDS_TSHARK } from '../fixtures/tshark.ts';
import { streamDifferences } from './compare-streams.ts';
import { tsharkStreams } from './tshark-streams.ts';

/** Packets, losses, longest delta, mean and longest jitter of every stream, against tshark as it is installed here. */
const root = join(import.meta.dirname, '..', '..');
const lab = join(root, '..', 'shared', 'captures', 'lab');
const captures = [
  join(root, 'fixtures', 'sample-day.pcapng'),
  ...['ptime-mismatch', 'one-way-nat', 'transcoding'].map((name) => join(lab, `${name}.pcap`)).filter(existsSync),
];

describe.skipIf(!hasTshark)(`agreement with tshark on streams${NEEDS_TSHARK}`, () => {
  test.each(captures)('%s', async (path) => {
    const theirs = tsharkStreams(path);
    const ours = await readStreams(path);
    expect(streamDifferences(ours, theirs)).toEqual([]);
    expect(ours).toHaveLength(theirs.length);
  });
});
