import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { test as fresh } from './app.ts';
import { fixture } from './programs.ts';
import { expect, test } from './sample.ts';
import { callsGrid, filterField, ladder, toLastCall } from './screen.ts';

/** The list of RTP streams and the stream view, as a user meets them. */

function streams(page: Page): Locator {
  return page.getByRole('grid', { name: 'RTP streams' });
}

async function toMedia(page: Page): Promise<void> {
  await page.keyboard.press('Alt+3');
  await expect(streams(page)).toHaveAttribute('aria-rowcount', '17');
  await expect(streams(page)).toBeFocused();
}

test('the rail leads to all streams; a head sorts them, the worst verdict first', async ({ app: { page } }) => {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Media' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Media' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '16 RTP streams' })).toBeVisible();
  await expect(streams(page)).toHaveAttribute('aria-rowcount', '17');
  const first = streams(page).getByRole('rowgroup').nth(1).getByRole('row').first();
  await expect(first).toContainText('anna → ben');
  await streams(page).getByRole('columnheader', { name: 'Packet time' }).getByRole('button').click();
  await expect(first).toContainText('changes');
  await expect(streams(page)).toBeFocused();
  await streams(page).getByRole('columnheader', { name: 'Packets' }).getByRole('button').click();
  await expect(first).toContainText('359');
});

test('the list follows the filter, and says so where nothing is left', async ({ app: { page } }) => {
  await filterField(page).fill('from:anna');
  await toFiltered(page, 9);
  await filterField(page).fill('state:busy');
  await expect(page.getByText('No stream belongs to a call that matches.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all streams' }).click();
  await expect(streams(page)).toHaveAttribute('aria-rowcount', '17');
});

async function toFiltered(page: Page, rows: number): Promise<void> {
  await filterField(page).press('Enter');
  await expect(callsGrid(page)).toBeFocused();
  await page.keyboard.press('Alt+3');
  await expect(streams(page)).toHaveAttribute('aria-rowcount', String(rows));
}

test('by keys alone: to the stream, its verdict, its charts, its table, its legs, and back', async ({
  app: { page },
}) => {
  const { keyboard } = page;
  await toMedia(page);
  await keyboard.press('End');
  await keyboard.press('Enter');
  const view = page.getByRole('region', { name: 'Packet time', exact: true });
  await expect(view).toBeFocused();
  const bad = page.getByRole('region', { name: /callee to caller: changes$/u });
  await expect(bad).toContainText('changes at 00:03.5');
  await expect(bad).toContainText('≠ 20 → 40 ms');
  await expect(page.getByRole('region', { name: /caller to callee: agrees$/u })).toContainText('20 ms, all four');
  await expect(page.getByRole('region', { name: 'What to change' })).toContainText('the callee (10.0.10.30:18788)');
  await expect(page.getByText('re-INVITE · packets now 40 ms')).toBeVisible();
  await expect(page.locator('.recharts-line-curve').first()).toBeVisible();

  // The cursor, over all charts.
  const cursor = page.getByRole('slider', { name: 'Moment in the charts' });
  for (let step = 0; step < 20 && !(await isFocused(cursor)); step++) await keyboard.press('Tab');
  await expect(cursor).toBeFocused();
  await keyboard.press('End');
  await keyboard.press('Shift+ArrowLeft');
  await expect(cursor).toHaveAttribute('aria-valuetext', /callee to caller: Arrival spacing (?:39|40|41)/u);
  await keyboard.press('+');
  await expect(page.getByRole('button', { name: 'Show all of the time' })).toBeVisible();
  await keyboard.press('0');
  await expect(page.getByRole('button', { name: 'Show all of the time' })).toHaveCount(0);

  await keyboard.press('t');
  await expect(page.getByRole('table', { name: 'Over time' })).toBeVisible();
  await keyboard.press('b');
  await expect(page.getByRole('radio', { name: 'Leg A | Leg B' })).toBeChecked();
  await keyboard.press('Escape');
  await expect(streams(page)).toBeFocused();
  await expect(page.getByRole('heading', { level: 1, name: 'Media' })).toBeVisible();
});

function isFocused(place: Locator): Promise<boolean> {
  return place.evaluate((element) => element === document.activeElement);
}

test('from the list of calls by a key and by the menu of its row; to the ladder, and back', async ({
  app: { page },
}) => {
  await toLastCall(page, 64);
  await page.keyboard.press('m');
  await expect(page.getByRole('region', { name: /callee to caller: changes$/u })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(callsGrid(page)).toBeFocused();
  await callsGrid(page).getByRole('row').last().click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Media of this call/u }).click();
  await expect(page.getByRole('region', { name: /callee to caller: changes$/u })).toBeVisible();
  await page.keyboard.press('l');
  await expect(ladder(page).getByRole('heading', { level: 2 })).toContainText('David Lindqvist');
});

test('a call without media says so', async ({ app: { page } }) => {
  await callsGrid(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('m');
  await expect(page.getByText('There is no RTP of this call in the capture.')).toBeVisible();
});

test('the charts are saved as they are shown, as SVG and as PNG', async ({ app }) => {
  const { page } = app;
  await toMedia(page);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const view = page.getByRole('region', { name: 'Packet time', exact: true });
  await expect(view.getByRole('img', { name: /^Arrival spacing over time/u })).toBeVisible();
  const saved = (title: string): Promise<{ readonly name: string; readonly path: string }> =>
    app.saved(async () => {
      await view.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: title }).click();
    });
  const svg = await saved('SVG – a drawing that stays sharp');
  expect(svg.name).toMatch(/^sample-day call \d+ charts\.svg$/u);
  const text = readFileSync(svg.path, 'utf8');
  expect(text).toMatch(/caller to callee/iu);
  expect(text).toMatch(/packets now \d+ ms/u);
  expect(text).toContain('>Arrival spacing, ms<');
  const png = await saved('PNG – a picture for mail and chat');
  expect(readFileSync(png.path).subarray(1, 4).toString('latin1')).toBe('PNG');
});

test('the list is saved as CSV in its order, and the sentence is copied', async ({ app }) => {
  const { page } = app;
  await toMedia(page);
  await streams(page).getByRole('columnheader', { name: 'Packets' }).getByRole('button').click();
  await expect(streams(page).getByRole('rowgroup').nth(1).getByRole('row').first()).toContainText('359');
  const { name, path } = await app.saved(async () => {
    await page.keyboard.press('F2');
    const dialog = page.getByRole('dialog', { name: 'Save or copy' });
    await expect(dialog.getByRole('radio', { name: 'RTP streams' })).toBeChecked();
    await dialog.getByRole('button', { name: 'Save…' }).click();
  });
  expect(name).toBe('sample-day streams.csv');
  const lines = readFileSync(path, 'utf8').trim().split(/\r?\n/u);
  expect(lines).toHaveLength(17);
  expect(lines[1]).toContain(',359,');
  await streams(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('y');
  await expect(page.getByText('Copied what is said of the packet time.')).toBeVisible();
  expect(await app.copiedText()).toMatch(/ → .*\(PCMA, 0x[\da-f]{8}, Call-ID .*\): agrees\. /u);
});

fresh('a capture without RTP says where its media may be', async ({ app }) => {
  const { page } = app;
  await app.open(fixture('states.pcap'));
  await expect(callsGrid(page)).toBeFocused();
  await page.keyboard.press('Alt+3');
  await expect(page.getByText(/^There is no RTP in these /u)).toBeVisible();
  await page.getByRole('button', { name: 'To the calls' }).click();
  await expect(callsGrid(page)).toBeVisible();
});
