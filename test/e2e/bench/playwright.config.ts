import { defineConfig } from '@playwright/test';

/** What `test/bench/app.mjs` runs: the application's tests, measuring. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../../../out/bench',
  workers: 1,
  retries: 0,
  timeout: 15 * 60_000,
  reporter: [['line']],
  projects: [{ name: 'electron' }, { name: 'chromium' }],
});
