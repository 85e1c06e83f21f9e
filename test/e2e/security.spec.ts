import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';
import { gmKeys, typePair } from './keys.ts';
import { fixture } from './programs.ts';
import { arrow, arrows, goToCall, message, row } from './screen.ts';

/** IPsec: locks in the ladder, keys that are typed, wrong ones. */

const [anna, ben] = gmKeys;

test.beforeEach(async ({ app }) => {
  await app.open(fixture('gm.pcap'));
  await expect(app.page.getByRole('status').filter({ hasText: '7 calls' })).toBeVisible();
});

test('locks say what came out of ESP, with whose key, and lead to the 401 and to the association', async ({
  app: { page },
}) => {
  await goToCall(page, 'from:anna and method:MESSAGE');
  await expect(arrow(page, /^MESSAGE .*ESP opened, ICV good/u)).toBeVisible();
  await expect(message(page)).toContainText('ESP opened, ICV good');
  await expect(message(page)).toContainText('hmac-sha-1-96, aes-cbc');
  await message(page).getByRole('button', { name: anna.up }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Security associations' })).toBeVisible();
  const list = page.getByRole('treegrid', { name: 'Security associations' });
  await expect(list.getByRole('row', { selected: true })).toContainText(anna.up);
  await page
    .getByRole('region', { name: /^Security association 0x/u })
    .getByRole('button', { name: '401 in frame 3' })
    .click();
  await expect(message(page)).toContainText('SIP/2.0 401 Unauthorized');
  await page.keyboard.press('Alt+1');
  await goToCall(page, 'from:clara and method:MESSAGE');
  await expect(arrow(page, /^MESSAGE .*ESP opened, ICV not checked \(NULL, guessed\)/u)).toBeVisible();
});

test('IK and CK fill the ladder: a wrong key is said to be wrong, the right one opens, and is taken away', async ({
  app: { page },
}) => {
  // Put the cursor on Ben's registration, of which only the half in the clear is known.
  await row(page, /Challenged/u).click();
  await expect(arrows(page).getByRole('option')).toHaveCount(2);
  await page.keyboard.press('Alt+6');
  const list = page.getByRole('treegrid', { name: 'Security associations' });
  await expect(list).toBeFocused();
  await expect(page.getByRole('table', { name: 'Packets that stayed closed' })).toContainText('No key is known');
  await typePair(page, '00'.repeat(16), '11'.repeat(16));
  await expect(page.getByRole('alert').filter({ hasText: 'Wrong' })).toBeVisible();
  await expect(list.getByRole('row', { name: /^Wrong key/u })).toHaveCount(4);
  await typePair(page, ben.ik, ben.ck);
  await expect(page.getByRole('status').filter({ hasText: 'Opens 2 security associations.' })).toBeVisible();
  await expect(list.getByRole('row', { name: new RegExp(`^Open ${ben.up}`, 'u') })).toBeVisible();
  await expect(page.getByRole('search')).toContainText('9 calls');
  await page.keyboard.press('Alt+1');
  // Still Ben's registration, whole now.
  await expect(arrows(page).getByRole('option')).toHaveCount(4);
  await expect(arrow(page, /^200 OK .*to 10\.45\.0\.2.*ESP opened, ICV good/u)).toBeVisible();
  await page.keyboard.press('Alt+6');
  await page.getByRole('button', { name: 'Remove all' }).click();
  await expect(page.getByRole('search')).toContainText('7 calls');
  await expect(list.getByRole('row', { name: new RegExp(`^Closed ${ben.up}`, 'u') })).toBeVisible();
  await page.keyboard.press('Alt+1');
  await expect(arrows(page).getByRole('option')).toHaveCount(2);
});

test('a file for Wireshark is pasted, its mistakes are pointed at, and then it opens', async ({ app: { page } }) => {
  await page.keyboard.press('Alt+k');
  const text = page.getByRole('textbox', { name: 'Keys as text' });
  const line = (spi = '', ck = ben.ck): string =>
    `"IPv4","*","*","${spi}","AES-CBC [RFC3602]","0x${ck}","HMAC-SHA-1-96 [RFC2404]","0x${ben.ik}00000000"`;
  await text.fill(`${line(ben.up)}\n${line(ben.down, ben.ck.slice(2))}`);
  const mistakes = page.getByRole('list', { name: 'Mistakes' });
  await expect(mistakes).toContainText('line 2');
  await expect(page.getByRole('button', { name: 'Take these keys' })).toBeDisabled();
  await text.fill(`${line(ben.up)}\n${line(ben.down)}`);
  await expect(page.getByText('Wireshark esp_sa: 2 associations.')).toBeVisible();
  await page.getByRole('button', { name: 'Take these keys' }).click();
  await expect(page.getByRole('search')).toContainText('9 calls');
});

test('a capture without IPsec says so, and the keys are one key away in it too', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('Alt+6');
  await expect(page.getByRole('treegrid', { name: 'Security associations' })).toBeFocused();
  await app.open(fixture('cluster.pcap'));
  await expect(page.getByText('There is no IPsec in this capture.')).toBeVisible();
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Alt+k');
  await expect(page.getByRole('textbox', { name: 'IK', exact: true })).toBeFocused();
});

test('the list is saved as a table, without keys', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('Alt+6');
  const { name, path } = await app.saved(async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /^JSON/u }).click();
  });
  expect(name).toBe('gm associations.json');
  const text = readFileSync(path, 'utf8');
  expect(JSON.parse(text)).toHaveLength(13);
  expect(text).toContain('fingerprint');
  expect(text).not.toContain(anna.ck);
});
