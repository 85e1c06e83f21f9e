import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from './app.ts';
import { fixture } from './programs.ts';
import { callsGrid, filterField } from './screen.ts';

/** A capture is read again from its file, closed, and another takes its place. */

test('what was added to the file is there after it was opened again', async ({ app }, info) => {
  const { page } = app;
  const file = info.outputPath('grows.pcap');
  const all = readFileSync(fixture('states.pcap'));
  writeFileSync(file, all.subarray(0, 60_000));
  await app.open(file);
  await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', /^\d+$/u);
  await expect(page.getByText('38 calls')).toHaveCount(0);
  // A browser can't read the file again by itself: there it is the copy that was sent.
  if (app.kind === 'electron') writeFileSync(file, all);
  await page.keyboard.press('ControlOrMeta+Shift+R');
  if (app.kind === 'electron') await expect(page.getByText('38 calls').first()).toBeVisible();
  await expect(
    callsGrid(page)
      .getByRole('gridcell', { name: /^Completed/u })
      .first(),
  ).toBeVisible();
});

test('opened again, the capture is filtered and sorted as before', async ({ app }) => {
  const { page } = app;
  await app.open(fixture('sample-day.pcapng'));
  await page.getByRole('columnheader', { name: 'Msgs' }).getByRole('button').click();
  await filterField(page).fill('state:busy or state:failed');
  await expect(page.getByRole('search')).toContainText('2 of 65 calls');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+Shift+R');
  await expect(page.getByRole('search')).toContainText('2 of 65 calls');
  await expect(page.getByRole('columnheader', { name: 'Msgs' })).toHaveAttribute('aria-sort', 'descending');
});

test('a closed capture makes room for the next, which can be the sample', async ({ app }, info) => {
  const { page } = app;
  const copy = info.outputPath('copy of states.pcap');
  copyFileSync(fixture('states.pcap'), copy);
  await app.open(copy);
  await expect(page.getByText('38 calls').first()).toBeVisible();
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Close the capture' }).click();
  await expect(page.getByRole('heading', { name: 'Drop captures here' })).toBeVisible();
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await expect(page.getByText('65 calls').first()).toBeVisible();
});

test('several files that are chosen together are merged by time', async ({ app }) => {
  const { page } = app;
  await app.open(fixture('sample-day.pcapng'), fixture('states.pcap'));
  await expect(page.getByText('103 calls').first()).toBeVisible();
  await expect(page.getByRole('banner')).toContainText('and 1 more');
});
