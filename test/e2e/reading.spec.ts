import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { fixture } from './programs.ts';
import { arrows, callsGrid } from './screen.ts';

/** Captures that come slowly, are large, damaged, or none. */
const sample = readFileSync(fixture('sample-day.pcapng'));
const folder = mkdtempSync(join(tmpdir(), 'sipglass-e2e-'));
const slow = join(folder, 'slow.pcapng');

test.beforeAll(() => {
  execFileSync('mkfifo', [slow]);
});

test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.describe('a capture that comes slowly', () => {
  test.use({ captures: [slow] });

  test('shows its calls while it is read, and the rest when that comes', async ({ app: { page } }) => {
    const pipe = createWriteStream(slow);
    pipe.write(sample.subarray(0, 400_000));
    await expect(callsGrid(page).getByRole('gridcell', { name: 'Registered' }).first()).toBeVisible();
    await expect(page.getByRole('progressbar', { name: 'Reading the capture' })).toBeVisible();
    await expect(page.getByText('The ladder is drawn when all of it has been read.')).toBeVisible();
    await expect(page.getByText('65 calls')).toHaveCount(0);
    pipe.end(sample.subarray(400_000));
    await expect(page.getByText('65 calls').first()).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    await expect(arrows(page)).toBeVisible();
  });

  test('is given up with its button, and another can be opened', async ({ app }) => {
    const { page } = app;
    const pipe = createWriteStream(slow);
    // Its reader goes away in the middle.
    pipe.on('error', () => undefined);
    pipe.write(sample.subarray(0, 400_000));
    await expect(callsGrid(page).getByRole('gridcell', { name: 'Registered' }).first()).toBeVisible();
    await page.getByRole('button', { name: 'Stop reading and close' }).click();
    await expect(page.getByRole('heading', { name: 'Drop captures here' })).toBeVisible();
    pipe.destroy();
    await app.open(fixture('sample-day.pcapng'));
    await expect(page.getByText('65 calls').first()).toBeVisible();
  });
});

test('reading a large file shows how far it is, and can be given up', async ({ app }) => {
  const { page } = app;
  const large = join(folder, 'large.pcapng');
  const file = await open(large, 'w');
  // A capture may have several sections: one after the other is one again. Some hundred megabytes take a while.
  for (let written = 0; written < 400; written += 20)
    await file.write(Buffer.concat(Array.from({ length: 20 }, () => sample)));
  await file.close();
  await app.open(large);
  const progress = page.getByRole('progressbar', { name: 'Reading the capture' });
  await expect(progress).toHaveAttribute('aria-valuemax', /\d/u);
  await page.getByRole('button', { name: 'Stop reading and close' }).click();
  await expect(page.getByRole('heading', { name: 'Drop captures here' })).toBeVisible();
  await expect(callsGrid(page)).toHaveCount(0);
});

test('a file that was cut off shows what is in it, with a warning', async ({ app }) => {
  const { page } = app;
  const cut = join(folder, 'cut.pcapng');
  writeFileSync(cut, sample.subarray(0, 300_001));
  await app.open(cut);
  await expect(callsGrid(page).getByRole('gridcell', { name: 'Registered' }).first()).toBeVisible();
  await page.getByRole('button', { name: /^\d+ warnings?$/u }).click();
  await expect(page.getByRole('dialog', { name: 'Warnings' })).toContainText(/cut|ends|truncated|middle/iu);
});

test('a file that is damaged in the middle shows what is before that, with a warning', async ({ app }) => {
  const { page } = app;
  const damaged = join(folder, 'damaged.pcapng');
  const bytes = Buffer.from(sample);
  bytes.fill(0xff, 300_000, 300_400);
  writeFileSync(damaged, bytes);
  await app.open(damaged);
  await expect(callsGrid(page).getByRole('gridcell', { name: 'Registered' }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^\d+ warnings?$/u })).toBeVisible();
});

test('an empty file, and a capture without packets, say so', async ({ app }) => {
  const { page } = app;
  const empty = join(folder, 'empty.pcap');
  writeFileSync(empty, '');
  await app.open(empty);
  await expect(page.getByRole('main')).toContainText(/empty/iu);
  await expect(page.getByRole('button', { name: 'Open another…' })).toBeVisible();
  const bare = join(folder, 'bare.pcap');
  writeFileSync(bare, readFileSync(fixture('states.pcap')).subarray(0, 24));
  await app.open(bare);
  await expect(page.getByText('This capture has no packets.')).toBeVisible();
});
