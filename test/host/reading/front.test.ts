import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInputs } from '../../../core/capture/inputs.ts';
import { CaptureError } from '../../../core/capture/reader.ts';
import { OpenCapture } from '../../../core/host/open-capture.ts';
import { Session } from '../../../core/host/session.ts';
import { statsOf } from '../../../core/host/statistics/stats.ts';
import { callPage, messagePage } from '../../../core/host/table-answers.ts';

/** A capture reads the same whether this thread reads it or another one does. */
const root = join(import.meta.dirname, '..', '..', '..');
const shared = join(root, '..', 'shared', 'captures');
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-front-'));
const program = join(scratch, 'front-thread.cjs');
const own = readdirSync(join(root, 'fixtures'))
  .filter((name) => /\.pcap(ng)?$/.test(name))
  .map((name) => join(root, 'fixtures', name));
const there = existsSync(shared);
if (!there) process.stdout.write('skipped: ../shared/captures is not there, its captures were not read by a thread\n');
const others = there
  ? [join('corpus', 'captures'), join('corpus', 'malformed'), 'lab'].flatMap((folder) =>
      readdirSync(join(shared, folder))
        .filter((name) => !name.endsWith('.json'))
        .map((name) => join(shared, folder, name)),
    )
  : [];

beforeAll(async () => {
  await build({
    configFile: join(root, 'vite.programs.config.ts'),
    root,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: scratch,
      emptyOutDir: false,
      rolldownOptions: {
        input: { 'front-thread': join(root, 'core', 'host', 'reading', 'front-thread.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
      },
    },
    ssr: { noExternal: true },
  });
}, 120_000);
afterAll(() => rmSync(scratch, { recursive: true }));

interface Told {
  /** How often another thread was asked to read. */
  readonly asked: number;
  readonly json: string;
}

async function read(path: string, thread: string | null): Promise<Told> {
  let asked = 0;
  const warnings: string[] = [];
  const inputs = await openInputs([path], { spool: true });
  const session = new Session([path], inputs, { ports: [], streams: true }, () => {
    asked += 1;
    return thread;
  });
  const { signal } = new AbortController();
  try {
    await session.run({ progress: () => undefined, warning: (text) => warnings.push(text) });
    const open = new OpenCapture(session);
    const all = { from: 0, count: 10_000 };
    const told = {
      progress: session.progress(),
      warnings,
      stats: await statsOf(session),
      messages: await messagePage(open, all, signal),
      calls: await callPage(open, all, signal),
    };
    return { asked, json: JSON.stringify(told, null, 1) };
  } finally {
    await session.close();
  }
}

/** What is read in both ways; null where the file is not a capture. */
async function both(path: string): Promise<readonly [here: Told, there: Told] | null> {
  try {
    return [await read(path, null), await read(path, program)];
  } catch (error) {
    if (error instanceof CaptureError) return null;
    throw error;
  }
}

describe('reads the same in another thread', () => {
  test.each([...own, ...others].map((path) => [path.slice(join(root, '..').length + 1), path] as const))(
    '%s',
    async (_name, path) => {
      const told = await both(path);
      if (told !== null) expect(told[1].json).toBe(told[0].json);
    },
  );

  test('a file that ends within a record', async () => {
    const cut = join(scratch, 'cut.pcap');
    copyFileSync(join(root, 'fixtures', 'states.pcap'), cut);
    truncateSync(cut, statSync(cut).size - 7);
    const told = await both(cut);
    expect(told?.[1].asked).toBe(1);
    expect(told?.[1].json).toContain('cut short in packet');
    expect(told?.[1].json).toBe(told?.[0].json);
  });
});

test.each([
  ['is not there', join(scratch, 'none.cjs'), null],
  ['fails at once', join(scratch, 'fails.cjs'), 'throw new Error("no")'],
  ['ends without a word', join(scratch, 'ends.cjs'), ''],
])('a thread whose program %s: this one reads', async (_what, path, text) => {
  if (text !== null) writeFileSync(path, text);
  const [capture = ''] = own;
  const { asked, json } = await read(capture, path);
  expect(asked).toBe(1);
  expect(json).toBe((await read(capture, null)).json);
});

test('closing ends a thread that reads', async () => {
  const path = join(root, 'fixtures', 'sample-day.pcapng');
  const inputs = await openInputs([path], { spool: true });
  const session = new Session([path], inputs, { ports: [], streams: true }, () => program);
  const reading = session.run({ progress: () => undefined, warning: () => undefined });
  await session.close();
  await expect(reading).resolves.toBeUndefined();
});
