/**
 * All tests: the static checks, the unit tests and the command's own, against real captures where they are there, and
 * the end-to-end tests in Electron and Chromium. Words behind it narrow the unit tests, and leave the last out.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const run = (/** @type {string} */ program, /** @type {string[]} */ args) =>
  spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

if (!existsSync(join(root, '..', 'shared', 'captures'))) {
  process.stdout.write('The collection of real captures is not beside this folder: tests that need it are skipped.\n');
}
const words = process.argv.slice(2);
const steps = [
  () => run(process.execPath, ['scripts/check.mjs']),
  () => run(process.execPath, ['scripts/fixtures.mjs', '--check']),
  () => run(join(root, 'node_modules', '.bin', 'vitest'), ['run', ...words]),
  ...(words.length > 0 ? [] : [() => run(process.execPath, ['scripts/e2e.mjs'])]),
];
// A failed step does not hide what the later ones have to say.
const statuses = steps.map((step) => step());
process.exitCode = statuses.find((status) => status !== 0) ?? 0;
