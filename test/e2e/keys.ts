import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { fixture } from './programs.ts';

/** Keys of a phone in gm.pcap, and the SPIs of what it sends and gets. */
interface Keys {
  readonly impi: string;
  readonly ik: string;
  readonly ck: string;
  readonly up: string;
  readonly down: string;
}

/** Anna’s are in the capture, Ben’s are not, and Clara does not encrypt. */
export const gmKeys = (
  JSON.parse(readFileSync(fixture('gm.expected.json'), 'utf8')) as { readonly keys: readonly [Keys, Keys, Keys] }
).keys;

/** Types IK and CK for everybody, and takes them. */
export async function typePair(page: Page, ik: string, ck: string): Promise<void> {
  await page.keyboard.press('Alt+k');
  await expect(page.getByRole('textbox', { name: 'IK', exact: true })).toBeFocused();
  await page.getByRole('textbox', { name: 'IK', exact: true }).fill(ik);
  await page.getByRole('textbox', { name: 'CK', exact: true }).fill(ck);
  await expect(page.getByRole('button', { name: 'Take IK and CK' })).toBeEnabled();
  await page.keyboard.press('Enter');
}
