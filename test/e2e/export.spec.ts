import { readFileSync, statSync } from 'node:fs';
import { asked, copyAs, saveAs } from './exports.ts';
import { expect, test } from './sample.ts';
import { callsGrid, filterField, goToCall, ladder, message } from './screen.ts';

/** What is saved and copied is what is shown, in every format. */

/** The busy call of the sample. */
const busy = { callId: 'ab7251723918e7c38a8a@10.0.10.23', messages: 7 };

interface SavedScene {
  readonly format: string;
  readonly scene: { readonly items: readonly { readonly kind: string }[] };
}

test.beforeEach(({ app: { page } }) => goToCall(page, 'state:busy', /Clara Rossi/u));

const texts = [
  { option: /^Mermaid/u, extension: 'mmd', holds: [/^sequenceDiagram$/mu, /->>.*INVITE/u, /486 Busy Here/u] },
  { option: /^PlantUML/u, extension: 'puml', holds: [/^@startuml/mu, /486 Busy Here/u, /^@enduml$/mu] },
  { option: /^Text/u, extension: 'txt', holds: [/INVITE/u, /486 Busy Here/u, /10\.0\.20\.10/u] },
  { option: /^Markdown/u, extension: 'md', holds: [/^## /mu, /^```/mu, /486 Busy Here/u] },
] as const;

for (const { option, extension, holds } of texts)
  test(`the ladder is saved as ${extension}`, async ({ app }) => {
    const { name, path } = await saveAs(app, 'Ladder', option);
    expect(name).toMatch(new RegExp(`^sample-day call \\d+\\.${extension}$`, 'u'));
    const text = readFileSync(path, 'utf8');
    for (const part of holds) expect(text).toMatch(part);
    await expect(app.page.getByRole('status').filter({ hasText: `Saved ${name}` })).toBeVisible();
  });

test('the ladder is saved as SVG, in the colours that were chosen', async ({ app }) => {
  const { page } = app;
  const { path } = await saveAs(app, 'Ladder', /^SVG/u);
  const light = readFileSync(path, 'utf8');
  const told = await page.evaluate((text) => {
    const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
    return { name: documentElement.nodeName, words: documentElement.textContent };
  }, light);
  expect(told.name).toBe('svg');
  expect(told.words).toContain('486 Busy Here');
  await page.keyboard.press('F2');
  await page
    .getByRole('dialog')
    .getByRole('radiogroup', { name: 'Colours' })
    .getByRole('radio', { name: 'Dark' })
    .click();
  await page.keyboard.press('Escape');
  const dark = await saveAs(app, 'Ladder', /^SVG/u);
  expect(readFileSync(dark.path, 'utf8')).not.toBe(light);
});

test('the ladder is saved as PNG', async ({ app }) => {
  const { path } = await saveAs(app, 'Ladder', /^PNG/u);
  const bytes = readFileSync(path);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001A\n');
  const size = await app.page.evaluate(async (base64) => {
    const blob = new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: 'image/png' });
    const { width, height } = await createImageBitmap(blob);
    return { width, height };
  }, bytes.toString('base64'));
  expect(size.width).toBeGreaterThan(500);
  expect(size.height).toBeGreaterThan(200);
});

test('the ladder is saved as PDF', async ({ app }) => {
  const { path } = await saveAs(app, 'Ladder', /^PDF/u);
  const text = readFileSync(path, 'latin1');
  expect(text).toMatch(/^%PDF-1\.\d/u);
  expect(text).toMatch(/\/Type \/Page\b/u);
  expect(text.trimEnd()).toMatch(/%%EOF$/u);
});

test('the ladder is saved as one page of HTML that loads nothing', async ({ app }) => {
  const { path } = await saveAs(app, 'Ladder', /^HTML/u);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(/^<!doctype html>/iu);
  expect(text).toContain('486 Busy Here');
  expect(text).toContain(`Call-ID: ${busy.callId}`);
  expect(text).not.toMatch(/(?:src|href)="(?!#)/u);
});

test('the ladder is saved as JSON', async ({ app }) => {
  const { path } = await saveAs(app, 'Ladder', /^JSON/u);
  const { format, scene } = JSON.parse(readFileSync(path, 'utf8')) as SavedScene;
  expect(format).toBe('sipglass-ladder');
  expect(scene.items.filter(({ kind }) => kind === 'arrow')).toHaveLength(busy.messages);
});

test('what was changed on the screen is changed in the file', async ({ app }) => {
  const { page } = app;
  const lane = page.getByRole('toolbar', { name: 'Lanes' }).getByRole('button', { name: /^10\.0\.20\.10,/u });
  await lane.dblclick();
  await page.getByRole('textbox', { name: 'Name' }).fill('Edge proxy');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Edge proxy,/u })).toBeVisible();
  const { path } = await saveAs(app, 'Ladder', /^Text/u);
  expect(readFileSync(path, 'utf8')).toContain('Edge proxy');
});

test('the list is saved as CSV with the columns on the screen, and as JSON', async ({ app }) => {
  await filterField(app.page).fill('method:INVITE');
  await expect(callsGrid(app.page)).toHaveAttribute('aria-rowcount', '15');
  const csv = await saveAs(app, 'List of calls', /^CSV/u);
  expect(csv.name).toBe('sample-day calls.csv');
  const lines = readFileSync(csv.path, 'utf8').trim().split(/\r?\n/u);
  expect(lines).toHaveLength(15);
  expect(lines[0]).toMatch(/^startTime,method,state,finalStatus,from,to,/u);
  const json = await saveAs(app, 'List of calls', /^JSON/u);
  const text = readFileSync(json.path, 'utf8').trim();
  const rows = (
    text.startsWith('[') ? JSON.parse(text) : text.split('\n').map((line): unknown => JSON.parse(line))
  ) as unknown[];
  expect(rows).toHaveLength(14);
});

test('the packets of the call are a capture of their own', async ({ app }) => {
  await goToCall(app.page, '3670ec2df4e8116aaf47', /Anna Berg/u);
  const sip = await saveAs(app, 'Packets', /^SIP only/u);
  const rows = asked('calls', sip.path);
  expect(rows.map(({ callId, state }) => ({ callId, state }))).toEqual([
    { callId: '3670ec2df4e8116aaf47@10.0.10.21', state: 'completed' },
  ]);
  const media = await saveAs(app, 'Packets', /^SIP and media/u);
  expect(asked('calls', media.path)).toHaveLength(1);
  expect(statSync(media.path).size).toBeGreaterThan(10 * statSync(sip.path).size);
});

test('the menu of the ladder saves too', async ({ app }) => {
  const { path } = await app.saved(async () => {
    await ladder(app.page).getByRole('button', { name: 'Export' }).click();
    await app.page.getByRole('menuitem', { name: /^Mermaid/u }).click();
  });
  expect(readFileSync(path, 'utf8')).toContain('sequenceDiagram');
});

test('ladder and list are copied as text, the ladder as a picture, the message as it is', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('ControlOrMeta+Shift+C');
  await expect.poll(() => app.copiedText()).toContain('486 Busy Here');
  await copyAs(app, 'Ladder', /^Markdown/u);
  await expect.poll(() => app.copiedText()).toMatch(/^## /u);
  await copyAs(app, 'List of calls', /^CSV/u);
  await expect.poll(async () => (await app.copiedText()).trim().split(/\r?\n/u).length).toBe(2);
  await copyAs(app, 'Ladder', /^PNG/u);
  await expect.poll(async () => Buffer.from(await app.copiedPng()).toString('latin1', 1, 4)).toBe('PNG');
  await message(page).getByRole('button', { name: 'Copy the message' }).click();
  await expect.poll(() => app.copiedText()).toMatch(/^SIP\/2\.0 486 Busy Here\r?\nVia: /u);
});
