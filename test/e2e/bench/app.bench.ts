import { basename, dirname } from 'node:path';
import type { Browser, Locator, Page } from '@playwright/test';
import { expect, shown, test as base, type App, type Place } from '../app.ts';
import { startDesktop } from '../desktop.ts';
import { callsGrid, filterField } from '../screen.ts';
import { startServed } from '../served.ts';
import { Figures } from './figures.ts';
import { instrument, timed, watched, type Sight } from './instrument.ts';
import { heapOf, rendererMemory } from './memory.ts';
import { drag, hold, wheel } from './moves.ts';

/** Figures of the application at its largest; `test/bench/app.mjs` makes the captures, runs this and prints them. */

const LIST = '[role=grid][aria-rowcount]';
const STREAMS = '#streams-list';
const LADDER = '[role=listbox][aria-label^="Ladder diagram"]';

const test = base.extend<{ figures: Figures }>({
  figures: async ({ chrome }, give) => {
    await give(new Figures(chrome === null ? 'electron' : 'chromium'));
  },
});

/** The application on its first screen; in the browser it offers the captures beside `file`. */
async function started(chrome: Browser | null, place: Place, file: string): Promise<App> {
  const app =
    chrome === null ? await startDesktop([], place) : await startServed(chrome, ['--directory', dirname(file)], place);
  app.page.setDefaultTimeout(60_000);
  await shown(app);
  await instrument(app.page);
  return app;
}

/** Chooses a file to open: in the desktop's dialog, or among those that the server offers. */
function choose(app: App, file: string): Promise<void> {
  const offered = app.page.getByRole('region', { name: 'Captures on the server' });
  return app.kind === 'electron' ? app.open(file) : offered.getByRole('button', { name: basename(file) }).click();
}

function made(name: 'DIALOGS' | 'LADDER' | 'STREAMS'): string {
  const path = process.env[`SIPGLASS_BENCH_${name}`];
  if (path === undefined) throw new Error('start this with “npm run bench:app”: it makes the captures');
  return path;
}

const sorts = ['from', 'state', 'messages', 'talk', 'start'];
const filters = [
  ['by state', 'state:busy'],
  ['by columns', 'method:INVITE and status >= 400'],
  ['by text', '14695550144'],
  ['by header', 'contact:10.30.2.72'],
  ['by header, another value', 'contact:10.30.4.65'],
  ['by part of a header', 'from.user:1299555'],
] as const;

test('calls', async ({ chrome, figures }, info) => {
  const file = made('DIALOGS');
  const app = await started(chrome, info, file);
  const { page } = app;
  const fromChosen = await timed(page, { of: 'rows' }, () => choose(app, file));
  const [known, chosen] = await page.evaluate(() => {
    const { callsKnownAt, inputAt } = globalThis.window.sipglassMeasured;
    // Rows may be there before the page hears how many calls there are: then all of the time counts.
    return [callsKnownAt ?? inputAt, inputAt] as const;
  });
  figures.add('first rows, since the page knows of calls', fromChosen - (known - chosen), 'ms', 1000);
  figures.add('first rows, since the file was chosen', fromChosen, 'ms');
  const reading = await watched(page, () =>
    page.getByRole('button', { name: 'Stop reading and close' }).waitFor({ state: 'detached', timeout: 300_000 }),
  );
  figures.motion('while reading', reading);

  // Somebody who sorts as soon as there is something to sort.
  const click = (column: string): Promise<void> => head(page, column).click();
  for (const column of sorts) {
    for (const how of ['first', 'turned round'])
      figures.add(
        `sort by ${column}, ${how}`,
        await timed(page, { of: 'rows', sorted: column }, () => click(column)),
        'ms',
        1000,
      );
  }
  await click('from');
  const again: Sight = { of: 'rows', sorted: 'start' };
  figures.add('sort by start, once more', await timed(page, again, () => click('start')), 'ms', 1000);

  for (const [name, filter] of filters) {
    await filterField(page).focus();
    const put = (text: string) => async (): Promise<void> => {
      await page.keyboard.press('ControlOrMeta+a');
      await (text === '' ? page.keyboard.press('Delete') : page.keyboard.insertText(text));
    };
    figures.add(`filter ${name}`, await timed(page, { of: 'rows', recounted: true }, put(filter)), 'ms', 1000);
    figures.add(`filter ${name}, taken away`, await timed(page, { of: 'rows', recounted: true }, put('')), 'ms', 1000);
  }

  await callsGrid(page).focus();
  await page.keyboard.press('Home');
  // What the machine does besides is in all that follows.
  figures.motion('at rest', await watched(page, () => page.waitForTimeout(2000)));
  figures.motion('wheel', await watched(page, () => wheel(page, LIST, 200)));
  await callsGrid(page).focus();
  figures.motion('PageDown held', await watched(page, () => hold(page, 'PageDown', 150)));
  figures.motion('arrow down held', await watched(page, () => hold(page, 'ArrowDown', 100)));
  figures.motion('scroll bar dragged', await watched(page, () => drag(page, LIST, 400)));
  const last = (): Promise<void> => page.keyboard.press('End');
  await callsGrid(page).focus();
  const toEnd = await watched(page, last, 600);
  figures.motion('to the end', toEnd);
  await expect(callsGrid(page)).toHaveAttribute('aria-busy', 'false');

  const memory = await rendererMemory(app, chrome);
  figures.add('memory of the renderer, private', memory.private, 'MB', 300);
  figures.add('memory of the renderer, resident', memory.resident, 'MB');
  figures.add('objects of the page', await heapOf(app), 'MB');
  await app.close();
});

test('ladder', async ({ chrome, figures }, info) => {
  const file = made('LADDER');
  const app = await started(chrome, info, file);
  const { page } = app;
  await choose(app, file);
  await expect(callsGrid(page)).toHaveAttribute('aria-rowcount', '4');
  await callsGrid(page).focus();
  // The list has a short call and two long ones.
  const key = (name: string) => (): Promise<void> => page.keyboard.press(name);
  const long: Sight = { of: 'arrows', least: 5000 };
  await page.keyboard.press('Home');
  await page.waitForTimeout(500);
  figures.add('ladder of the first long call', await timed(page, long, key('ArrowDown')), 'ms', 300);
  await page.keyboard.press('Home');
  await page.waitForTimeout(500);
  figures.add('the same ladder again', await timed(page, long, key('ArrowDown')), 'ms', 300);
  await page.keyboard.press('Home');
  await page.waitForTimeout(500);
  figures.add('ladder of another long call', await timed(page, long, key('End')), 'ms', 300);
  const enter = key('Enter');
  for (const time of ['first', 'second']) {
    figures.add(`all the room for the ladder, ${time} time`, await timed(page, long, enter), 'ms', 300);
    await page.keyboard.press('Escape');
    await expect(callsGrid(page)).toBeFocused();
  }
  await enter();
  await expect(page.locator(LADDER)).toBeFocused();
  figures.motion('ladder, wheel', await watched(page, () => wheel(page, LADDER, 200)));
  await page.locator(LADDER).focus();
  figures.motion('ladder, PageDown held', await watched(page, () => hold(page, 'PageDown', 100)));
  await app.close();
});

test('streams', async ({ chrome, figures }, info) => {
  const file = made('STREAMS');
  const app = await started(chrome, info, file);
  const { page } = app;
  await choose(app, file);
  await page.getByRole('button', { name: 'Stop reading and close' }).waitFor({ state: 'detached', timeout: 300_000 });
  const first = await watched(page, async () => {
    await page.getByRole('navigation').getByRole('button', { name: 'Media' }).click();
    await expect(streamsGrid(page)).toHaveAttribute('aria-rowcount', /^\d{4,}$/u, { timeout: 60_000 });
  });
  figures.motion('streams, list opened', first);
  for (const column of ['Jitter', 'MOS']) {
    const sorted = await watched(
      page,
      () => streamsGrid(page).getByRole('columnheader', { name: column }).first().getByRole('button').click(),
      600,
    );
    figures.motion(`streams, sorted by ${column}`, sorted);
  }
  figures.motion('streams, wheel', await watched(page, () => wheel(page, STREAMS, 200)));
  await streamsGrid(page).focus();
  figures.motion('streams, PageDown held', await watched(page, () => hold(page, 'PageDown', 150)));
  figures.motion('streams, scroll bar dragged', await watched(page, () => drag(page, STREAMS, 400)));
  await app.close();
});

function streamsGrid(page: Page): Locator {
  return page.locator(STREAMS);
}

function head(page: Page, column: string): Locator {
  return page.locator(`[role=columnheader][data-column="${column}"]`).getByRole('button');
}
