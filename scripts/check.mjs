/** Types (each environment by itself), layers and lint, side by side; everything that is wrong is shown. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');
/** Those that are imported as `….ts?program`: what stands beside them in core/programs itself, and imports more. */
const programs = ['media', 'sip-run', 'identify', 'esp', 'find-text'].map((name) => `core/programs/${name}.ts`);
const jobs = {
  'types of the pure core': ['tsc', '-p', 'core/tsconfig.json'],
  'types of what runs in Node': ['tsc', '-p', 'tsconfig.json'],
  'types of the desktop program': ['tsc', '-p', 'electron'],
  'types of the page': ['tsc', '-p', 'renderer'],
  'types of the page’s tests': ['tsc', '-p', 'test/renderer'],
  'types of the end-to-end tests': ['tsc', '-p', 'test/e2e'],
  // Each by itself compiles in the build; here it is only read.
  programs: ['asc', ...programs, '--config', 'core/programs/asconfig.json', '--noEmit', '--disableWarning'],
  lint: ['oxlint', '--type-aware', '--deny-warnings'],
  format: ['prettier', '--check', '--log-level', 'warn', '.'],
  layers: ['vitest', 'run', '--reporter=dot', 'test/layers.test.ts'],
};

const results = await Promise.all(
  Object.entries(jobs).map(
    ([name, [program, ...args]]) =>
      new Promise((resolve) => {
        const child = spawn(join(bin, program), args, { cwd: root });
        let output = '';
        child.stdout.on('data', (text) => (output += text));
        child.stderr.on('data', (text) => (output += text));
        child.on('close', (status) => resolve({ name, status, output }));
      }),
  ),
);
for (const { name, status, output } of results) {
  process.stdout.write(status === 0 ? `ok      ${name}\n` : `FAILED  ${name}\n${output}\n`);
}
process.exitCode = results.every(({ status }) => status === 0) ? 0 : 1;
