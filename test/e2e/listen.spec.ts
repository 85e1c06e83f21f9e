import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { fixture } from './programs.ts';

/** Listening to streams: from the list of media by keys, with the sound of the browser itself. */
test.use({ captures: [fixture('listening.pcap')] });

/** The panel, opened from the stream in that row of the list. */
async function listenTo(page: Page, row: number): Promise<Locator> {
  const streams = page.getByRole('grid', { name: 'RTP streams' });
  await expect(page.getByRole('status').filter({ hasText: '5 calls' })).toBeVisible();
  await page.keyboard.press('Alt+3');
  await expect(streams).toHaveAttribute('aria-rowcount', '8');
  await expect(streams).toBeFocused();
  await page.keyboard.press('Home');
  for (let i = 1; i < row; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Listen', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Listen', exact: true });
  await panel.scrollIntoViewIfNeeded();
  return panel;
}

function position(panel: Locator): Locator {
  return panel.getByRole('slider', { name: 'Position' });
}

/** Seconds at which it is. */
async function at(panel: Locator): Promise<number> {
  return Number(await position(panel).getAttribute('aria-valuenow'));
}

test('both directions of a call: it plays, pauses, and goes where keys and clicks say', async ({ app: { page } }) => {
  const panel = await listenTo(page, 1);
  await expect(panel).toContainText('187 packets played');
  await expect(panel).toContainText('193 packets played, 3 lost, 1 too late, 1 doubled');
  await expect(panel).toContainText('packets never came');
  await position(panel).focus();
  await page.keyboard.press('Space');
  await expect(panel.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect.poll(() => at(panel)).toBeGreaterThan(0.5);
  await page.keyboard.press('Space');
  await expect(panel.getByRole('button', { name: 'Play' })).toBeVisible();
  await page.keyboard.press('Home');
  await expect(position(panel)).toHaveAttribute('aria-valuetext', '0.0 seconds of 4.0 seconds');
  const box = await position(panel).boundingBox();
  await position(panel).click({ position: { x: (box?.width ?? 0) / 2, y: 20 } });
  expect(await at(panel)).toBeCloseTo(2, 0);
  await page.keyboard.press('End');
  await panel.getByRole('button', { name: 'Play' }).click();
  // At the end it begins again, and then it stops by itself.
  await expect.poll(() => at(panel)).toBeLessThan(2);
  await expect(panel.getByRole('button', { name: 'Play' })).toBeVisible();
  expect(await at(panel)).toBeCloseTo(4, 0);
});

test('the jitter buffer decides who is late; as sent, nobody is', async ({ app: { page } }) => {
  const panel = await listenTo(page, 1);
  const buffer = panel.getByRole('spinbutton', { name: 'Jitter buffer, milliseconds' });
  await expect(panel).toContainText('1 too late');
  await buffer.fill('200');
  await expect(panel).toContainText('194 packets played, 3 lost, 1 doubled');
  await buffer.fill('0');
  await expect(panel).toContainText(/\d{2} too late/u);
  await panel.getByRole('checkbox', { name: 'As sent' }).check();
  await expect(panel).toContainText('194 packets played, 3 lost, 1 doubled');
  await expect(buffer).toBeDisabled();
});

test('saved as a WAV with both directions, left and right', async ({ app }) => {
  const panel = await listenTo(app.page, 1);
  const { name, path } = await app.saved(async () => {
    await panel.getByRole('button', { name: 'Export: sound' }).click();
    await app.page.getByRole('menuitem', { name: 'WAV – both, left and right' }).click();
  });
  expect(name).toBe('listening call 1.wav');
  const wav = readFileSync(path);
  expect([wav.toString('latin1', 0, 4), wav.readUInt16LE(22), wav.readUInt32LE(24)]).toEqual(['RIFF', 2, 8000]);
  expect(wav.readUInt32LE(40)).toBe(wav.length - 44);
});

test('Opus is decoded by the browser: a picture, and a sound', async ({ app: { page } }) => {
  const panel = await listenTo(page, 3);
  await expect(panel).toContainText('95 packets played, 5 lost');
  const picture = panel.locator('path').last();
  await expect.poll(async () => /[A-Z]\d+ -?[2-9]\d{3}/u.test((await picture.getAttribute('d')) ?? '')).toBe(true);
  await panel.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => at(panel)).toBeGreaterThan(0.3);
});

test('what cannot be heard says why', async ({ app: { page } }) => {
  const panel = await listenTo(page, 6);
  await expect(panel.getByRole('alert')).toHaveText(/^Stream 6 is AMR-WB, which is not decoded here/u);
  await expect(panel.getByRole('button', { name: 'Play' })).toBeHidden();
});

test('axe-core finds nothing serious in it, light and dark', async ({ app: { page } }) => {
  await listenTo(page, 1);
  for (const theme of ['light', 'dark']) {
    const html = page.locator('html');
    if ((await html.getAttribute('data-theme')) !== theme) await page.keyboard.press('ControlOrMeta+Shift+L');
    await expect(html).toHaveAttribute('data-theme', theme);
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .include('[aria-label="Listen"]')
      .analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ).toEqual([]);
  }
});
