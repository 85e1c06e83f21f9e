import { expect, type Locator, type Page } from '@playwright/test';

/** Where things are on the page, as a screen reader names them. */

export function callsGrid(page: Page): Locator {
  return page.getByRole('grid', { name: 'Calls' });
}

/** Rows of calls that are there; the first row is that of the heads. */
export function calls(page: Page): Locator {
  return callsGrid(page).getByRole('rowgroup').nth(1).getByRole('row');
}

/** The cell of a row that stands below the head with this title. */
export async function cell(page: Page, line: Locator, title: string): Promise<Locator> {
  const titles = await callsGrid(page).getByRole('columnheader').allTextContents();
  return line.getByRole('gridcell').nth(titles.findIndex((text) => text.startsWith(title)));
}

/** Rows whose cells, read one after the other, have `text` in them. */
export function row(page: Page, text: RegExp): Locator {
  return calls(page).filter({ hasText: text });
}

export function filterField(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Filter' });
}

export function ladder(page: Page): Locator {
  return page.getByRole('region', { name: 'Ladder', exact: true });
}

/** The drawing, whose options are the arrows. */
export function arrows(page: Page): Locator {
  return page.getByRole('listbox', { name: /^Ladder diagram/u });
}

export function arrow(page: Page, words: RegExp): Locator {
  return arrows(page).getByRole('option', { name: words }).first();
}

export function message(page: Page): Locator {
  return page.getByRole('region', { name: 'Message', exact: true });
}

/** Puts the cursor on the only call that `filter` finds: its ladder is below, under a title with `words`. */
export async function goToCall(page: Page, filter: string, words = /./u): Promise<void> {
  await filterField(page).fill(filter);
  await callsGrid(page).and(page.locator('[aria-rowcount="2"]')).waitFor();
  await filterField(page).press('Escape');
  await arrows(page).waitFor();
  await ladder(page).getByRole('heading', { level: 2, name: words }).waitFor();
}

/** The cursor of the list of calls to its last row, which is `last` (from 0). Pressed again where the rows came behind the key. */
export async function toLastCall(page: Page, last: number): Promise<void> {
  await callsGrid(page).focus();
  await expect(async () => {
    await page.keyboard.press('End');
    await expect(callsGrid(page)).toHaveAttribute('aria-activedescendant', `calls-row-${last}`, { timeout: 500 });
  }).toPass();
}
