import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { startDesktop } from './desktop.ts';
import { saveAs } from './exports.ts';
import { gmKeys, typePair } from './keys.ts';
import { fixture } from './programs.ts';
import { filterField, goToCall } from './screen.ts';
import { startServed } from './served.ts';

/** Keys are in the memory of the host and in the field they are typed in, and nowhere else. */

const [anna, ben] = gmKeys;

/** Every file below a folder. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Which of these words, or of their 8 digits where they are keys, `bytes` hold: as text of one byte a character or of two. */
function found(bytes: Buffer, words: readonly string[]): string[] {
  const text = bytes.toString('latin1').replaceAll('\0', '').toLowerCase();
  return words.filter((word) =>
    Array.from({ length: Math.max(1, word.length - 7) }, (_, at) => word.slice(at, at + 8)).some((part) =>
      text.includes(part.toLowerCase()),
    ),
  );
}

test('nothing of a key is written: profile, settings, recent files, temporary files, output and what a killed host leaves', async ({
  chrome,
}, info) => {
  // A short name: it is part of the name of Chromium’s socket, which has to be short.
  const temporary = mkdtempSync(join(tmpdir(), 'sip-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  const desktop = chrome === null ? await startDesktop([fixture('gm.pcap')], info) : null;
  const served = chrome === null ? null : await startServed(chrome, [fixture('gm.pcap')], info);
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  const app = desktop ?? served;
  if (app === null) throw new Error('one of them was started');
  const { page } = app;
  let said = '';
  desktop?.electron.process().stdout?.on('data', (bytes: Buffer) => (said += bytes.toString('latin1')));
  desktop?.electron.process().stderr?.on('data', (bytes: Buffer) => (said += bytes.toString('latin1')));
  page.on('console', (one) => (said += one.text()));
  await expect(page.getByRole('status').filter({ hasText: '7 calls' })).toBeVisible();
  // What is remembered for certain, so that the search below is known to find it.
  await filterField(page).fill('from:remembered-word');
  await filterField(page).press('Enter');
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('remembered-word');
  await filterField(page).fill('');
  await typePair(page, '00'.repeat(16), ben.ck);
  await expect(page.getByRole('alert').filter({ hasText: 'Wrong' })).toBeVisible();
  await typePair(page, ben.ik, ben.ck);
  await expect(page.getByRole('search')).toContainText('9 calls');
  await page.keyboard.press('Alt+1');
  await goToCall(page, 'from:anna and method:REGISTER');
  const { path } = await saveAs(app, 'Ladder', /^HTML/u);
  await page.keyboard.press('Alt+6');
  await page.getByRole('treegrid').press('ArrowDown');
  await page.getByRole('button', { name: 'Show the keys' }).click();
  await expect(page.getByText(anna.ck).first()).toBeVisible();
  await app.killHost();
  await expect(page.getByRole('alert').filter({ hasText: 'Open again' })).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  said += served?.server.said() ?? '';
  await app.close();
  const secrets = gmKeys.flatMap(({ ik, ck }) => [ik, ck]);
  expect(found(readFileSync(path), ['401 unauthorized'])).toHaveLength(1);
  const written = [path, ...filesIn(info.outputPath('profile')), ...filesIn(temporary)];
  const leaking = written.filter((file) => found(readFileSync(file), secrets).length > 0);
  rmSync(temporary, { recursive: true });
  expect(leaking).toEqual([]);
  expect(found(Buffer.from(kept + said, 'latin1'), secrets)).toEqual([]);
  expect(kept).toContain('remembered-word');
  // The desktop’s profile is where settings and recent files are.
  if (desktop !== null) {
    const profile = Buffer.concat(filesIn(info.outputPath('profile')).map((file) => readFileSync(file)));
    expect(found(profile, ['remembered-word', 'gm.pcap'])).toHaveLength(2);
  }
});
