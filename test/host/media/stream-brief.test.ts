import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openInputs } from '../../../core/capture/inputs.ts';
import { streamColumns } from '../../../core/host/media/stream-columns.ts';
import { StreamRows } from '../../../core/host/media/stream-rows.ts';
import { Session } from '../../../core/host/session.ts';

/** A table for people is made from less than a whole row: it has to say the same. */
const shared = '../shared/captures';
const captures = [
  'fixtures/sample-day.pcapng',
  ...(existsSync(shared) ? readdirSync(shared, { recursive: true, encoding: 'utf8' }) : [])
    .filter((name) => /(?:rtp|media|stream|ptime|one-way|amr|dtmf)[^/]*\.pcap(?:ng)?$/iu.test(name))
    .toSorted()
    .slice(0, 24)
    .map((name) => `${shared}/${name}`),
];

test('what is shown of a stream is the same as in its whole row, in captures of many kinds', async () => {
  let streams = 0;
  for (const path of captures) {
    const session = new Session([path], await openInputs([path], { spool: false }), { ports: [], streams: true });
    await session.run({ progress: () => undefined, warning: () => undefined });
    const rows = new StreamRows(session);
    for (const stream of rows.list) {
      const [whole, brief] = [rows.row(stream), rows.brief(stream)];
      for (const { cell, name, tone } of streamColumns) {
        expect(cell(brief), `${path}, stream ${stream}, ${name}`).toBe(cell(whole));
        expect(tone?.(brief)).toBe(tone?.(whole));
      }
      streams += 1;
    }
    await session.close();
  }
  expect(streams).toBeGreaterThan(10);
});
