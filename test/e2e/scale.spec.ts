import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pictureOfFailure, shown, test as base, type App, type Place } from './app.ts';
import { drag, hold } from './bench/moves.ts';
import { dialogsOf, type Dialog } from './bench/dialogs.ts';
import { instrument, watched } from './bench/instrument.ts';
import { heapOf } from './bench/memory.ts';
import { expectNoneBut } from './complaints.ts';
import { startDesktop } from './desktop.ts';
import { root } from './programs.ts';
import { callsGrid, filterField } from './screen.ts';
import { expect } from './sample.ts';
import { startServed } from './served.ts';

/**
 * A list of 100,000 calls: what is on the page, and what it asks for, does not grow with the list. How long things take
 * is measured by `npm run bench:app`, and is no matter of these tests.
 */

const DIALOGS = 100_000;
const LIST = '[role=grid][aria-rowcount]';
/** Rows that the page may have at a time: what fits on the screen, and some around. */
const MOST_ROWS = 200;

interface Shared {
  readonly large: { readonly app: App; readonly dialogs: readonly Dialog[] };
}

/** One application for all of these tests: each leaves the list as it was. */
const test = base.extend<{ readonly dialogs: readonly Dialog[] }, Shared>({
  large: [
    async ({ chrome }, give) => {
      const folder = mkdtempSync(join(tmpdir(), 'sipglass-scale-'));
      const capture = join(folder, 'dialogs.pcap');
      const generator = join(root, 'test', 'bench', 'generate.mjs');
      const { status } = spawnSync(process.execPath, [generator, 'dialogs', String(DIALOGS), capture]);
      expect(status).toBe(0);
      const place: Place = { outputPath: (...parts) => join(folder, ...parts) };
      const app = chrome === null ? await startDesktop([], place) : await startServed(chrome, [], place);
      await shown(app);
      await instrument(app.page);
      await app.open(capture);
      await give({ app, dialogs: dialogsOf(capture) });
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  dialogs: async ({ large }, give) => {
    await give(large.dialogs);
  },
  app: async ({ large: { app } }, give, info) => {
    const { page } = app;
    await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', String(DIALOGS + 1), { timeout: 60_000 });
    await expect(page.getByRole('button', { name: 'Stop reading and close' })).toHaveCount(0, { timeout: 60_000 });
    await callsGrid(page).focus();
    await page.keyboard.press('Home');
    await expect(callsGrid(page)).toHaveAttribute('aria-busy', 'false');
    await give(app);
    await pictureOfFailure(app, info);
    expectNoneBut([], app.complaints);
  },
});

test('while the whole list flies by, the page has only the rows around the screen', async ({ app }) => {
  const { page } = app;
  const before = await heapOf(app);
  const { mostRows, questions } = await watched(page, () => drag(page, LIST, 240));
  expect(mostRows).toBeGreaterThan(0);
  expect(mostRows).toBeLessThan(MOST_ROWS);
  // Each frame moves on by hundreds of rows: a page or two are asked for, never all that lies between.
  expect(questions.calls).toBeLessThan(3 * 240);
  await expect(callsGrid(page).locator('[data-at="0"]')).toBeVisible();
  // All rows would take some 100 MB.
  expect((await heapOf(app)) - before).toBeLessThan(20);
});

test('paging quickly asks for each stretch of the list once, and for one ladder at a time', async ({
  app: { page },
}) => {
  const { mostRows, questions } = await watched(page, () => hold(page, 'PageDown', 60));
  const at = Number(await callsGrid(page).locator('[data-cursor]').getAttribute('data-at'));
  expect(at).toBeGreaterThan(60);
  expect(mostRows).toBeLessThan(MOST_ROWS);
  expect(questions.ladder ?? 0).toBeLessThanOrEqual(61);
  // A hundred rows come at a time; a ladder, and the message beside it, ask for the one call that they are of.
  expect(questions.calls).toBeLessThan(2 * (at / 100 + 2) + 2 * 61);
});

test('the last call can be reached, and is the last one', async ({ app: { page }, dialogs }) => {
  await page.keyboard.press('End');
  const last = callsGrid(page).locator(`[data-at="${DIALOGS - 1}"]`);
  await expect(last).toBeVisible();
  await expect(last).toHaveAttribute('aria-rowindex', String(DIALOGS + 1));
  await expect(last).toHaveAttribute('data-cursor', /./u);
  await expect(last).toContainText(dialogs.at(-1)?.from ?? 'none');
  await expect(callsGrid(page).locator(`[data-at="${DIALOGS}"]`)).toHaveCount(0);
});

test('all calls are sorted, not those that are on the page', async ({ app: { page }, dialogs }) => {
  const head = page.locator('[role=columnheader][data-column="from"]');
  const users = dialogs.map(({ from }) => from).sort((a, b) => (a < b ? -1 : 1));
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await expect(callsGrid(page)).toHaveAttribute('aria-busy', 'false');
  // The list went along with the call under the cursor.
  await callsGrid(page).focus();
  await page.keyboard.press('Home');
  await expect(callsGrid(page).locator('[data-at="0"]')).toContainText(users[0] ?? 'none');
  await page.keyboard.press('End');
  await expect(callsGrid(page).locator(`[data-at="${DIALOGS - 1}"]`)).toContainText(users.at(-1) ?? 'none');
  // In the middle, where only the right order of all has the right call.
  const middle = DIALOGS / 2;
  await page.evaluate(
    ([selector, row]) => {
      const list = document.querySelector(selector);
      if (list !== null) list.scrollTop = row * 26;
    },
    [LIST, middle] as const,
  );
  await expect(callsGrid(page).locator(`[data-at="${middle}"]`)).toContainText(users[middle] ?? 'none');
  await page.locator('[role=columnheader][data-column="start"]').getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'none');
  await expect(callsGrid(page)).toHaveAttribute('aria-busy', 'false');
});

test('all calls are filtered, by columns and by what is read out of messages', async ({ app: { page }, dialogs }) => {
  const busy = dialogs.filter(({ status }) => status === 486 || status === 600).length;
  const some = dialogs.filter(({ from }) => from.includes('1299555')).length;
  const most = Math.max(...dialogs.map(({ messages }) => messages));
  const long = dialogs.filter(({ messages }) => messages >= most).length;
  for (const [filter, count] of [
    ['state:busy', busy],
    ['from.user:1299555', some],
    [`messages >= ${most}`, long],
  ] as const) {
    await filterField(page).fill(filter);
    await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', String(count + 1));
    expect(count).toBeGreaterThan(0);
  }
  await page.getByRole('button', { name: 'Clear the filter' }).click();
});
