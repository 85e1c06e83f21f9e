import { readFileSync } from 'node:fs';
import { expect, test } from './sample.ts';
import { callsGrid, filterField, ladder } from './screen.ts';

/** Statistics, palette, help, and the way between screens. */

test('statistics count the whole capture, and lead to the calls behind a number', async ({ app: { page } }) => {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Statistics' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Statistics' })).toBeVisible();
  await expect(page.getByRole('figure', { name: /^65 calls from /u })).toBeVisible();
  const states = page.getByRole('table', { name: 'Calls by state' });
  await expect(states.getByRole('row', { name: /^Timed out 4 /u })).toBeVisible();
  await expect(
    page.getByRole('table', { name: 'Requests by method' }).getByRole('row', { name: /^INVITE 37/u }),
  ).toBeVisible();
  await expect(
    page.getByRole('table', { name: 'Responses by status' }).getByRole('row', { name: /^486 Busy/u }),
  ).toBeVisible();
  await states.getByRole('button', { name: 'Busy' }).click();
  await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', '2');
});

test('statistics are of the calls that the filter selects, as a chart or as a table', async ({ app: { page } }) => {
  await filterField(page).fill('method:INVITE');
  await expect(page.getByRole('search')).toContainText('14 of 65 calls');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+9');
  const time = page.getByRole('region', { name: 'Calls over time' });
  await expect(time.getByRole('figure', { name: /^14 calls from /u })).toBeVisible();
  await time.getByRole('radio', { name: 'Table' }).click();
  await expect(time.getByRole('table')).toBeVisible();
  await page.keyboard.press('Alt+1');
  await expect(callsGrid(page)).toBeFocused();
});

test('a table of the statistics is saved', async ({ app }) => {
  await app.page.keyboard.press('Alt+9');
  const { name, path } = await app.saved(async () => {
    await app.page.getByRole('button', { name: 'Export: States' }).click();
    await app.page.getByRole('menuitem', { name: 'Save as CSV…' }).click();
  });
  expect(name).toBe('sample-day states.csv');
  expect(readFileSync(path, 'utf8')).toMatch(/busy,1/iu);
});

test('the palette runs commands, and finds calls by any word in them', async ({ app: { page } }) => {
  await page.keyboard.press('ControlOrMeta+K');
  const palette = page.getByRole('dialog', { name: 'Search all' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('go to stat');
  await expect(palette.getByRole('option', { name: /^Go to Statistics/u })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Statistics' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('+12025550178');
  await palette.getByRole('option', { name: /Clara Rossi.*12025550178.*Failed/u }).click();
  await expect(palette).toHaveCount(0);
  await expect(ladder(page).getByRole('heading', { level: 2 })).toContainText('+12025550178');
});

test('help lists every key, is closed by Escape, and gives the focus back', async ({ app: { page } }) => {
  await expect(callsGrid(page)).toBeFocused();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  for (const group of ['Calls', 'Ladder', 'Message', 'Media', 'Capture', 'Window'])
    await expect(help.getByRole('region', { name: group })).toBeVisible();
  await expect(help).toContainText('What the last hop changed');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await expect(callsGrid(page)).toBeFocused();
});

test('screens that are not there yet say so, and can’t be chosen', async ({ app: { page } }) => {
  const rail = page.getByRole('navigation', { name: 'Screens' });
  for (const name of ['Findings'])
    await expect(rail.getByRole('button', { name: new RegExp(`^${name}`, 'u') })).toBeDisabled();
});

test.describe('what the collector of complaints sees', () => {
  test.use({ excused: ['Content Security Policy', 'thrown by the test'] });

  test('a style that the policy forbids, and an error that nobody caught', async ({ app: { page, complaints } }) => {
    await page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'body { color: red }';
      document.head.append(style);
      setTimeout(() => {
        throw new Error('thrown by the test');
      }, 0);
    });
    await expect.poll(() => complaints.some((text) => text.includes('Content Security Policy'))).toBe(true);
    await expect.poll(() => complaints.some((text) => text.includes('thrown by the test'))).toBe(true);
  });
});
