/** All tests: the static checks, then the unit tests and the command's own, against real captures where they are there. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const run = (/** @type {string} */ program, /** @type {string[]} */ args) =>
  spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

if (!existsSync(join(root, '..', 'shared', 'captures'))) {
  process.stdout.write('The collection of real captures is not beside this folder: tests that need it are skipped.\n');
}
const steps = [
  () => run(process.execPath, ['scripts/check.mjs']),
  () => run(process.execPath, ['scripts/fixtures.mjs', '--check']),
  () => run(join(root, 'node_modules', '.bin', 'vitest'), ['run', ...process.argv.slice(2)]),
];
// A failed step does not hide what the later ones have to say.
const statuses = steps.map((step) => step());
process.exitCode = statuses.find((status) => status !== 0) ?? 0;
