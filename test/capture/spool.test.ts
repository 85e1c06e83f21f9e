import { mkdirSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { ByteSource } from '../../core/capture/reader.ts';
import { Spool } from '../../core/capture/spool.ts';
import { payload } from './build.ts';
import { sourceOf } from './drain.ts';
import { testFolder } from './folder.ts';

const path = testFolder();
const bytes = payload(3_000_000);

function folder(name: string): string {
  mkdirSync(path(name));
  return path(name);
}

test('gives what passes through, and any of it again by position at any moment', async () => {
  for (const piece of [999, 70_000, 1_500_000]) {
    const spool = await Spool.open(sourceOf(bytes, piece), folder(`again-${piece}`));
    const target = new Uint8Array(piece);
    let passed = 0;
    for (let got = -1; got !== 0;) {
      got = await spool.read(target, 0, piece);
      expect(Buffer.compare(target.subarray(0, got), bytes.subarray(passed, passed + got))).toBe(0);
      passed += got;
      for (const [back, length] of [
        [0, 100],
        [100, 100],
        [300_000, 290_000],
        [2_500_000, 600],
      ] as const) {
        const position = Math.max(0, passed - back);
        const found = spool.readAt(position, length);
        expect(Buffer.compare(found, bytes.subarray(position, Math.min(position + length, passed)))).toBe(0);
      }
    }
    expect(passed).toBe(bytes.length);
    await spool.close();
  }
}, 30_000);

test.skipIf(process.platform === 'win32')('the temporary file has no name from the beginning', async () => {
  const place = folder('nameless');
  const spool = await Spool.open(sourceOf(bytes), place);
  expect(readdirSync(place)).toEqual([]);
  await spool.read(new Uint8Array(1000), 0, 1000);
  expect(spool.readAt(10, 5)).toEqual(bytes.slice(10, 15));
  await spool.close();
  expect(readdirSync(place)).toEqual([]);
});

test('says where no copy can be kept and what to do', async () => {
  const place = path('missing');
  await expect(Spool.open(sourceOf(bytes), place)).rejects.toThrow(
    `test: no copy can be kept in ${place}: no such file (TMPDIR names another place for it)`,
  );
});

test.skipIf(process.platform !== 'linux')('says that the disk is full, once reading goes on', async () => {
  const spool = await Spool.open(sourceOf(bytes, 300_000), folder('full'));
  // A descriptor of the device that is always full stands in for a full disk.
  const swapped = spool as unknown as { handle: FileHandle };
  await swapped.handle.close();
  swapped.handle = await open('/dev/full', 'w');
  const target = new Uint8Array(300_000);
  const read = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) await spool.read(target, 0, target.length);
  };
  await expect(read()).rejects.toThrow('the disk is full (TMPDIR names another place for it)');
  await spool.close();
});

test('passes on what the source says of damage', async () => {
  const damage = { code: 'cut-short', text: 'the gzip data end too early' };
  const source: ByteSource = { ...sourceOf(bytes), damage };
  const spool = await Spool.open(source, folder('damage'));
  expect(spool.damage).toEqual(damage);
  await spool.close();
});
