import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deskNews, joined } from '../../../core/host/live/live-desk.ts';
import { liveFolder } from '../../../core/live/live-folder.ts';
import { testFolder } from '../../capture/folder.ts';
import { call, stream } from '../../live/packets.ts';

/** What the desktop asks around live captures: only what was left behind is saved or given up. */

const at = testFolder();
/** No process has it: above what the kernel gives. */
const GONE = 4_194_399;
const before = process.env.TMPDIR;

beforeAll(() => {
  process.env.TMPDIR = at('.');
  mkdirSync(liveFolder(), { recursive: true, mode: 0o700 });
});
afterAll(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
});

function left(number: number, bytes: Uint8Array): string {
  const path = `${liveFolder()}/sipglass-20261123T093804-${GONE}-075e-0000${number}.pcapng`;
  writeFileSync(path, bytes);
  return path;
}

test('files of a capture that was left behind become one, which takes its name when it is whole', async () => {
  const [a, b] = [stream(call('a', 0)), stream(call('b', 10))];
  const files = [left(1, a), left(2, b)];
  const target = at('saved.pcapng');
  const saved = await deskNews(1, { name: 'saveLeft', params: { files, path: target } });
  expect(saved).toEqual({ news: 'desk', number: 1, ok: true, value: a.length + b.length });
  expect(readFileSync(target)).toEqual(Buffer.concat([a, b]));
  const found = await deskNews(2, { name: 'left', params: null });
  expect(found).toMatchObject({ ok: true, value: [{ files, bytes: a.length + b.length }] });
  await deskNews(3, { name: 'removeLeft', params: files });
  expect(files.some((path) => existsSync(path))).toBe(false);
});

test('no other file is read or deleted', async () => {
  const secret = at('secret.txt');
  writeFileSync(secret, 'secret');
  const saved = await deskNews(1, { name: 'saveLeft', params: { files: [secret], path: at('stolen') } });
  expect(saved).toMatchObject({ ok: false, text: 'this capture is not there any more' });
  await deskNews(2, { name: 'removeLeft', params: [secret] });
  expect([existsSync(secret), existsSync(at('stolen'))]).toEqual([true, false]);
});

test('what cannot be written is said in a sentence, and leaves nothing half-written', async () => {
  const file = left(3, stream(call('a', 0)));
  await expect(joined([file], file)).rejects.toThrow(/sipglass-2026/u);
  await expect(joined([file], at('nowhere/saved.pcapng'))).rejects.toThrow('there is no directory');
});
