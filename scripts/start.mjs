/** What a newcomer sees first: the sample day's calls, and the ladder of the one over the proxy, written to a file. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const sipglass = (/** @type {string[]} */ args) => {
  process.stdout.write(`\n$ sipglass ${args.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, [join(root, 'bin', 'sipglass.cjs'), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
};
const args = process.argv.slice(2);
if (args.length > 0) {
  sipglass(args);
} else {
  const sample = 'fixtures/sample-day.pcapng';
  sipglass(['calls', sample, '--method', 'INVITE']);
  // A call whose first gateway refuses it: the proxy tries the second.
  sipglass(['ladder', sample, '--call', '34']);
  mkdirSync(join(root, 'out'), { recursive: true });
  sipglass(['ladder', sample, '--call', '34', '--format', 'svg', '-o', 'out/ladder.svg']);
  process.stdout.write('\nYour own capture: npm start -- calls FILE.pcap    All commands: npm start -- --help\n');
}
