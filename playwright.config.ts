import { defineConfig } from '@playwright/test';

/**
 * The same suite in the desktop program and in a browser on `sipglass serve`; `scripts/e2e.mjs` starts it. One test at a
 * time, and none is given a second chance: a test that fails now and then has found something.
 */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'out/e2e',
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  projects: [{ name: 'electron' }, { name: 'chromium' }],
});
