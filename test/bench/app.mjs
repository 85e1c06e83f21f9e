/**
 * Measures the application at its largest: a list of a million calls, ladders of 10,000 messages, 10,000 streams; in Electron and in
 * Chromium on `sipglass serve`. What is printed was measured in the page, by the browser's own clock and entries.
 *
 *   npm run bench:app                                        both, 1,000,000 calls, ladders of 10,000 messages
 *   npm run bench:app -- --dialogs 100000 --only chromium
 *   npm run bench:app -- --strict                            ends with status 1 where a goal was missed
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { electronForTests } from '../../scripts/electron-runtime.mjs';

const { values } = parseArgs({
  options: {
    dialogs: { type: 'string', default: '1000000' },
    ladder: { type: 'string', default: '10000' },
    streams: { type: 'string', default: '10000' },
    only: { type: 'string' },
    strict: { type: 'boolean', default: false },
    folder: { type: 'string', default: join(tmpdir(), 'sipglass-bench') },
  },
});
/** Of a pcap file, before its first packet. */
const HEAD = 24;

const root = join(import.meta.dirname, '..', '..');
// A folder that holds nothing else: the server offers what is in it.
const folder = join(values.folder, 'app');
mkdirSync(folder, { recursive: true });

/**
 * A capture of the generator, made once.
 * @param {string} name @param {string[]} args
 */
function made(name, ...args) {
  const path = join(folder, `${name}.pcap`);
  if (existsSync(path)) return path;
  const [kind = '', count = '', ...rest] = args;
  const generator = join(import.meta.dirname, 'generate.mjs');
  const unfinished = `${path}.unfinished`;
  const { status } = spawnSync(process.execPath, [generator, kind, count, unfinished, ...rest], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`the generator ended with status ${status}`);
  renameSync(unfinished, path);
  return path;
}

/** A short call and two long ones, one behind the other. @param {string} messages */
function ladders(messages) {
  const path = join(folder, `ladders-${messages}.pcap`);
  copyFileSync(made('dialogs-1', 'dialogs', '1'), path);
  for (const seed of ['1', '2']) {
    const long = made(`long-${messages}-${seed}`, 'long', messages, '--seed', seed);
    appendFileSync(path, readFileSync(long).subarray(HEAD));
  }
  return path;
}

const captures = {
  SIPGLASS_BENCH_DIALOGS: made(`dialogs-${values.dialogs}`, 'dialogs', values.dialogs),
  SIPGLASS_BENCH_LADDER: ladders(values.ladder),
  SIPGLASS_BENCH_STREAMS: made(`streams-${values.streams}`, 'streams', values.streams),
};
const figuresFile = join(folder, 'figures.ndjson');
rmSync(figuresFile, { force: true });

/** @type {Record<string, string>} */
const electron = values.only === 'chromium' ? {} : { SIPGLASS_TEST_ELECTRON: electronForTests().path };
const screen = process.platform === 'linux' ? ['xvfb-run', '-a', '-s', '-screen 0 1680x1050x24'] : [];
const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
const [program = '', ...args] = [
  ...screen,
  process.execPath,
  playwright,
  'test',
  '--config',
  join(root, 'test', 'e2e', 'bench', 'playwright.config.ts'),
  ...(values.only === undefined ? [] : [`--project=${values.only}`]),
];
const before = loadavg()[0] ?? 0;
const { status, error } = spawnSync(program, args, {
  cwd: root,
  stdio: ['ignore', 2, 2],
  env: { ...process.env, ...electron, ...captures, SIPGLASS_BENCH_FIGURES: figuresFile },
});
if (error !== undefined) throw error;

/** @typedef {import('../e2e/bench/figures.ts').Figure} Figure */
const figures = existsSync(figuresFile)
  ? readFileSync(figuresFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => /** @type {Figure} */ (JSON.parse(line)))
  : [];
const apps = [...new Set(figures.map(({ app }) => app))];
const names = [...new Set(figures.map(({ name }) => name))];
/** @param {Figure | undefined} figure */
const missed = (figure) => figure !== undefined && figure.goal !== null && !(figure.value < figure.goal);
/** @param {Figure | undefined} figure */
const text = (figure) =>
  figure === undefined ? '' : `${figure.value.toFixed(0)} ${figure.unit}`.trim() + (missed(figure) ? ' !' : '  ');

const width = Math.max(...names.map((name) => name.length), 0);
process.stdout.write(
  `${values.dialogs} calls, ladders of ${values.ladder} messages, ${values.streams} streams; ${cpus().length} × ${cpus()[0]?.model ?? '?'}, load ${before.toFixed(1)}\n` +
    `${''.padEnd(width)}${apps.map((app) => app.padStart(14)).join('')}${'goal'.padStart(12)}\n`,
);
for (const name of names) {
  const same = figures.filter((figure) => figure.name === name);
  const goal = same.find((figure) => figure.goal !== null);
  const cells = apps.map((app) => text(same.find((figure) => figure.app === app)).padStart(14)).join('');
  process.stdout.write(
    `${name.padEnd(width)}${cells}${goal === undefined ? '' : `< ${goal.goal} ${goal.unit}`.padStart(12)}\n`,
  );
}
const misses = figures.filter(missed).length;
process.stdout.write(misses === 0 ? '\nAll goals are reached.\n' : `\n${misses} figures miss their goal (!).\n`);
process.exitCode = status !== 0 || (values.strict && misses > 0) ? 1 : 0;
