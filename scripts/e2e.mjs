/**
 * The end-to-end tests: in Electron and in Chromium, on a screen of their own.
 *
 *   npm run e2e                                    everything
 *   npm run e2e -- --project=chromium open.spec    what Playwright's own command line takes
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { electronForTests } from './electron-runtime.mjs';

const root = join(import.meta.dirname, '..');
const playwright = [process.execPath, join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test'];
const args = process.argv.slice(2);
const env = { ...process.env };

if (!args.includes('--project=chromium')) {
  const { path, why } = electronForTests();
  process.stdout.write(`Electron for these tests: ${why}\n`);
  env.SIPGLASS_TEST_ELECTRON = path;
}
// A screen of its own even where there is one: windows that take the focus from each other are no test.
const screen = process.platform === 'linux' ? ['xvfb-run', '-a', '-s', '-screen 0 1680x1050x24'] : [];
const [program = '', ...rest] = [...screen, ...playwright, ...args];
const { status, error } = spawnSync(program, rest, { cwd: root, stdio: 'inherit', env });
if (error !== undefined) process.stderr.write(`${program}: ${error.message}\n`);
process.exitCode = status ?? 1;
