import { expect, type Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { App, SavedFile } from './app.ts';
import { program } from './programs.ts';

/** Saves by the dialog of F2: what is written, and as what. */
export function saveAs(app: App, what: string, option: RegExp): Promise<SavedFile> {
  return app.saved(async () => {
    const dialog = await exportDialog(app.page, what, option);
    await dialog.getByRole('button', { name: 'Save…' }).click();
  });
}

/** Puts into the clipboard by the dialog of F2. */
export async function copyAs({ page }: App, what: string, option: RegExp): Promise<void> {
  const dialog = await exportDialog(page, what, option);
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByRole('status').filter({ hasText: /^Copied/u })).toBeVisible();
}

async function exportDialog(page: Page, what: string, option: RegExp): Promise<ReturnType<Page['getByRole']>> {
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog', { name: 'Save or copy' });
  await dialog.getByRole('radio', { name: what, exact: true }).click();
  await dialog.getByRole('radio', { name: option }).click();
  return dialog;
}

/** What the command prints as JSON about a capture, line by line. */
export function asked(command: string, capture: string): readonly Record<string, unknown>[] {
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    [join(program, 'bin', 'sipglass.cjs'), command, capture, '--json'],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
