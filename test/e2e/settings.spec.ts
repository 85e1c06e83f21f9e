import type { Locator, Page } from '@playwright/test';
import { expect, test } from './sample.ts';
import { calls, callsGrid, goToCall, row } from './screen.ts';

/** What the user sets: times, names, ports, columns, theme. It stays. */

async function settings(page: Page): Promise<Locator> {
  await page.keyboard.press('F8');
  return page.getByRole('dialog', { name: 'Settings' });
}

test('times are written as chosen, and still so after loading again', async ({ app: { page } }) => {
  const start = calls(page).first().getByRole('gridcell').nth(1);
  const dialog = await settings(page);
  for (const [name, text] of [
    ['UTC', '07:58:12.400000'],
    ['Since the start', '0.000000'],
    ['Since 1970', '1773302292.400000'],
  ] as const) {
    await dialog.getByRole('radio', { name }).click();
    await expect(page.locator('[role="grid"] [aria-rowindex="2"]')).toContainText(text);
  }
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(start).toHaveText('1773302292.400000');
  await page.reload();
  await expect(start).toHaveText('1773302292.400000');
});

test('a host that was named is called so in the ladder, and can be forgotten', async ({ app: { page } }) => {
  const dialog = await settings(page);
  await dialog.getByRole('button', { name: 'Name a host' }).click();
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Registrar');
  await dialog.getByRole('textbox', { name: 'Addresses of Registrar' }).fill('10.0.20.10');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await goToCall(page, 'state:busy');
  const lane = page.getByRole('toolbar', { name: 'Lanes' }).getByRole('button', { name: /^Registrar,/u });
  await expect(lane).toBeVisible();
  await (await settings(page)).getByRole('button', { name: 'Remove Registrar' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(lane).toHaveCount(0);
});

test('an address that is none is told', async ({ app: { page } }) => {
  const dialog = await settings(page);
  await dialog.getByRole('button', { name: 'Name a host' }).click();
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Nobody');
  await dialog.getByRole('textbox', { name: 'Addresses of Nobody' }).fill('10.0.20.10:99999');
  await dialog.getByRole('textbox', { name: 'SIP ports' }).focus();
  await expect(dialog.getByRole('alert')).toBeVisible();
});

test('ports are checked, and hold when the capture is opened again', async ({ app: { page } }) => {
  const dialog = await settings(page);
  const field = dialog.getByRole('textbox', { name: 'SIP ports' });
  await field.fill('70000');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('5070, 5080');
  await expect(field).toHaveAttribute('aria-invalid', 'false');
  await dialog.getByRole('button', { name: 'Open this capture again' }).click();
  await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', '66');
  await expect((await settings(page)).getByRole('textbox', { name: 'SIP ports' })).toHaveValue('5070, 5080');
});

test('any header of SIP can be a column, first of all, and away again', async ({ app: { page } }) => {
  await page.keyboard.press('F10');
  const dialog = page.getByRole('dialog', { name: 'Columns' });
  await dialog.getByRole('combobox', { name: 'A header of SIP' }).fill('User-Agent');
  await dialog.getByRole('button', { name: 'Add' }).click();
  const shown = dialog.getByRole('list', { name: 'Shown', exact: true });
  await expect(shown.getByRole('checkbox', { name: /^User-Agent/u })).toBeChecked();
  await dialog.getByRole('button', { name: 'Move User-Agent to the left' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('columnheader', { name: 'User-Agent' })).toHaveCount(1);
  await expect(row(page, /Yealink SIP-T46U/u).first()).toBeVisible();
  await page.keyboard.press('F10');
  await dialog.getByRole('checkbox', { name: /^User-Agent/u }).click();
  await dialog.getByRole('button', { name: 'As at first' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'User-Agent' })).toHaveCount(0);
});

test('the theme is switched by its key, and stays', async ({ app: { page } }) => {
  const html = page.locator('html');
  const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await html.getAttribute('data-theme');
  const after = before === 'dark' ? 'light' : 'dark';
  const colour = await background();
  await page.keyboard.press('ControlOrMeta+Shift+L');
  await expect(html).toHaveAttribute('data-theme', after);
  expect(await background()).not.toBe(colour);
  await page.reload();
  await expect(html).toHaveAttribute('data-theme', after);
  await (await settings(page)).getByRole('radio', { name: 'As the system' }).click();
  await expect(html).toHaveAttribute('data-theme', before ?? '');
});
