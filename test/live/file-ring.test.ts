import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FileRing } from '../../core/live/file-ring.ts';
import { testFolder } from '../capture/folder.ts';

const at = testFolder();

function ring(name: string, limit: number): FileRing {
  return new FileRing(limit, (number) => at(`${name}-${number}`));
}

/** A file of `length` bytes that say where they are. */
async function fill(files: FileRing, length: number): Promise<void> {
  await files.append(Uint8Array.from({ length }, (_, i) => (files.written + i) % 251));
  await files.endFile();
}

function expected(from: number, length: number): number[] {
  return Array.from({ length }, (_, i) => (from + i) % 251);
}

test('the oldest files go, and positions of what stays are true', async () => {
  const files = ring('oldest', 3);
  for (let i = 0; i < 5; i++) await fill(files, 1000);
  expect(files.paths.map((path) => path.slice(-1))).toEqual(['3', '4', '5']);
  expect([files.keptFrom, files.written, files.current]).toEqual([2000, 5000, 0]);
  expect(existsSync(at('oldest-2'))).toBe(false);
  expect([...files.readAt(2000, 10)]).toEqual(expected(2000, 10));
  // Over the end of a file, and of all.
  expect([...files.readAt(2990, 20)]).toEqual(expected(2990, 20));
  expect([...files.readAt(4990, 20)]).toEqual(expected(4990, 10));
  expect(files.readAt(5000, 20)).toHaveLength(0);
  const target = new Uint8Array(2005);
  expect(files.readInto(2995, target)).toBe(2005);
  expect([...target]).toEqual(expected(2995, 2005));
  expect(() => files.readAt(1999, 1)).toThrow('this part of the live capture is no longer kept');
  expect(() => files.readInto(0, target)).toThrow('this part of the live capture is no longer kept');
  await files.close();
  expect(readFileSync(at('oldest-5'))).toHaveLength(1000);
});

test('what is still needed stays beyond the limit, and too much of it makes the writer wait', async () => {
  const files = ring('needed', 2);
  files.needed = 0;
  for (let i = 0; i < 6; i++) await fill(files, 10);
  expect([files.paths.length, files.behind]).toEqual([6, false]);
  await fill(files, 10);
  expect([files.paths.length, files.behind]).toEqual([7, true]);
  files.needed = 35;
  await files.trim();
  // The file with byte 35, and those behind it.
  expect([files.keptFrom, files.paths.length]).toEqual([30, 4]);
  files.needed = Number.POSITIVE_INFINITY;
  await files.trim();
  expect(files.keptFrom).toBe(50);
  await files.close();
});

test('more files than are held open can be looked at', async () => {
  const files = ring('open', 30);
  for (let i = 0; i < 30; i++) await fill(files, 7);
  for (let round = 0; round < 2; round++)
    for (let i = 0; i < 30; i++) expect([...files.readAt(i * 7 + 1, 3)]).toEqual(expected(i * 7 + 1, 3));
  await files.close();
});

test('a file of the name is replaced; one that cannot be made is told in a sentence', async () => {
  writeFileSync(at('again-1'), 'x'.repeat(5000));
  const files = ring('again', 1);
  await fill(files, 10);
  expect(readFileSync(at('again-1'))).toHaveLength(10);
  await files.close();
  const none = new FileRing(1, () => at('no/such/folder'));
  await expect(none.append(new Uint8Array(1))).rejects.toThrow(
    /cannot be written to .*no\/such\/folder: no such file/u,
  );
});
