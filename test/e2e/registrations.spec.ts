import { expect, test } from './app.ts';
import { fixture } from './programs.ts';
import { arrows } from './screen.ts';

/** Registrations: who is registered, who is not and why, and replication between nodes. */

test.beforeEach(async ({ app }) => {
  await app.open(fixture('cluster.pcap'));
  await expect(app.page.getByRole('status').filter({ hasText: /\d+ calls/u })).toBeVisible();
  await app.page.keyboard.press('Alt+2');
  await expect(app.page.getByRole('heading', { level: 1, name: 'Registrations' })).toBeVisible();
});

test('why somebody is not registered, and the ladder that shows it, by keys', async ({ app: { page } }) => {
  const grid = page.getByRole('grid', { name: 'Registrations' });
  await expect(grid).toBeFocused();
  await expect(grid).toHaveAttribute('aria-rowcount', '5');
  await expect(grid.getByRole('row', { name: /^anna@example\.com Registered/u })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  const detail = page.getByRole('complementary', { name: 'Registration of sip:ben@example.com' });
  await expect(detail).toContainText('The registrar refused the credentials 3 times');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('complementary', { name: /clara/u })).toContainText('realms do not match');
  await page.keyboard.press('Enter');
  await expect(arrows(page)).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText('4 calls ticked');
});

test('states and words narrow the list; nodes of the cluster are apart', async ({ app: { page } }) => {
  await page.getByRole('button', { name: 'Expired 1' }).click();
  await expect(page.getByRole('grid', { name: 'Registrations' })).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('button', { name: 'Expired 1' }).click();
  await page.getByRole('searchbox', { name: 'Search registrations' }).fill('nobody');
  await expect(page.getByText('No registration matches.')).toBeVisible();
  const panel = page.getByRole('region', { name: 'Replication between nodes' });
  await expect(panel.getByRole('list', { name: 'Nodes' }).getByRole('listitem')).toHaveCount(2);
  await expect(panel).toContainText('usrloc 4');
});
