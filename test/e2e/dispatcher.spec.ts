import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';
import { fixture } from './programs.ts';
import { ladder } from './screen.ts';

/** The dispatcher: states of destinations over time, the moment under the cursor, and the imported list. */

const { list } = JSON.parse(readFileSync(fixture('cluster.expected.json'), 'utf8')) as { readonly list: string };

test.beforeEach(async ({ app }) => {
  await app.open(fixture('cluster.pcap'));
  await expect(app.page.getByRole('status').filter({ hasText: /\d+ calls/u })).toBeVisible();
  await app.page.keyboard.press('Alt+5');
  await expect(app.page.getByRole('heading', { level: 1, name: 'Dispatcher' })).toBeVisible();
});

test('strips, probes, and why: by keys, to the message that shows it', async ({ app: { page } }) => {
  const strips = page.getByRole('listbox', { name: /^Destinations/u });
  await expect(strips).toBeFocused();
  await expect(strips.getByRole('option')).toHaveCount(4);
  await expect(strips.getByRole('option', { name: /^10\.3\.0\.3:5080: IP, inactive/u })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  for (let change = 0; change < 3; change++) await page.keyboard.press('n');
  await expect(strips.getByRole('option', { selected: true })).toHaveAccessibleName(/^10\.3\.0\.2:5080: IP, inactive/u);
  const card = page.getByRole('region', { name: 'Destination' });
  await expect(card).toContainText('not answered within 2 s (408 at the prober): 2 failures in a row');
  await page.keyboard.press('Enter');
  await expect(ladder(page)).toContainText('OPTIONS');
});

test('a click asks about a moment', async ({ app: { page } }) => {
  const row = page.getByRole('option', { name: /^10\.3\.0\.2/u });
  const box = await row.boundingBox();
  if (box === null) throw new Error('the row is not on the screen');
  // In the first third it was well.
  await page.mouse.click(box.x + 248 + (box.width - 264) * 0.15, box.y + 20);
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: 'Destination' })).toContainText('active, probed');
});

test('an imported list is compared with the wire', async ({ app: { page } }) => {
  await page.getByRole('button', { name: 'Import dispatcher.list…' }).click();
  await page.getByRole('textbox', { name: 'The list' }).fill(list);
  await page.getByRole('button', { name: 'Compare with the wire' }).click();
  await expect(page.getByRole('option')).toHaveCount(5);
  await expect(page.getByRole('option', { name: /^old-pbx, 10\.3\.0\.9:5080: DX/u })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Destination' })).toContainText(
    'Nothing on the wire speaks against it',
  );
});

test('the drawing is saved', async ({ app }) => {
  const { name, path } = await app.saved(async () => {
    await app.page.getByRole('button', { name: 'Export' }).click();
    await app.page.getByRole('menuitem', { name: /^SVG/u }).click();
  });
  expect(name).toBe('cluster dispatcher.svg');
  expect(readFileSync(path, 'utf8')).toContain('>TP</text>');
});
