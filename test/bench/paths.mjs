/**
 * Times what it takes to link 100,000 transactions over two hops, on top of reading, and a half, double and four times as
 * many: the cost has to grow with their number and no faster. Each run is a process of its own; what is printed is
 * processor time of the linking alone. Goal: below 0.3 s for 100,000.
 *
 *   node test/bench/paths.mjs --transactions 100000 --runs 5
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';

/** Milliseconds for as many transactions as asked for. */
const GOAL = 300;
/** INVITE, ACK and BYE. */
const PER_CALL = 3;

const { values } = parseArgs({
  options: {
    transactions: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '5' },
    folder: { type: 'string', default: join(tmpdir(), 'sipglass-bench') },
  },
});

mkdirSync(values.folder, { recursive: true });
await build({
  configFile: join(import.meta.dirname, '..', '..', 'vite.programs.config.ts'),
  logLevel: 'warn',
  root: join(import.meta.dirname, '..', '..'),
  build: {
    ssr: join(import.meta.dirname, 'paths', 'run.ts'),
    outDir: join(values.folder, 'paths'),
    emptyOutDir: true,
    target: 'node18',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'run.mjs' } },
  },
  ssr: { noExternal: true },
});

process.stdout.write(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}\n`);
for (const part of [0.5, 1, 2, 4]) {
  const calls = Math.ceil((Number(values.transactions) * part) / PER_CALL);
  const capture = join(values.folder, `proxied-${calls}.pcap`);
  if (!existsSync(capture)) {
    const generator = join(import.meta.dirname, 'generate.mjs');
    spawnSync(process.execPath, [generator, 'proxied', String(calls), capture], { stdio: 'inherit' });
  }
  /** @type {number[]} */
  const took = [];
  let about = '';
  for (let run = 0; run < Number(values.runs); run++) {
    const script = join(values.folder, 'paths', 'run.mjs');
    const { stdout } = spawnSync(process.execPath, [script, capture], { encoding: 'utf8' });
    const [ms = '0', ...words] = stdout.trim().split(' ');
    took.push(Number(ms));
    about = words.join(' ');
  }
  took.sort((a, b) => a - b);
  const least = took[0] ?? 0;
  const verdict = part === 1 ? (least <= GOAL ? `, goal ${GOAL} ms reached` : `, goal ${GOAL} ms MISSED`) : '';
  process.stdout.write(`${about}: ${least.toFixed(0)} ms (up to ${(took.at(-1) ?? 0).toFixed(0)})${verdict}\n`);
  if (part === 1 && least > GOAL) process.exitCode = 1;
}
