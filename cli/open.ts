import { resolve } from 'node:path';
import { openBrowser } from './browser.ts';
import { say } from './complain.ts';
import { openDesktop } from './desktop.ts';
import { distFolder, servePage } from './serving.ts';

/** `sipglass CAPTURE…`: the desktop app, or where there is none the same page in a browser, saying why. */
export async function openCaptures(captures: readonly string[]): Promise<void> {
  const why = await openDesktop(resolve(distFolder(), '..'), captures);
  if (why === null) return;
  say(
    `no window (${why}), so here is the page for a browser; “sipglass calls ${captures[0] ?? ''}” stays in the terminal`,
  );
  await servePage(captures, {}, openBrowser);
}
