/**
 * Times `sipglass stats` as a whole process, in turn with what else reads captures, and prints ratios and peak memory.
 *
 *   npm run bench                          media and signalling, five rounds
 *   npm run bench -- --rounds 9 --only media,signalling
 *   npm run bench -- --only big --gb 5     memory on a capture of that size (needs the disk space)
 *   npm run bench -- --only dialogs --dialogs 1000000
 *
 * The machine's speed drifts, so the commands take turns within a round and ratios are taken round by round; quoted is
 * the median. Captures are made by the seeded generator beside this file and kept in the temporary folder.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: 'media,signalling' },
    gb: { type: 'string', default: '5' },
    dialogs: { type: 'string', default: '1000000' },
    folder: { type: 'string', default: join(tmpdir(), 'sipglass-bench') },
  },
});
const root = join(import.meta.dirname, '..', '..');
const rounds = Number(values.rounds);
const ours = (/** @type {string} */ file, /** @type {string[]} */ args = ['stats', file, '--json']) => [
  process.execPath,
  join(root, 'bin', 'sipglass.cjs'),
  ...args,
];

/** What is measured: the generator's arguments, the rivals on that file, and what must be reached. */
const benches = {
  media: {
    make: ['media'],
    rivals: (/** @type {string} */ file) => ({
      tcpdump: ['tcpdump', '-r', file, '-w', '/dev/null'],
      tshark: ['tshark', '-r', file, '-q', '-z', 'rtp,streams'],
      sngrep: ['sngrep', '-N', '-q', '-l', '1000000', '-I', file],
    }),
    goals: { tcpdump: { atMost: 1.3 }, tshark: { faster: 25 }, sngrep: { faster: 25 } },
    memory: 200,
  },
  signalling: {
    make: ['signalling'],
    rivals: (/** @type {string} */ file) => ({
      tcpdump: ['tcpdump', '-r', file, '-w', '/dev/null'],
      tshark: ['tshark', '-r', file, '-q', '-z', 'sip,stat'],
      sngrep: ['sngrep', '-N', '-q', '-l', '1000000', '-I', file],
    }),
    goals: { tshark: { faster: 10 }, sngrep: { faster: 10 } },
    memory: 300,
  },
  big: { make: ['big', values.gb], rivals: () => ({}), goals: {}, memory: 700 },
  dialogs: { make: ['dialogs', values.dialogs], rivals: () => ({}), goals: {}, memory: 0 },
};

const gnuTime = spawnSync('/usr/bin/time', ['--version']).status === 0;
process.stdout.write(
  `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}; wall time of whole processes, ${rounds} rounds in turn\n`,
);
let missed = 0;
for (const name of values.only.split(',')) {
  if (!(name in benches)) {
    process.stderr.write(`there is no bench “${name}”; there are ${Object.keys(benches).join(', ')}\n`);
    process.exit(2);
  }
  await bench(name, benches[/** @type {keyof typeof benches} */ (name)]);
}
process.exitCode = missed === 0 ? 0 : 1;

/**
 * @param {string} name
 * @param {{make: string[], rivals: (file: string) => Record<string, string[]>, goals: Partial<Record<string, {atMost?: number, faster?: number}>>, memory: number}} plan
 */
async function bench(name, { make, rivals, goals, memory }) {
  const file = capture(name, make);
  const there = Object.entries(rivals(file)).filter(([rival, [program = '']]) => {
    const found = spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
    if (!found) process.stdout.write(`${rival} is not installed and left out\n`);
    return found;
  });
  const commands = Object.fromEntries([['sipglass', ours(file)], ...there]);
  /** @type {Partial<Record<string, {seconds: number[], megabytes: number[]}>>} */
  const runs = Object.fromEntries(Object.keys(commands).map((key) => [key, { seconds: [], megabytes: [] }]));
  for (let round = -1; round < rounds; round++) {
    for (const [key, command] of Object.entries(commands)) {
      // The warm-up round is for the page cache; the slow ones need none.
      if (round < 0 && key !== 'sipglass' && key !== 'tcpdump') continue;
      const { seconds, megabytes } = await time(command);
      const run = runs[key];
      if (round < 0 || run === undefined) continue;
      run.seconds.push(seconds);
      run.megabytes.push(megabytes);
    }
  }
  process.stdout.write(`\n${name}: ${(statSync(file).size / 1e6).toFixed(0)} MB\n`);
  const { sipglass: own = { seconds: [] } } = runs;
  for (const [key, { seconds, megabytes } = { seconds: [], megabytes: [] }] of Object.entries(runs)) {
    const ratios = seconds.map((value, i) => value / (own.seconds[i] ?? value));
    const goal = goals[key];
    let note = key === 'sipglass' ? '' : `  sipglass is ${median(ratios).toFixed(2)} × as fast`;
    if (goal?.faster !== undefined) note += verdict(median(ratios) >= goal.faster, `at least ${goal.faster} ×`);
    if (goal?.atMost !== undefined) {
      note += verdict(
        1 / median(ratios) <= goal.atMost,
        `at most ${goal.atMost} of its time; takes ${(1 / median(ratios)).toFixed(2)}`,
      );
    }
    if (key === 'sipglass' && memory > 0) note += verdict(Math.max(...megabytes) <= memory, `at most ${memory} MB`);
    process.stdout.write(
      `  ${key.padEnd(9)} median ${median(seconds).toFixed(3)} s  (${Math.min(...seconds).toFixed(3)} – ${Math.max(...seconds).toFixed(3)})` +
        `  peak ${Math.max(...megabytes).toFixed(0)} MB${note}\n`,
    );
  }
}

/**
 * @param {boolean} reached
 * @param {string} goal
 */
function verdict(reached, goal) {
  if (!reached) missed++;
  return reached ? `  (reached: ${goal})` : `  (MISSED: ${goal})`;
}

/**
 * @param {string} name
 * @param {string[]} make
 */
function capture(name, make) {
  mkdirSync(values.folder, { recursive: true });
  const file = join(values.folder, `${[name, ...make.slice(1)].join('-')}.pcap`);
  if (!existsSync(file)) {
    process.stdout.write(`making ${name} …\n`);
    const made = spawnSync(process.execPath, [join(import.meta.dirname, 'generate.mjs'), ...make, `${file}.part`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (made.status !== 0) throw new Error(`the generator failed on ${name}`);
    renameSync(`${file}.part`, file);
  }
  return file;
}

/**
 * Wall seconds of one run and the peak of its resident memory: by GNU time where it is installed, else by asking the
 * kernel for the high-water mark every few milliseconds.
 * @param {string[]} command
 * @returns {Promise<{seconds: number, megabytes: number}>}
 */
function time(command) {
  const [program = '', ...args] = gnuTime ? ['/usr/bin/time', '-f', 'peak %M', ...command] : command;
  return new Promise((resolve, reject) => {
    const begin = process.hrtime.bigint();
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaints = '';
    let peak = 0;
    child.stderr.on('data', (text) => (complaints += text));
    const poll = gnuTime ? null : setInterval(() => (peak = Math.max(peak, highWater(child.pid))), 5);
    child.on('error', reject);
    let seconds = 0;
    child.on('exit', () => {
      seconds = Number(process.hrtime.bigint() - begin) / 1e9;
    });
    child.on('close', () => {
      if (poll) clearInterval(poll);
      const kilobytes = gnuTime ? Number(/peak (\d+)/.exec(complaints)?.[1] ?? 0) : peak;
      resolve({ seconds, megabytes: kilobytes / 1024 });
    });
  });
}

/** @param {number | undefined} pid */
function highWater(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
