import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { FileSource, openFile } from '../../core/capture/file.ts';
import { CaptureError } from '../../core/capture/reader.ts';
import { payload } from './build.ts';
import { testFolder } from './folder.ts';

const path = testFolder();
const bytes = payload(300_000);

async function opened(name: string): Promise<FileSource> {
  const source = await openFile(name);
  if (!(source instanceof FileSource)) throw new Error('not a regular file');
  return source;
}

/** The sentence a file is refused with. */
async function refusal(name: string): Promise<string> {
  try {
    await openFile(name);
  } catch (error) {
    if (error instanceof CaptureError) return error.message;
  }
  return 'no CaptureError';
}

test('what cannot be read is refused with one sentence that names it', async () => {
  mkdirSync(path('folder'));
  writeFileSync(path('locked'), bytes);
  chmodSync(path('locked'), 0);
  expect(await refusal(path('nothing'))).toBe(`${path('nothing')}: no such file`);
  expect(await refusal(path('folder'))).toBe(`${path('folder')}: is a directory`);
  expect(await refusal(`${path('locked')}/inside`)).toBe(
    `${path('locked')}/inside: no such file: a part of its path is no directory`,
  );
  // Root may read everything.
  if (process.getuid?.() !== 0) expect(await refusal(path('locked'))).toBe(`${path('locked')}: permission denied`);
});

test('bytes come in order, and by position as far as they were read', async () => {
  writeFileSync(path('whole'), bytes);
  const source = await opened(path('whole'));
  expect([source.name, source.size]).toEqual([path('whole'), bytes.length]);
  const access = source.access();
  const target = new Uint8Array(bytes.length + 10);
  expect(await source.read(target, 10, 200_000)).toBe(200_000);
  expect(Buffer.compare(target.subarray(10, 200_010), bytes.subarray(0, 200_000))).toBe(0);
  for (const [position, length] of [
    [0, 10],
    [65_530, 20],
    [65_536, 1],
    [1, 199_999],
    [199_990, 10],
    [3, 0],
  ] as const) {
    const found = access.readAt(position, length);
    expect(Buffer.compare(found, bytes.subarray(position, position + length))).toBe(0);
  }
  expect(await source.read(target, 10, 200_000)).toBe(100_000);
  expect(access.readAt(299_990, 500)).toHaveLength(10);
  expect(access.readAt(350_000, 500)).toHaveLength(0);
  await source.close();
});

test('what was looked up does not change when something else is', async () => {
  writeFileSync(path('views'), bytes);
  const source = await opened(path('views'));
  const access = source.access();
  await source.read(new Uint8Array(bytes.length), 0, bytes.length);
  access.readAt(70_000, 1);
  const found = access.readAt(70_000, 100);
  access.readAt(200_000, 100);
  access.readAt(5, 100);
  expect(Buffer.compare(found, bytes.subarray(70_000, 70_100))).toBe(0);
  await source.close();
});

test('a file that grows while it is read gives what it has by then, also by position', async () => {
  writeFileSync(path('grows'), bytes.subarray(0, 1000));
  const source = await opened(path('grows'));
  const access = source.access();
  const target = new Uint8Array(bytes.length);
  expect(await source.read(target, 0, 5000)).toBe(1000);
  expect(access.readAt(900, 100)).toHaveLength(100);
  await writeFile(path('grows'), bytes.subarray(1000, 3000), { flag: 'a' });
  expect(await source.read(target, 1000, 5000)).toBe(2000);
  expect(Buffer.compare(access.readAt(900, 2000), bytes.subarray(900, 2900))).toBe(0);
  await source.close();
});

test('a file that became shorter is told, not taken for one with other bytes', async () => {
  writeFileSync(path('shrinks'), bytes);
  const source = await opened(path('shrinks'));
  const access = source.access();
  await source.read(new Uint8Array(bytes.length), 0, bytes.length);
  truncateSync(path('shrinks'), 100_000);
  expect(() => access.readAt(150_000, 100)).toThrow(`${path('shrinks')}: became shorter while it was being looked at`);
  await source.close();
});

test.skipIf(process.platform === 'win32')('a named pipe is read as a stream', async () => {
  execFileSync('mkfifo', [path('pipe')]);
  const writing = writeFile(path('pipe'), bytes.subarray(0, 1000));
  const source = await openFile(path('pipe'));
  expect(source).not.toBeInstanceOf(FileSource);
  const target = new Uint8Array(2000);
  let filled = 0;
  for (let got = -1; got !== 0; filled += got) got = await source.read(target, filled, 2000 - filled);
  expect(Buffer.compare(target.subarray(0, filled), bytes.subarray(0, 1000))).toBe(0);
  await source.close();
  await writing;
});
