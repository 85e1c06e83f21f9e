import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, pictureOfFailure, shown, test as base, type App, type Place } from './app.ts';
import { expectNoneBut } from './complaints.ts';
import { startDesktop } from './desktop.ts';
import { fixture } from './programs.ts';
import { startServed } from './served.ts';

interface Shared {
  /** One application for all tests of a worker: to start it takes longer than most of them. */
  readonly running: App;
}

/**
 * Playwright's `test` with the sample capture open in `app`. Each test begins on a page that was loaded anew and has
 * forgotten all settings; what a test opens or closes must be the sample again at its end, or it takes an application of
 * its own (`test` of app.ts).
 */
export const test = base.extend<object, Shared>({
  running: [
    async ({ chrome }, give) => {
      const folder = mkdtempSync(join(tmpdir(), 'sipglass-e2e-'));
      const place: Place = { outputPath: (...parts) => join(folder, ...parts) };
      const captures = [fixture('sample-day.pcapng')];
      const app = chrome === null ? await startDesktop(captures, place) : await startServed(chrome, captures, place);
      await shown(app);
      await give(app);
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  app: async ({ running, excused }, give, info) => {
    const { page } = running;
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    await page.reload();
    await shown(running);
    await expect(page.getByRole('status').filter({ hasText: '65 calls' })).toBeVisible();
    // What the test before did is its own.
    running.complaints.length = 0;
    await give(running);
    await pictureOfFailure(running, info);
    expectNoneBut(excused, running.complaints);
  },
});

export { expect } from './app.ts';
