import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { nothingRead } from '../../../core/host/reading/account.ts';
import { FarFront } from '../../../core/host/reading/far-front.ts';
import type { Report } from '../../../core/host/reading/thread-words.ts';

/** What a thread says is handed on in order, with turns for other work in between, and its end is told apart from its death. */
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-far-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const tally = { base: 0, packets: 0, bytes: 0, start: 0, end: 0, decimals: 6 };

/** A thread that says this, and then does `last`. */
function saying(reports: readonly Report[], last = ''): FarFront {
  const program = join(scratch, `${reports.length}${last.length}.cjs`);
  writeFileSync(
    program,
    `const { parentPort } = require('node:worker_threads');
     for (const report of ${JSON.stringify(reports)}) parentPort.postMessage(report);\n${last}`,
  );
  return new FarFront(program, { fd: 0, name: 'x', size: 0, format: 'pcap', how: { ports: [], streams: true } });
}

function newsOf(count: number): Report[] {
  return Array.from({ length: count }, (_, i) => ({
    news: { tally: { ...tally, packets: i }, read: i, addresses: [], associations: [] },
  }));
}

async function heard(
  front: FarFront,
): Promise<{ readonly packets: number[]; readonly idle: number; account: unknown }> {
  const packets: number[] = [];
  let turns = 0;
  let before = -1;
  /** Times that nothing else had a turn since the news before. */
  let idle = 0;
  const timer = setInterval(() => undefined, 1);
  const count = (): void => {
    turns += 1;
    immediate = setImmediate(count);
  };
  let immediate = setImmediate(count);
  try {
    const account = await front.run(
      {
        news: (news) => {
          packets.push(news.tally.packets);
          if (turns === before) idle += 1;
          before = turns;
        },
        batch: () => undefined,
      },
      new AbortController().signal,
    );
    return { packets, idle, account };
  } finally {
    clearImmediate(immediate);
    clearInterval(timer);
    await front.close();
  }
}

test('other work has a turn between two reports', async () => {
  const reports = newsOf(40);
  const [last] = newsOf(1);
  if (last === undefined) throw new Error('there is one');
  const { packets, idle, account } = await heard(saying([...reports, { ...last, account: nothingRead }]));
  expect(packets).toEqual([...reports.keys(), 0]);
  expect(account).toMatchObject({ files: [], media: { packets: 0, flows: 0 }, warnings: [] });
  // Without turns it would be all but the first; how many come together is the machine's business.
  expect(idle).toBeLessThan(35);
});

test('a thread that dies in the middle is a bug of ours', async () => {
  await expect(heard(saying(newsOf(3), 'process.exit(1)'))).rejects.toThrow('has ended early');
  await expect(heard(saying(newsOf(3), 'setTimeout(() => { throw new Error("no"); }, 1)'))).rejects.toThrow('no');
});

test('what cannot be read is said as it is for any file', async () => {
  const [one] = newsOf(1);
  if (one === undefined) throw new Error('there is one');
  await expect(heard(saying([{ ...one, failure: 'x: cannot be read' }]))).rejects.toMatchObject({
    name: 'CaptureError',
    message: 'x: cannot be read',
  });
});
