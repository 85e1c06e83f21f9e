import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './sample.ts';
import { arrows, callsGrid, filterField, ladder } from './screen.ts';

/** The screen Paths: list, graph, what a hop changed, exports; and the legs of a ladder. */

function list(page: Page): ReturnType<Page['getByRole']> {
  return page.getByRole('grid', { name: 'Paths' });
}

function hops(page: Page): ReturnType<Page['getByRole']> {
  return page.getByRole('listbox', { name: /^Hops of /u });
}

test.beforeEach(async ({ app: { page } }) => {
  await page.keyboard.press('Alt+4');
  await expect(page.getByRole('heading', { level: 1, name: 'Paths' })).toBeAttached();
});

test('the list has the focus, and its keys choose the path that is shown', async ({ app: { page } }) => {
  await expect(list(page)).toBeFocused();
  await expect(hops(page)).toBeVisible();
  const title = page.getByRole('region', { name: 'Path', exact: true }).getByRole('heading', { level: 2 });
  const first = await title.textContent();
  await page.keyboard.press('End');
  await expect(title).not.toHaveText(first ?? '');
  await page.keyboard.press('Home');
  await expect(title).toHaveText(first ?? '');
});

test('the graph goes from hop to hop, says what each changed, and leads to the ladder', async ({ app: { page } }) => {
  await filterField(page).fill('method:INVITE');
  await expect(list(page).getByRole('row').nth(1)).toContainText('INVITE');
  await filterField(page).press('Escape');
  // What the filter brings may come a moment later, and begins with a hop of its own.
  await expect(async () => {
    await hops(page).focus();
    await page.keyboard.press('Home');
    await expect(hops(page).getByRole('option').first()).toHaveAttribute('aria-selected', 'true', { timeout: 500 });
  }).toPass();
  await page.keyboard.press('ArrowDown');
  const second = hops(page).getByRole('option').nth(1);
  await expect(second).toHaveAttribute('aria-selected', 'true');
  await expect(second).toHaveAccessibleName(/^Hop 2: .* after the hop before/u);
  const detail = page.getByRole('region', { name: /^Hop 2: frame/u });
  await expect(detail.getByRole('rowheader', { name: 'Via' }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(arrows(page)).toBeVisible();
  await expect(arrows(page)).toBeFocused();
});

test('what is empty says why', async ({ app: { page } }) => {
  await page.getByRole('radio', { name: 'Loops' }).click();
  await expect(page.getByText('No loop, no spiral.')).toBeVisible();
  await page.getByRole('radio', { name: 'All' }).click();
  await filterField(page).fill('from:nobody-at-all');
  await expect(page.getByText('No request was seen on more than one hop.')).toBeVisible();
});

test('from an arrow of the ladder to its path, and back with Escape', async ({ app: { page } }) => {
  await page.keyboard.press('Alt+1');
  await filterField(page).fill('method:INVITE state:busy');
  await callsGrid(page).and(page.locator('[aria-rowcount="2"]')).waitFor();
  await filterField(page).press('Escape');
  await arrows(page).waitFor();
  await arrows(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('p');
  await expect(hops(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Chosen calls' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(callsGrid(page)).toBeFocused();
});

test('the graph is saved as SVG, the table as CSV', async ({ app }) => {
  const { page } = app;
  await expect(hops(page)).toBeVisible();
  const graph = await app.saved(async () => {
    await page.getByRole('button', { name: 'Export: this path' }).click();
    await page.getByRole('menuitem', { name: 'Save the graph as SVG…' }).click();
  });
  expect(graph.name).toBe('sample-day path 1.svg');
  expect(readFileSync(graph.path, 'utf8')).toMatch(/^<\?xml[^]*Hop 2: [^]*<\/svg>\n$/u);
  const table = await app.saved(async () => {
    await page.getByRole('button', { name: 'Export: Paths' }).click();
    await page.getByRole('menuitem', { name: 'Save as CSV…' }).click();
  });
  expect(table.name).toBe('sample-day paths.csv');
  expect(readFileSync(table.path, 'utf8')).toMatch(/^id,call,callId,method,cseq/u);
});

test('calls that the user joins are one ladder, also after they were opened again', async ({ app: { page } }) => {
  await page.keyboard.press('Alt+1');
  await filterField(page).fill('method:INVITE');
  await expect(page.getByRole('search')).toContainText(/\d+ of \d+ calls/u);
  await filterField(page).press('Escape');
  await callsGrid(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('Space');
  await ladder(page)
    .getByRole('button', { name: /^Legs: why/u })
    .click();
  const card = page.getByRole('dialog', { name: 'Legs' });
  await card.getByRole('button', { name: 'Join the ticked calls' }).click();
  await expect(card).toContainText('joined by hand');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F5');
  await filterField(page).fill('method:INVITE');
  await expect(page.getByRole('search')).toContainText(/\d+ of \d+ calls/u);
  await expect(
    callsGrid(page)
      .getByRole('img', { name: 'has 1 other leg' })
      .or(callsGrid(page).getByLabel('has 1 other leg'))
      .first(),
  ).toBeVisible();
  await filterField(page).press('Escape');
  await callsGrid(page).focus();
  await page.keyboard.press('Home');
  await expect(ladder(page).getByRole('heading', { level: 2 })).toHaveText('2 calls');
});
