/**
 * The pictures of the documentation: every screen, light and dark, in Chromium on `sipglass serve` with the sample
 * capture. The same program gives the same pictures.
 *
 *   npm run pictures                    all of them
 *   npm run pictures -- hex sdp         those
 *
 * SIPGLASS_TEST_PROGRAM names another folder with a build in its dist/.
 */
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** @typedef {import('@playwright/test').Page} Page */

const root = join(import.meta.dirname, '..');
const program = process.env.SIPGLASS_TEST_PROGRAM ?? root;
const folder = join(root, 'docs', 'pictures');
const sample = join(root, 'fixtures', 'sample-day.pcapng');
const cluster = join(root, 'fixtures', 'cluster.pcap');
const gm = join(root, 'fixtures', 'gm.pcap');

/** @param {Page} page */
const filter = (page) => page.getByRole('combobox', { name: 'Filter' });
/** @param {Page} page */
const arrows = (page) => page.getByRole('listbox', { name: /^Ladder diagram/u });
/** @param {Page} page */
const message = (page) => page.getByRole('region', { name: 'Message', exact: true });

/** Filters the list, and waits until the ladder below is that of the first call in it.
 * @param {Page} page
 * @param {string} text
 * @param {RegExp} first
 */
async function list(page, text, first) {
  await filter(page).fill(text);
  await page.getByRole('region', { name: 'Ladder', exact: true }).getByRole('heading', { name: first }).waitFor();
  await filter(page).press('Escape');
  await arrows(page).waitFor();
}

/** Selects the INVITE of the second hop, and shows a tab of it.
 * @param {Page} page
 * @param {string | RegExp} name
 */
async function tab(page, name) {
  await arrows(page)
    .getByRole('option', { name: /^INVITE .*from 10\.0\.20\.10/u })
    .first()
    .click();
  await message(page).getByRole('tab', { name }).click();
  await message(page).getByRole('tabpanel', { name }).waitFor();
}

/** @param {Page} page */
const failover = (page) => list(page, 'method:INVITE and to:12025550143', /12025550143/u);
/** @param {Page} page */
const problems = (page) => list(page, 'method:INVITE', /Anna Berg/u);

/**
 * Name, captures on the command line, and what brings the screen about.
 * @type {readonly (readonly [string, readonly string[], (page: Page) => Promise<void>])[]}
 */
const pictures = [
  ['welcome', [], (page) => page.getByRole('heading', { name: 'Drop captures here' }).waitFor()],
  ['calls', [sample], problems],
  [
    'ladder',
    [sample],
    async (page) => {
      await failover(page);
      await page.keyboard.press('Enter');
      await arrows(page).and(page.locator(':focus')).waitFor();
    },
  ],
  [
    'to-scale',
    [sample],
    async (page) => {
      await failover(page);
      await page.keyboard.press('Enter');
      await page.keyboard.press('t');
      await page.getByRole('radio', { name: 'To scale', checked: true }).waitFor();
    },
  ],
  [
    'lanes',
    [sample],
    async (page) => {
      await page.keyboard.press('F8');
      const dialog = page.getByRole('dialog', { name: 'Settings' });
      for (const [name, addresses] of [
        ['Proxy', '10.0.20.10'],
        ['Gateways', '10.0.30.5, 10.0.30.6'],
      ]) {
        await dialog.getByRole('button', { name: 'Name a host' }).click();
        await dialog.getByRole('textbox', { name: 'Name', exact: true }).last().fill(name);
        await dialog.getByRole('textbox', { name: `Addresses of ${name}` }).fill(addresses);
        await dialog.getByRole('textbox', { name: 'SIP ports' }).focus();
      }
      await dialog.getByRole('button', { name: 'Done' }).click();
      await failover(page);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^Gateways,/u }).waitFor();
    },
  ],
  [
    'hop-diff',
    [sample],
    async (page) => {
      await problems(page);
      await tab(page, /^Hop diff/u);
      await page.getByRole('list', { name: /changes$/u }).waitFor();
    },
  ],
  [
    'sdp',
    [sample],
    async (page) => {
      await problems(page);
      await tab(page, /^SDP/u);
    },
  ],
  [
    'hex',
    [sample],
    async (page) => {
      await problems(page);
      await tab(page, 'Hex');
      await page.getByRole('radio', { name: 'Packet' }).click();
      await page.getByRole('radio', { name: /^udp/iu }).click();
    },
  ],
  [
    'completion',
    [sample],
    async (page) => {
      await filter(page).pressSequentially('method:INVITE and sta');
      await page.getByRole('listbox', { name: 'Completions' }).waitFor();
    },
  ],
  [
    'filter-error',
    [sample],
    async (page) => {
      await filter(page).fill('method:INVITE and (status >= 400');
      await page.locator('[role="combobox"][aria-invalid="true"]').waitFor();
      await filter(page).press('Escape');
      await filter(page).focus();
    },
  ],
  [
    'paths',
    [sample],
    async (page) => {
      await page.keyboard.press('Alt+4');
      await page.getByRole('radio', { name: 'Forks' }).click();
      await page.getByRole('region', { name: /^Forked at/u }).waitFor();
    },
  ],
  [
    'statistics',
    [sample],
    async (page) => {
      await page.keyboard.press('Alt+9');
      await page.getByRole('figure', { name: /^65 calls/u }).waitFor();
      await page.locator('.recharts-bar-rectangle').first().waitFor();
    },
  ],
  [
    'media',
    [sample],
    async (page) => {
      await page.keyboard.press('Alt+3');
      await page.getByRole('gridcell', { name: 'changes' }).first().waitFor();
    },
  ],
  [
    'packet-time',
    [sample],
    async (page) => {
      await page.keyboard.press('Alt+3');
      await page.getByRole('gridcell', { name: 'changes' }).first().waitFor();
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.getByText('re-INVITE · packets now 40 ms').waitFor();
      await page.locator('.recharts-line-curve').first().waitFor();
    },
  ],
  [
    'dispatcher',
    [cluster],
    async (page) => {
      await page.keyboard.press('Alt+5');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Home');
      for (let change = 0; change < 3; change++) await page.keyboard.press('n');
      await page.getByRole('option', { name: /: IP,.*/u, selected: true }).waitFor();
    },
  ],
  [
    'registrations',
    [cluster],
    async (page) => {
      await page.keyboard.press('Alt+2');
      await page.getByRole('grid', { name: 'Registrations' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('complementary', { name: /ben@/u }).waitFor();
    },
  ],
  [
    'security',
    [gm],
    async (page) => {
      await page.keyboard.press('Alt+6');
      await page.getByRole('treegrid', { name: 'Security associations' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.getByRole('region', { name: /^Security association 0x/u }).waitFor();
    },
  ],
  [
    'settings',
    [sample],
    async (page) => {
      await page.keyboard.press('F8');
      await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    },
  ],
  [
    'export',
    [sample],
    async (page) => {
      await problems(page);
      await page.getByRole('region', { name: 'Ladder', exact: true }).getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menu').waitFor();
    },
  ],
  [
    'palette',
    [sample],
    async (page) => {
      await page.keyboard.press('ControlOrMeta+K');
      await page.keyboard.type('clara');
      await page
        .getByRole('option', { name: /Clara Rossi/u })
        .first()
        .waitFor();
    },
  ],
  [
    'help',
    [sample],
    async (page) => {
      await page.keyboard.press('F1');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
  ],
];

function browserPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const places = (process.env.PATH ?? '').split(delimiter).flatMap((place) => names.map((name) => join(place, name)));
  const found = places.find((path) => existsSync(path));
  if (found === undefined) throw new Error('pictures are made with Chromium, which is not installed');
  return found;
}

/** @type {import('node:child_process').ChildProcess[]} */
const servers = [];
// Also where a picture fails.
process.once('exit', () => servers.forEach((server) => server.kill()));

/** Starts `sipglass serve`; answers with its first address.
 * @param {readonly string[]} captures
 */
async function serve(captures) {
  const server = spawn(process.execPath, [join(program, 'bin', 'sipglass.cjs'), 'serve', ...captures], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  servers.push(server);
  /** @type {string} */
  const address = await new Promise((resolve, reject) => {
    createInterface(server.stdout).once('line', resolve);
    server.once('exit', (status) => reject(new Error(`“sipglass serve” ended with status ${status}`)));
  });
  return { server, address };
}

/** Nothing moves, and the caret is not in the picture one time and the other not.
 * @param {Page} page
 */
async function settle(page) {
  await page.evaluate(() => document.fonts.ready);
  await page.locator('[aria-busy="true"], [role="progressbar"]').first().waitFor({ state: 'detached' });
  // What grows in (the bars of a chart) has grown when two frames look the same.
  for (let before = null, now = await page.screenshot(); before === null || !before.equals(now);) {
    before = now;
    now = await page.screenshot();
  }
}

const wanted = new Set(process.argv.slice(2));
const unknown = [...wanted].filter((name) => !pictures.some(([one]) => one === name));
if (unknown.length > 0) throw new Error(`there is no picture called ${unknown.join(', ')}`);
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: browserPath(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--font-render-hinting=none'],
});
for (const [name, captures, show] of pictures) {
  if (wanted.size > 0 && !wanted.has(name)) continue;
  for (const theme of ['light', 'dark']) {
    const { server, address } = await serve(captures);
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      colorScheme: theme,
      timezoneId: 'UTC',
      locale: 'en-US',
      reducedMotion: 'reduce',
    });
    await page.goto(address);
    if (captures.length > 0)
      await page
        .getByRole('status')
        .filter({ hasText: /^[\d,]+ calls/u })
        .waitFor();
    await show(page);
    await settle(page);
    // A tenth of what a PNG takes, and text stays sharp.
    const devtools = await page.context().newCDPSession(page);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 85 });
    writeFileSync(join(folder, `${name}-${theme}.webp`), Buffer.from(data, 'base64'));
    await page.close();
    server.kill('SIGTERM');
    process.stdout.write(`docs/pictures/${name}-${theme}.webp\n`);
  }
}
await browser.close();
