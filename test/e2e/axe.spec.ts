import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { test as fresh } from './app.ts';
import { typePair } from './keys.ts';
import { fixture } from './programs.ts';
import { expect, test } from './sample.ts';
import { callsGrid, filterField, goToCall, ladder, message, toLastCall } from './screen.ts';

/** axe-core finds nothing serious on any screen or dialog, light and dark. */

/** What it finds, as sentences. It asks the page itself, without a second page: Electron opens none. */
async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, any }) => `${id}: ${help}: ${target.join(' ')} (${any[0]?.message ?? ''})`),
    );
}

async function inTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  const html = page.locator('html');
  if ((await html.getAttribute('data-theme')) !== theme) await page.keyboard.press('ControlOrMeta+Shift+L');
  await expect(html).toHaveAttribute('data-theme', theme);
}

/** Each: its name, and what brings it to the screen. */
const screens: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['the list with ladder and message', (page) => goToCall(page, 'state:busy')],
  [
    'a ladder of two calls, to scale',
    async (page) => {
      await callsGrid(page).focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
      await page.keyboard.press('t');
      await expect(ladder(page).getByRole('radio', { name: 'To scale' })).toBeChecked();
    },
  ],
  ['the message decoded', (page) => inTab(page, 'Decoded')],
  ['the SDP', (page) => inTab(page, /^SDP/u)],
  ['the bytes', (page) => inTab(page, 'Hex')],
  ['the hop diff', (page) => inTab(page, /^Hop diff/u)],
  [
    'the filter with completions',
    async (page) => {
      await filterField(page).focus();
      await page.keyboard.type('stat');
      await expect(page.getByRole('listbox', { name: 'Completions' })).toBeVisible();
    },
  ],
  [
    'the filter with a mistake',
    async (page) => {
      await filterField(page).fill('status >= (');
      await expect(filterField(page)).toHaveAttribute('aria-invalid', 'true');
    },
  ],
  [
    'no call that matches',
    async (page) => {
      await filterField(page).fill('from:nobody-at-all');
      await expect(page.getByText('No call matches.')).toBeVisible();
    },
  ],
  [
    'the paths',
    async (page) => {
      await page.keyboard.press('Alt+4');
      await expect(page.getByRole('listbox', { name: /^Hops of /u })).toBeVisible();
    },
  ],
  [
    'a ladder with all legs, and why they belong together',
    async (page) => {
      await ladder(page).getByRole('button', { name: 'Legs', exact: true }).click();
      await ladder(page)
        .getByRole('button', { name: /^Legs: why/u })
        .click();
      await expect(page.getByRole('dialog', { name: 'Legs' })).toContainText('leg');
    },
  ],
  [
    'the statistics',
    async (page) => {
      await page.keyboard.press('Alt+9');
      await expect(page.getByRole('figure').first()).toBeVisible();
    },
  ],
  [
    'the streams',
    async (page) => {
      await page.keyboard.press('Alt+3');
      await expect(page.getByRole('gridcell', { name: 'changes' }).first()).toBeVisible();
    },
  ],
  [
    'the packet time of a call',
    async (page) => {
      await toLastCall(page, 64);
      await page.keyboard.press('m');
      await expect(page.locator('.recharts-line-curve').first()).toBeVisible();
      await expect(page.getByRole('table', { name: 'Offers and answers' })).toBeVisible();
    },
  ],
  [
    'the packet time as a table',
    async (page) => {
      await toLastCall(page, 64);
      await page.keyboard.press('m');
      await expect(page.getByRole('region', { name: 'What to change' })).toBeVisible();
      await page.keyboard.press('t');
      await expect(page.getByRole('table', { name: 'Over time' })).toBeVisible();
    },
  ],
  [
    'the dispatcher',
    async (page) => {
      await page.keyboard.press('Alt+5');
      await expect(page.getByRole('option', { name: /^10\.0\.30\.5/u })).toBeVisible();
    },
  ],
  [
    'the registrations',
    async (page) => {
      await page.keyboard.press('Alt+2');
      await expect(page.getByRole('grid', { name: 'Registrations' })).toBeVisible();
    },
  ],
  [
    'the palette',
    async (page) => {
      await page.keyboard.press('ControlOrMeta+K');
      await page.keyboard.type('anna');
      await expect(page.getByRole('option', { name: /Anna Berg/u }).first()).toBeVisible();
    },
  ],
  ['the settings', (page) => opened(page, 'F8', 'Settings')],
  ['the columns', (page) => opened(page, 'F10', 'Columns')],
  ['the export', (page) => opened(page, 'F2', 'Save or copy')],
  ['the help', (page) => opened(page, 'F1', 'Keys')],
  [
    'the menu of the export',
    async (page) => {
      await ladder(page).getByRole('button', { name: 'Export' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
  ],
  [
    'the choice of lanes',
    async (page) => {
      await ladder(page)
        .getByRole('button', { name: /^Lanes/u })
        .click();
      await expect(page.getByRole('dialog', { name: 'Lanes' })).toBeVisible();
    },
  ],
];

async function opened(page: Page, key: string, name: string): Promise<void> {
  await page.keyboard.press(key);
  await expect(page.getByRole('dialog', { name })).toBeVisible();
}

async function inTab(page: Page, name: string | RegExp): Promise<void> {
  await goToCall(page, '3670ec2df4e8116aaf47', /Anna Berg/u);
  await message(page).getByRole('tab', { name }).click();
  await expect(message(page).getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
}

for (const [name, show] of screens)
  test(name, async ({ app: { page } }) => {
    const found: string[] = [];
    await inTheme(page, 'light');
    await show(page);
    found.push(...(await serious(page)));
    // A dialog keeps the keys to itself: the theme is changed as the settings do.
    await page.evaluate(() => {
      document.documentElement.dataset.theme = 'dark';
    });
    found.push(...(await serious(page)));
    expect(found).toEqual([]);
  });

fresh('the dispatcher, its dialogs, and registrations of a cluster', async ({ app }) => {
  const { page } = app;
  await app.open(fixture('cluster.pcap'));
  await expect(page.getByRole('status').filter({ hasText: /\d+ calls/u })).toBeVisible();
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    await page.keyboard.press('Alt+5');
    await expect(page.getByRole('option').first()).toBeVisible();
    expect(await serious(page)).toEqual([]);
    for (const name of ['Thresholds…', 'Import dispatcher.list…']) {
      await page.getByRole('button', { name }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await serious(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page.keyboard.press('Alt+2');
    await expect(page.getByRole('region', { name: 'Replication between nodes' })).toBeVisible();
    expect(await serious(page)).toEqual([]);
  }
});

fresh('the security associations, their keys, and a ladder with locks', async ({ app }) => {
  const { page } = app;
  await app.open(fixture('gm.pcap'));
  await expect(page.getByRole('status').filter({ hasText: '7 calls' })).toBeVisible();
  const inBoth = async (): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((chosen) => {
        document.documentElement.dataset.theme = chosen;
      }, theme);
      expect(await serious(page)).toEqual([]);
    }
  };
  await goToCall(page, 'from:clara and method:MESSAGE');
  await expect(message(page)).toContainText('ICV not checked');
  await inBoth();
  await page.keyboard.press('Alt+6');
  const list = page.getByRole('treegrid', { name: 'Security associations' });
  await expect(page.getByRole('region', { name: 'Registration of anna@ims.example.net' })).toBeVisible();
  await inBoth();
  await list.press('ArrowDown');
  await page.getByRole('button', { name: 'Show the keys' }).click();
  await expect(page.getByRole('button', { name: 'Hide the keys' })).toBeVisible();
  await inBoth();
  await typePair(page, '00'.repeat(16), '11'.repeat(16));
  await expect(page.getByRole('alert').filter({ hasText: 'Wrong' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Keys as text' }).fill('10.0.0.1,10.0.0.2,1,aes-foo,00');
  await page.getByRole('textbox', { name: 'IK', exact: true }).fill('zz');
  await expect(page.getByRole('list', { name: 'Mistakes' })).toBeVisible();
  await expect(page.getByText('IK is not in hexadecimal')).toBeVisible();
  await inBoth();
});

fresh('the welcome screen, and what was no capture', async ({ app }) => {
  const { page } = app;
  for (const theme of ['light', 'dark'] as const) {
    await inTheme(page, theme);
    expect(await serious(page)).toEqual([]);
  }
  await app.open(fixture('sample-day.make.ts'));
  await expect(page.getByText(/not a capture/iu).first()).toBeVisible();
  for (const theme of ['light', 'dark'] as const) {
    await inTheme(page, theme);
    expect(await serious(page)).toEqual([]);
  }
});
