import type { Locator, Page } from '@playwright/test';
import { expect, test } from './sample.ts';
import { goToCall, ladder } from './screen.ts';

/** Lanes: named, moved, folded into hosts and unfolded again. */

function lane(page: Page, name: RegExp): Locator {
  return page.getByRole('toolbar', { name: 'Lanes' }).getByRole('button', { name });
}

/** Titles of the lanes from the left. */
function titles(page: Page): Promise<string[]> {
  return lane(page, /, lane \d+ of \d+$/u).evaluateAll((all) =>
    all.map((one) => one.getAttribute('aria-label')?.split(',')[0] ?? ''),
  );
}

test('a lane is renamed, and keeps its name in every call and after loading again', async ({ app: { page } }) => {
  await goToCall(page, 'state:busy');
  await lane(page, /^10\.0\.20\.10,/u).dblclick();
  const dialog = page.getByRole('dialog', { name: 'Name of the lane' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Edge proxy');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(lane(page, /^Edge proxy,/u)).toBeVisible();
  await page.reload();
  await goToCall(page, 'state:failed');
  await expect(lane(page, /^Edge proxy,/u)).toBeVisible();
});

test('a lane is moved by its menu and by keys, and the order is forgotten again', async ({ app: { page } }) => {
  await goToCall(page, 'state:busy');
  await expect.poll(() => titles(page)).toEqual(['10.0.10.23', '10.0.20.10', '10.0.10.22']);
  await lane(page, /^10\.0\.10\.22,/u).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Move left/u }).click();
  await expect.poll(() => titles(page)).toEqual(['10.0.10.23', '10.0.10.22', '10.0.20.10']);
  await lane(page, /^10\.0\.10\.23,/u).press('Alt+ArrowRight');
  await expect.poll(() => titles(page)).toEqual(['10.0.10.22', '10.0.10.23', '10.0.20.10']);
  await ladder(page)
    .getByRole('button', { name: /^Lanes/u })
    .click();
  await page.getByRole('button', { name: 'Order as found' }).click();
  await expect.poll(() => titles(page)).toEqual(['10.0.10.23', '10.0.20.10', '10.0.10.22']);
});

test('a lane is dragged to another place', async ({ app: { page } }) => {
  await goToCall(page, 'state:busy');
  const [from, to] = [lane(page, /^10\.0\.10\.22,/u), lane(page, /^10\.0\.10\.23,/u)];
  const [a, b] = [await from.boundingBox(), await to.boundingBox()];
  if (a === null || b === null) throw new Error('the lanes are not on the screen');
  await page.mouse.move(a.x + 20, a.y + 20);
  await page.mouse.down();
  await page.mouse.move(b.x + 100, b.y + 20, { steps: 5 });
  await page.mouse.move(b.x - 20, b.y + 20, { steps: 3 });
  await page.mouse.up();
  await expect.poll(() => titles(page)).toEqual(['10.0.10.22', '10.0.10.23', '10.0.20.10']);
});

test('two lanes are folded into one by hand, and unfolded', async ({ app: { page } }) => {
  await goToCall(page, 'state:failed');
  await expect(lane(page, /, lane \d of 3$/u)).toHaveCount(3);
  await lane(page, /^10\.0\.20\.10,/u).press('Enter');
  await page.getByRole('menuitem', { name: /^Fold with .* to the right$/u }).press('Enter');
  await expect(lane(page, /, lane \d of 2$/u)).toHaveCount(2);
  await lane(page, /lane 2 of 2$/u).press('Enter');
  await page.getByRole('menuitem', { name: /^Unfold/u }).press('Enter');
  await expect(lane(page, /, lane \d of 3$/u)).toHaveCount(3);
});

test('each address and port can be a lane, and each address again', async ({ app: { page } }) => {
  await goToCall(page, 'state:busy');
  const choose = async (title: RegExp): Promise<void> => {
    await ladder(page)
      .getByRole('button', { name: /^Lanes/u })
      .click();
    const card = page.getByRole('dialog', { name: 'Lanes' });
    await card.getByRole('radio', { name: title }).click();
    await expect(card.getByRole('radio', { name: title })).toBeChecked();
    await page.keyboard.press('Escape');
    await expect(card).toHaveCount(0);
  };
  await choose(/^Each address and port/u);
  await expect(lane(page, /^10\.0\.20\.10:5060,/u)).toBeVisible();
  await choose(/^Folded into hosts/u);
  await expect(ladder(page).getByRole('button', { name: 'Lanes: Folded into hosts' })).toBeVisible();
  await expect(lane(page, /^10\.0\.20\.10:5060,/u)).toHaveCount(0);
});
