import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import { startEarly, waitingThread } from '../../../core/host/reading/early-thread.ts';

/** The thread that reads is started before it is known what is to be read, where a file named is dense in SIP, and used once. */
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-early-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const log = join(scratch, 'log');
const echo = `
  const { parentPort, threadId } = require('node:worker_threads');
  require('node:fs').appendFileSync(${JSON.stringify(log)}, 'x');
  parentPort.once('message', () => parentPort.postMessage(threadId));`;

/** A folder with a program; what it has done is forgotten. */
function folderWith(name: string, program: string): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'front-thread.cjs'), program);
  writeFileSync(log, '');
  return folder;
}

function file(name: string, text: string): string {
  const path = join(scratch, name);
  writeFileSync(path, text.repeat(400));
  truncateSync(path, 9 << 20);
  return path;
}
const dense = file('dense', `OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n${'x'.repeat(700)}\r\n`);
const sparse = file('sparse', `SIP/2.0 ${'\0'.repeat(9000)}`);

/** The number of the thread that answers. */
async function answering(folder: string): Promise<unknown> {
  const worker = waitingThread(join(folder, 'front-thread.cjs'));
  worker.postMessage('order', []);
  const [id] = (await once(worker, 'message')) as unknown[];
  await worker.terminate();
  return id;
}

test('one thread for the first that needs it, another for the next', async () => {
  const folder = folderWith('used', echo);
  startEarly(folder, ['--json', 'no such file', dense]);
  const first = await answering(folder);
  expect(readFileSync(log, 'utf8')).toBe('x');
  expect(await answering(folder)).not.toBe(first);
  expect(readFileSync(log, 'utf8')).toBe('xx');
});

test('none for files with little SIP, folders, and what is no file', async () => {
  const pipe = join(scratch, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const folder = folderWith('unused', echo);
  startEarly(folder, ['-', '', sparse, pipe, scratch, '/dev/null']);
  const between = new Worker('', { eval: true });
  const number = between.threadId;
  expect(await answering(folder)).toBeGreaterThan(number);
});

test('one that dies is forgotten', async () => {
  const folder = folderWith('dies', 'throw new Error("no")');
  startEarly(folder, [dense]);
  await new Promise((resolve) => {
    setTimeout(resolve, 500);
  });
  writeFileSync(join(folder, 'front-thread.cjs'), echo);
  expect(await answering(folder)).toEqual(expect.any(Number));
});
