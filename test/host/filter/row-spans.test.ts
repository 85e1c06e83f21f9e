import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openInputs } from '../../../core/capture/inputs.ts';
import { RowSpans } from '../../../core/host/filter/row-spans.ts';
import { Session } from '../../../core/host/session.ts';

const folder = join(import.meta.dirname, '../../../fixtures');
const captures = readdirSync(folder).filter((name) => /\.pcap(?:ng)?$/u.test(name));

/** Messages of some captures, merged where there are several, looked at in this order: each has to be the one that is looked up by itself. */
async function compared(names: readonly string[], order: (count: number) => Iterable<number>): Promise<number> {
  const paths = names.map((name) => join(folder, name));
  const session = new Session(paths, await openInputs(paths, { spool: true }), { ports: [], streams: true });
  try {
    await session.run({ progress: () => undefined, warning: () => undefined });
    const { messages } = session.analysis;
    const spans = new RowSpans(messages, session.lookBack);
    let seen = 0;
    for (const row of order(messages.count)) {
      spans.look(row);
      const { bytes, from, to } = spans;
      expect(Buffer.compare(bytes.subarray(from, to), session.lookBack.bytesOf(row)), `row ${row}`).toBe(0);
      seen += 1;
    }
    return seen;
  } finally {
    await session.close();
  }
}

test.each(captures)('message after message is the same as each by itself: %s', async (name) => {
  expect(await compared([name], (count) => Array.from({ length: count }, (_, row) => row))).toBeGreaterThanOrEqual(0);
});

test('so it is here and there, back and again', async () => {
  const seen = await compared(['sample-day.pcapng'], function* hereAndThere(count) {
    for (let step = 0; step < 3 * count; step++) yield step % 3 === 0 ? step % count : (step * 7919) % count;
  });
  expect(seen).toBeGreaterThan(500);
});

test('so it is where two files take turns', async () => {
  const [first = '', second = ''] = captures;
  const all = await compared([first, second], (count) => Array.from({ length: count }, (_, row) => row));
  expect(all).toBeGreaterThan(0);
});
