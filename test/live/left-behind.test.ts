import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { EMPTY, forgetLeft, leftBehind } from '../../core/live/left-behind.ts';
import { isOwn, liveFiles } from '../../core/live/live-folder.ts';
import { testFolder } from '../capture/folder.ts';

const at = testFolder();
/** No process has it: above what the kernel gives. */
const GONE = 4_194_399;

function file(folder: string, name: string, bytes = 1000): string {
  mkdirSync(at(folder), { recursive: true });
  writeFileSync(at(`${folder}/${name}`), new Uint8Array(bytes));
  return at(`${folder}/${name}`);
}

test('captures whose program is gone are found, each with its files in order; those that run, and other files, are not', async () => {
  const second = file('left', `sipglass-20261123T093804-${GONE}-075e-00012.pcapng`);
  const first = file('left', `sipglass-20261123T093804-${GONE}-075e-00011.pcapng`, 24);
  const later = file('left', `sipglass-20261124T010203-${GONE}-aaaa-00001.pcapng`);
  file('left', `sipglass-20261125T010203-${process.pid}-aaaa-00001.pcapng`);
  file('left', `sipglass-20261125T010203-${GONE}-bbbb-00001.pcapng`, EMPTY);
  const other = file('left', 'holiday.pcapng');
  expect(await leftBehind(at('left'))).toEqual([
    { began: '2026-11-24T01:02:03Z', files: [later], bytes: 1000 },
    { began: '2026-11-23T09:38:04Z', files: [first, second], bytes: 1024 },
  ]);
  expect(await leftBehind(at('nowhere'))).toEqual([]);
  // Only what was offered can be given up.
  expect(await forgetLeft([first, second, other, '/etc/hostname'], at('left'))).toBe(2);
  expect([existsSync(first), existsSync(second), existsSync(other), existsSync(later)]).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test('files have names that tell when, who and which, in a folder that is made', async () => {
  const place = await liveFiles(at('made/deep'));
  expect(place.pathOf(7)).toMatch(/made\/deep\/sipglass-\d{8}T\d{6}-\d+-[\da-f]{4}-00007\.pcapng$/u);
  expect(existsSync(dirname(place.pathOf(1)))).toBe(true);
  writeFileSync(at('a-file'), '');
  await expect(liveFiles(at('a-file'))).rejects.toThrow(/a-file/u);
});

test('a folder that others can write into is not ours', async () => {
  mkdirSync(at('ours'), { mode: 0o700 });
  mkdirSync(at('theirs'));
  chmodSync(at('theirs'), 0o777);
  expect([await isOwn(at('ours')), await isOwn(at('theirs')), await isOwn(at('none'))]).toEqual([true, false, false]);
});
