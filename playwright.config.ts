import { defineConfig } from '@playwright/test';

/**
 * The same suite in the desktop program and in a browser on `sipglass serve`; `scripts/e2e.mjs` starts it. One test at a
 * time. A test that fails is run once more, so that one busy moment of a machine doesn't hide what the others have to
 * say; it is listed as flaky then, with what went wrong the first time, and has most likely found something.
 */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'out/e2e',
  workers: 1,
  retries: 1,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  projects: [{ name: 'electron' }, { name: 'chromium' }],
});
