import type { Locator, Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { cannotCapture } from '../live/rights.ts';
import { expect, test as base, type App } from './app.ts';
import { serious } from './axe.ts';
import { startDesktop } from './desktop.ts';
import { calls, callsGrid, ladder, row, arrow } from './screen.ts';
import { SipTalk, TALK } from './sip-talk.ts';

/** Packets as they happen: SIP that is really sent over loopback, captured by a program that is really there. */

const missing = await cannotCapture('dumpcap');
base.skip(missing !== '', `not tried: ${missing}`);

/** In a browser the command says what is captured; on the desktop the screen does. */
const test = base.extend({
  captures: async ({ chrome }, give) => {
    await give(chrome === null ? [] : ['-i', 'lo', '-f', TALK, '--backend', 'dumpcap']);
  },
});

let talk: SipTalk;
test.beforeEach(async () => {
  talk = await SipTalk.begin();
});
test.afterEach(() => talk.close());

/** Captures on loopback; resolves when the list of calls is there and packets are waited for. */
async function begun({ kind, page }: App): Promise<void> {
  if (kind === 'electron') {
    await page.getByRole('button', { name: 'Capture live…' }).click();
    await page.getByRole('radio', { name: /^lo\b/u }).click();
    await page.getByRole('textbox', { name: 'Packet filter' }).fill(TALK);
    await expect(page.getByText('libpcap takes it.')).toBeVisible();
    await page.getByRole('button', { name: 'Start on lo' }).click();
  }
  await expect(page.getByRole('banner')).toContainText('Live');
  await expect(page.getByText('Nothing has passed on lo yet.')).toBeVisible();
}

/** How far down the list is scrolled, and how far that goes. */
function scrolled(page: Page): Promise<{ readonly top: number; readonly most: number }> {
  return callsGrid(page).evaluate(({ scrollTop, scrollHeight, clientHeight }) => ({
    top: Math.round(scrollTop),
    most: scrollHeight - clientHeight,
  }));
}

/** The row of a call of `several`. */
function numbered(page: Page, number: number): Locator {
  return row(page, new RegExp(`n${number}(?!\\d)`, 'u'));
}

/** Where the list stands, once the wheel has come to its end. */
async function standing(page: Page): Promise<number> {
  let before = -1;
  await expect
    .poll(async () => {
      const was = before;
      before = (await scrolled(page)).top;
      return before === was;
    })
    .toBe(true);
  return before;
}

async function several(from: number, to: number): Promise<void> {
  for (let number = from; number < to; number++) await talk.call(`n${number}`);
}

/** Processes of dumpcap that capture what is said here. */
function helpers(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words[0]?.endsWith('dumpcap') === true && words.includes(TALK);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Numbers of packets in a capture, as an independent program counts them. */
function packetsIn(path: string): number {
  return execFileSync('tcpdump', ['-n', '-r', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    .split('\n')
    .filter((line) => line.trim() !== '').length;
}

test('calls appear as they happen, one that goes on grows, and what was captured is saved and opens again', async ({
  app,
}) => {
  const { page } = app;
  await begun(app);
  await talk.call('anna');
  await talk.call('bert', 'busy');
  await talk.call('carl', 'answered');
  await expect(row(page, /anna/u)).toContainText('Completed');
  await expect(row(page, /bert/u)).toContainText('Busy');
  await expect(row(page, /carl/u)).toContainText('In call');

  await row(page, /carl/u).click();
  await expect(arrow(page, /200/u)).toBeVisible();
  await expect(arrow(page, /BYE/u)).toHaveCount(0);
  await talk.end('carl');
  await expect(arrow(page, /BYE/u)).toBeVisible();
  await expect(row(page, /carl/u)).toContainText('Completed');
  await expect(ladder(page)).toContainText('carl');

  await page.getByRole('button', { name: 'Stop the capture' }).click();
  const banner = page.getByRole('banner');
  await expect(banner).toContainText('stopped');
  await expect(banner).toContainText('0 dropped');
  await expect(banner).toContainText('18 packets');
  const { path } = await app.saved(() => page.getByRole('button', { name: 'Save the capture…' }).click());
  expect(packetsIn(path)).toBe(18);
  if (app.kind === 'chromium') return;
  await app.open(path);
  await expect(page.getByRole('search')).toContainText('3 calls');
  await expect(row(page, /carl/u)).toContainText('Completed');
  // It was saved whole: nothing is left to be offered.
  await page.keyboard.press('Alt+8');
  await expect(page.getByRole('radio', { name: /^lo\b/u })).toBeVisible();
  await expect(page.getByText('Live captures that were not saved')).toHaveCount(0);
});

test('the list goes along until somebody looks elsewhere, says so, and holds still from then on', async ({ app }) => {
  const { page } = app;
  await begun(app);
  await several(0, 40);
  await expect(numbered(page, 39)).toBeVisible();
  await expect(page.getByText('Going along with new calls')).toBeVisible();
  await expect.poll(() => scrolled(page).then(({ top, most }) => most - top)).toBeLessThan(2);

  await callsGrid(page).hover();
  await page.mouse.wheel(0, -400);
  await expect(page.getByText(/^Stopped going along/u)).toBeVisible();
  const top = await standing(page);
  const first = await calls(page).first().textContent();
  await several(40, 60);
  await expect(page.getByText('Stopped going along: 20 new calls since')).toBeVisible();
  expect((await scrolled(page)).top).toBe(top);
  expect(await calls(page).first().textContent()).toContain(first?.slice(0, 12) ?? '?');

  await page.getByRole('button', { name: /^To the newest/u }).click();
  await expect(numbered(page, 59)).toBeVisible();
  await expect(page.getByText('Going along with new calls')).toBeVisible();
});

test('with the newest on top, the rows that are looked at stay where they are while others come in above', async ({
  app,
}) => {
  const { page } = app;
  await begun(app);
  await several(0, 40);
  await expect(numbered(page, 39)).toBeVisible();
  await page.getByRole('columnheader', { name: 'Start' }).getByRole('button').click();
  await expect(numbered(page, 39)).toBeVisible();
  const line = numbered(page, 25);
  await callsGrid(page).hover();
  for (let turn = 0; turn < 20 && (await line.count()) === 0; turn++) await page.mouse.wheel(0, 60);
  await line.click();
  await standing(page);
  const before = await line.boundingBox();
  await several(40, 60);
  await expect(page.getByText(/20 new calls since/u)).toBeVisible();
  await expect.poll(async () => Math.round((await line.boundingBox())?.y ?? 0)).toBe(Math.round(before?.y ?? -1));
  await expect(line).toHaveAttribute('aria-selected', 'true');
});

test('a paused view stands still, and the capture goes on', async ({ app }) => {
  const { page } = app;
  await begun(app);
  await talk.call('anna');
  await expect(row(page, /anna/u)).toBeVisible();
  await page.getByRole('button', { name: 'Pause the view, not the capture' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The view is paused.' })).toBeVisible();
  await talk.call('bert');
  await expect(page.getByRole('banner')).toContainText('14 packets');
  await expect(row(page, /bert/u)).toHaveCount(0);
  await page.getByRole('button', { name: 'Go on showing' }).first().click();
  await expect(row(page, /bert/u)).toBeVisible();
});

test('a helper that is killed is told of at once, and what it captured is kept', async ({ app }) => {
  const { page } = app;
  await begun(app);
  await talk.call('anna', 'answered');
  await expect(row(page, /anna/u)).toContainText('In call');
  for (const pid of helpers()) process.kill(pid, 'SIGKILL');
  const bar = page.getByRole('alert').filter({ hasText: 'dumpcap' });
  await expect(bar.or(page.getByRole('alert').filter({ hasText: 'Dumpcap' }))).toContainText('kept');
  await row(page, /anna/u).click();
  await expect(arrow(page, /INVITE/u)).toBeVisible();
  const { path } = await app.saved(() => page.getByRole('button', { name: 'Save…' }).click());
  expect(packetsIn(path)).toBe(5);
});

test('a capture whose host crashed opens again, and at the next start it is offered', async ({ app }, info) => {
  base.skip(app.kind !== 'electron', 'in a browser it stays on the server');
  const { page } = app;
  await begun(app);
  await talk.call('anna');
  await expect(row(page, /anna/u)).toContainText('Completed');
  await app.killHost();
  await expect(page.getByRole('alert').filter({ hasText: 'SIGKILL' })).toBeVisible();
  await page.getByRole('button', { name: 'Open again' }).click();
  await expect(row(page, /anna/u)).toContainText('Completed');
  // Nobody was left to go on for.
  await expect.poll(() => helpers().length).toBe(0);

  await app.close();
  const next = await startDesktop([], info);
  try {
    const left = next.page.getByRole('region', { name: 'Live captures that were not saved' });
    await left.getByRole('button', { name: 'Open', exact: true }).click();
    await expect(row(next.page, /anna/u)).toContainText('Completed');
    await next.page.getByRole('button', { name: 'Menu', exact: true }).click();
    await next.page.getByRole('menuitem', { name: 'Close the capture' }).click();
    await left.getByRole('button', { name: 'Delete', exact: true }).click();
    await left.getByRole('button', { name: 'Delete for good' }).click();
    await expect(left).toHaveCount(0);
  } finally {
    await next.close();
  }
});

test('what would end a capture is asked about; what was captured is kept and offered', async ({ app }) => {
  base.skip(app.kind !== 'electron', 'in a browser the command goes on capturing');
  const { page } = app;
  await begun(app);
  await talk.call('anna');
  await expect(row(page, /anna/u)).toBeVisible();
  const close = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Close the capture' }).click();
  };
  await close();
  const asked = page.getByRole('dialog', { name: 'A live capture is running' });
  await asked.getByRole('button', { name: 'Go on capturing' }).click();
  await talk.call('bert');
  await expect(row(page, /bert/u)).toBeVisible();
  await close();
  await asked.getByRole('button', { name: 'Stop it and go on' }).click();
  const left = page.getByRole('region', { name: 'Live captures that were not saved' });
  const { path } = await app.saved(() => left.getByRole('button', { name: 'Save…' }).click());
  expect(packetsIn(path)).toBe(14);
  await left.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(row(page, /bert/u)).toContainText('Completed');
});

test('a page that is loaded again goes on with the same capture', async ({ app }) => {
  const { page } = app;
  await begun(app);
  await talk.call('anna');
  await expect(row(page, /anna/u)).toBeVisible();
  await page.reload();
  await expect(row(page, /anna/u)).toBeVisible();
  await talk.call('bert');
  await expect(row(page, /bert/u)).toBeVisible();
});

test('axe-core finds nothing serious while packets come, while the view is paused, and after a failure', async ({
  app,
}) => {
  const { page } = app;
  const look = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((chosen) => {
        document.documentElement.dataset.theme = chosen;
      }, theme);
      found.push(...(await serious(page)));
    }
    return found;
  };
  await begun(app);
  await several(0, 20);
  await expect(numbered(page, 19)).toBeVisible();
  // What has just come appears softly, and is pale for that long.
  await expect(calls(page).and(page.locator('[data-new]'))).toHaveCount(0);
  expect(await look()).toEqual([]);
  await callsGrid(page).hover();
  await page.mouse.wheel(0, -200);
  await expect(page.getByText(/^Stopped going along/u)).toBeVisible();
  expect(await look()).toEqual([]);
  await page.keyboard.press('Alt+8');
  await expect(page.getByRole('region', { name: 'This capture' })).toContainText('running');
  expect(await look()).toEqual([]);
  await page.getByRole('button', { name: 'Pause the view', exact: true }).click();
  expect(await look()).toEqual([]);
  for (const pid of helpers()) process.kill(pid, 'SIGKILL');
  await expect(page.getByRole('alert').filter({ hasText: 'kept' })).toBeVisible();
  expect(await look()).toEqual([]);
  await page.keyboard.press('Alt+1');
  await expect(page.getByRole('alert').filter({ hasText: 'kept' })).toBeVisible();
  expect(await look()).toEqual([]);
});
