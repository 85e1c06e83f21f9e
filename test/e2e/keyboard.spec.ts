import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';
import { fixture } from './programs.ts';
import { arrow, arrows, callsGrid, filterField, ladder, message } from './screen.ts';

/** From nothing to a ladder in a file, without the mouse. */

test('open, filter, tick, ladder, message, difference, export: all by keys', async ({ app }) => {
  const { page } = app;
  const { keyboard } = page;
  await app.open(fixture('sample-day.pcapng'));
  await expect(callsGrid(page)).toBeFocused();
  await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', '66');

  // To the calls that went wrong, two of them.
  await keyboard.press('/');
  await expect(filterField(page)).toBeFocused();
  await keyboard.type('state:busy or state:diverted', { delay: 5 });
  await expect(page.getByRole('search')).toContainText('2 of 65 calls');
  await keyboard.press('Enter');
  await expect(callsGrid(page)).toBeFocused();
  await keyboard.press('Home');
  await keyboard.press('Space');
  await keyboard.press('Space');
  await expect(page.getByRole('gridcell', { name: 'ticked', exact: true })).toHaveCount(2);
  await expect(page.getByRole('contentinfo')).toContainText('2 calls ticked');

  // One ladder of both; down to the INVITE of the second hop, and what the proxy changed in it.
  await keyboard.press('Enter');
  await expect(arrows(page)).toBeFocused();
  await keyboard.press('Home');
  await expect(arrow(page, /^INVITE /u)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await expect(arrow(page, /^INVITE .*from 10\.0\.20\.10/u)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('d');
  const diff = message(page).getByRole('tabpanel', { name: 'Hop diff' });
  await expect(diff.getByRole('listitem').filter({ hasText: /^Max-Forwards/u })).toBeVisible();
  await keyboard.press('r');
  await expect(message(page).getByRole('tabpanel', { name: 'Message' })).toContainText('Max-Forwards: 69');

  // Into the message and back, to a lane and back.
  await keyboard.press('Enter');
  await expect(message(page).getByRole('tab', { name: 'Message' })).toBeFocused();
  await keyboard.press('Escape');
  await expect(arrows(page)).toBeFocused();
  await keyboard.press('Shift+Tab');
  const lane = page.getByRole('toolbar', { name: 'Lanes' }).getByRole('button', { name: /lane 1 of \d$/u });
  await expect(lane).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /^Rename/u })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Name of the lane' })).toBeVisible();
  await keyboard.type('Clara’s phone');
  await keyboard.press('Enter');
  await expect(
    page.getByRole('toolbar', { name: 'Lanes' }).getByRole('button', { name: /^Clara’s phone,/u }),
  ).toBeVisible();

  // To a file: the format is chosen with arrows.
  const { path } = await app.saved(async () => {
    await keyboard.press('F2');
    const dialog = page.getByRole('dialog', { name: 'Save or copy' });
    await expect(dialog).toBeVisible();
    const text = dialog.getByRole('radio', { name: /^Text/u });
    const format = dialog.getByRole('radiogroup', { name: 'Format' }).locator('[role="radio"]:focus');
    for (let step = 0; step < 6 && (await format.count()) === 0; step++) await keyboard.press('Tab');
    for (let step = 0; step < 10 && !(await text.isChecked()); step++) {
      // The next one is chosen before the next key: else the search runs past what it looks for.
      const before = await format.getAttribute('value');
      await keyboard.press('ArrowDown');
      await expect(format).not.toHaveAttribute('value', before ?? '');
      await expect(format).toBeChecked();
    }
    await expect(text).toBeChecked();
    const save = dialog.getByRole('button', { name: 'Save…' });
    for (let step = 0; step < 6 && !(await isFocused(save)); step++) await keyboard.press('Tab');
    await expect(save).toBeFocused();
    await keyboard.press('Enter');
  });
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('486 Busy Here');
  expect(text).toContain('302 ');
  expect(text).toContain('Clara’s phone');

  // And back to the list, with what is ticked forgotten.
  await keyboard.press('l');
  await keyboard.press('Escape');
  await expect(callsGrid(page)).toBeFocused();
  await keyboard.press('F5');
  await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', '66');
  await expect(ladder(page)).toBeVisible();
});

function isFocused(place: ReturnType<typeof callsGrid>): Promise<boolean> {
  return place.evaluate((element) => element === document.activeElement);
}
