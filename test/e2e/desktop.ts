import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { App, Place } from './app.ts';
import { listen } from './complaints.ts';
import { dropFiles } from './drop.ts';
import { program, root } from './programs.ts';
import { temporary } from './temporary.ts';

/** The desktop program, and a way into its main process. */
export interface Desktop extends App {
  readonly electron: ElectronApplication;
}

/** Switches that every start of the program in these tests has. */
export function switches(place: Place): string[] {
  return ['--no-sandbox', '--disable-gpu', `--user-data-dir=${place.outputPath('profile')}`];
}

/** The Electron that `scripts/e2e.mjs` found. */
export function electronPath(): string {
  const path = process.env.SIPGLASS_TEST_ELECTRON;
  if (path === undefined) throw new Error('start these tests with “npm run e2e”: it finds the Electron for them');
  return path;
}

/** Starts the program with a profile of its own; only dialogs are stubbed, at Electron's own interface. */
export async function startDesktop(captures: readonly string[], place: Place): Promise<Desktop> {
  const { electron, page } = await launched(captures, place);
  let saves = 0;
  let closing: Promise<void> | null = null;
  return {
    kind: 'electron',
    page,
    complaints: listen(page),
    electron,
    open: async (...files) => {
      await electron.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
      }, files);
      await page.keyboard.press('ControlOrMeta+o');
    },
    drop: (...files) => dropFiles(page, files),
    saved: async (action) => {
      const saved = place.outputPath(`saved ${++saves}`);
      await mkdir(saved, { recursive: true });
      await electron.evaluate(({ dialog }, folder) => {
        dialog.showSaveDialog = (...asked: readonly unknown[]) => {
          const { defaultPath } = asked.at(-1) as { readonly defaultPath: string };
          const filePath = `${folder}/${defaultPath.split(/[/\\]/u).at(-1) ?? ''}`;
          process.env.SIPGLASS_TEST_SAVED = filePath;
          return Promise.resolve({ canceled: false, filePath });
        };
        delete process.env.SIPGLASS_TEST_SAVED;
      }, saved);
      await action();
      const savedPath = (): Promise<string> => electron.evaluate(() => process.env.SIPGLASS_TEST_SAVED ?? '');
      await expect.poll(savedPath).not.toBe('');
      const path = await savedPath();
      // It takes its name when it is whole.
      await expect.poll(() => existsSync(path), { timeout: 30_000 }).toBe(true);
      return { name: basename(path), path };
    },
    killHost: () =>
      electron.evaluate(({ app }) => {
        const host = app.getAppMetrics().findLast(({ name }) => name?.startsWith('Sipglass capture') === true);
        if (host === undefined) throw new Error('there is no host');
        process.kill(host.pid, 'SIGKILL');
      }),
    copiedText: () => electron.evaluate(({ clipboard }) => clipboard.readText()),
    copiedPng: async () => Buffer.from(await electron.evaluate(copiedPng), 'base64'),
    close: () => {
      closing ??= ended(electron);
      return closing;
    },
  };
}

/** Milliseconds that a start may take, and an end. */
const LAUNCH = 20_000;
const END = 15_000;

/**
 * Ends the program as a user does, by closing its windows. One that stays behind
 * its last window is killed and told of: what the test was about is over, and the next one needs the machine.
 */
async function ended(electron: ElectronApplication): Promise<void> {
  const child = electron.process();
  let late: NodeJS.Timeout | undefined;
  const killed = new Promise<void>((resolve) => {
    late = setTimeout(() => {
      process.stderr.write('Electron did not end with its last window, and was killed\n');
      child.kill('SIGKILL');
      resolve();
    }, END);
  });
  await Promise.race([electron.close(), killed]);
  clearTimeout(late);
}

async function launched(
  captures: readonly string[],
  place: Place,
): Promise<{ readonly electron: ElectronApplication; readonly page: Page }> {
  const electron = await _electron.launch({
    executablePath: electronPath(),
    args: ['-r', join(root, 'scripts', 'hold-start.cjs'), ...switches(place), program, ...captures],
    cwd: root,
    env: { ...process.env, TMPDIR: temporary(place) },
    timeout: LAUNCH,
  });
  const page = await electron.firstWindow({ timeout: LAUNCH });
  await page.waitForLoadState('domcontentloaded', { timeout: LAUNCH });
  return { electron, page };
}

/** In the main process: the picture of the clipboard, in base64. Electron's clipboard was synchronous, and is now the web's. */
async function copiedPng({ clipboard }: typeof Electron.CrossProcessExports): Promise<string> {
  const before: { readonly readImage?: () => Electron.NativeImage } = clipboard as object;
  if (before.readImage !== undefined) return before.readImage().toPNG().toString('base64');
  const [item] = await clipboard.read();
  if (item === undefined || !item.types.includes('image/png')) return '';
  return Buffer.from(await (await item.getType('image/png')).arrayBuffer()).toString('base64');
}
