import { test as base, type Browser, type Page, type TestInfo } from '@playwright/test';
import { onPath } from './programs.ts';
import { startDesktop } from './desktop.ts';
import { expectNoneBut, type Complaints } from './complaints.ts';
import { startServed } from './served.ts';
import { removeTemporary } from './temporary.ts';

/** A file that the application wrote. */
export interface SavedFile {
  /** As the application suggested it. */
  readonly name: string;
  readonly path: string;
}

/** The application under test: the same page in the desktop's window or in a browser on `sipglass serve`. */
export interface App {
  readonly kind: 'electron' | 'chromium';
  readonly page: Page;
  /** What else the page said so far. */
  readonly complaints: Complaints;
  /** Chooses files in the dialog that the page opens. */
  open(...files: string[]): Promise<void>;
  /** Drops files on the middle of the page. */
  drop(...files: string[]): Promise<void>;
  /** Does what saves one file, and waits until it is there. */
  saved(action: () => Promise<void>): Promise<SavedFile>;
  /** Kills the process that holds the capture, as the system would. */
  killHost(): Promise<void>;
  /** Text in the clipboard. */
  copiedText(): Promise<string>;
  /** The picture in the clipboard as a PNG; empty where there is none. */
  copiedPng(): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Options {
  /** Files on the command line at the start. */
  readonly captures: readonly string[];
  /** Words of complaints that a test provokes; others fail it. */
  readonly excused: readonly string[];
}

interface Fixtures extends Options {
  readonly app: App;
}

/** Where a test may write: a folder of its own. */
export type Place = Pick<TestInfo, 'outputPath'>;

export interface WorkerFixtures {
  readonly chrome: Browser | null;
}

/** Debian's browser runs in tests as root, on machines without a graphics card, and calls nobody. */
const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Playwright's `test` with the application in `app`. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  captures: [[], { option: true }],
  excused: [[], { option: true }],
  chrome: [
    async ({ playwright }, give, { project }) => {
      if (project.name !== 'chromium') {
        await give(null);
        return;
      }
      const browser = await playwright.chromium.launch({
        executablePath: onPath('chromium', 'chromium-browser', 'google-chrome'),
        args: chromiumFlags,
      });
      await give(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  app: async ({ captures, excused, chrome }, give, info) => {
    const app = chrome === null ? await startDesktop(captures, info) : await startServed(chrome, captures, info);
    await shown(app);
    await give(app);
    await pictureOfFailure(app, info);
    await app.close();
    removeTemporary(info);
    expectNoneBut(excused, app.complaints);
  },
});

export { expect } from '@playwright/test';

/** Until the page is there: keys count from then on. */
export async function shown({ page }: App): Promise<void> {
  await page.locator('#page > *').first().waitFor();
}

/** Attaches what the page looks like, where the test failed. */
export async function pictureOfFailure({ page }: App, info: TestInfo): Promise<void> {
  if (info.status === info.expectedStatus || page.isClosed()) return;
  const path = info.outputPath('failed.png');
  await page.screenshot({ path });
  await info.attach('the page', { path, contentType: 'image/png' });
}
