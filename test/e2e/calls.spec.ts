import { callsGrid, cell, filterField, row } from './screen.ts';
import { expect, test } from './sample.ts';

/** The list of calls: what it shows, in which order, which of them. */

test('calls are listed with their state, ends and times', async ({ app: { page } }) => {
  await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', '66');
  const busy = row(page, /Busy 486/u);
  await expect(await cell(page, busy, 'From')).toContainText('clara');
  await expect(await cell(page, busy, 'To')).toContainText('ben');
  await expect(await cell(page, busy, 'Route')).toHaveText('10.0.10.23 → 10.0.20.10');
  await expect(await cell(page, busy, 'Msgs')).toHaveText('7');
});

test('the list is scrolled to its end, where the last call is', async ({ app: { page } }) => {
  await callsGrid(page).focus();
  await page.keyboard.press('End');
  await expect(row(page, /11:52:10\.300000/u)).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'Ladder', exact: true }).getByRole('heading', { level: 2 }),
  ).toContainText('David Lindqvist (david@example.com) → reception@example.com');
});

test('the head of a column sorts, and turns the order round', async ({ app: { page } }) => {
  const head = page.getByRole('columnheader', { name: 'Msgs' });
  await expect(head).toHaveAttribute('aria-sort', 'none');
  // What is most comes first. The list goes along with the call under the cursor: the first row is looked for.
  for (const [order, messages] of [
    ['descending', '31'],
    ['ascending', '2'],
  ] as const) {
    await head.getByRole('button').click();
    await expect(head).toHaveAttribute('aria-sort', order);
    // The key may be quicker than the new order: then the list goes along with the call that was first before.
    await expect(async () => {
      await callsGrid(page).press('Home');
      await expect(await cell(page, row(page, /./u).and(page.locator('[aria-rowindex="2"]')), 'Msgs')).toHaveText(
        messages,
        { timeout: 500 },
      );
    }).toPass();
  }
});

test('a good filter shows only what matches, and says how many', async ({ app: { page } }) => {
  await filterField(page).fill('method:INVITE and status >= 400');
  await expect(page.getByRole('search').getByRole('status')).toHaveText('8 of 65 calls');
  await expect(row(page, /Busy 486/u)).toBeVisible();
  await expect(row(page, /Registered/u)).toHaveCount(0);
  await expect(filterField(page)).toHaveAttribute('aria-invalid', 'false');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', '66');
});

test('a bad filter is marked where it is wrong, and the list stays', async ({ app: { page } }) => {
  await filterField(page).fill('method:INVITE and (');
  await expect(filterField(page)).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Escape');
  await filterField(page).focus();
  const words = page
    .getByRole('search')
    .getByRole('status')
    .filter({ hasText: /^Column 19 / });
  await expect(words).toContainText('is missing');
  await expect(filterField(page)).toHaveAttribute('aria-describedby', (await words.getAttribute('id')) ?? 'none');
  await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', '66');
});

test('the filter completes names of fields', async ({ app: { page } }) => {
  await filterField(page).focus();
  await page.keyboard.type('stat');
  const list = page.getByRole('listbox', { name: 'Completions' });
  await expect(list.getByRole('option', { name: /^state\b/u })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(filterField(page)).toHaveValue(/^(?:state|status)/u);
});

test('a filter that was kept with Enter is offered again', async ({ app: { page } }) => {
  await filterField(page).fill('state:busy');
  await page.keyboard.press('Escape');
  await filterField(page).press('Enter');
  await expect(callsGrid(page)).toBeFocused();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.getByRole('button', { name: 'Filters used before' }).click();
  await page.getByRole('listbox', { name: 'Filters used before' }).getByRole('option', { name: 'state:busy' }).click();
  await expect(filterField(page)).toHaveValue('state:busy');
  await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', '2');
});

test('what hides all calls says so, and shows them again', async ({ app: { page } }) => {
  await filterField(page).fill('from:nobody-at-all');
  await expect(page.getByText('No call matches.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all calls' }).click();
  await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', '66');
});

test('two ticked calls are in one ladder', async ({ app: { page } }) => {
  await filterField(page).fill('state:busy or state:diverted');
  await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', '3');
  await row(page, /Busy 486/u)
    .getByRole('gridcell', { name: 'not ticked' })
    .click();
  await row(page, /Diverted 302/u)
    .getByRole('gridcell', { name: 'not ticked' })
    .click();
  await expect(page.getByRole('contentinfo')).toContainText('2 calls ticked');
  const ladder = page.getByRole('listbox', { name: /^Ladder diagram of 14 messages/u });
  await expect(ladder.getByRole('option', { name: /486 Busy/u }).first()).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'ticked', exact: true })).toHaveCount(2);
});
