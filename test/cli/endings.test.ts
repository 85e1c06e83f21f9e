import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { lines, sipglass } from './run.ts';

/** Ctrl-C, closed pipes and full disks: nothing is left behind, and nobody sees the program's text. */
const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'sipglass-end-'));
afterAll(() => rmSync(folder, { recursive: true }));
const command = join(root, 'bin', 'sipglass.cjs');
const linux = process.platform === 'linux';

test.runIf(linux)('Ctrl-C while a file is written: the half of it goes', async () => {
  const capture = join(folder, 'many.pcap');
  spawnSync(process.execPath, ['test/bench/generate.mjs', 'dialogs', '40000', capture], { cwd: root });
  const out = mkdtempSync(join(folder, 'out-'));
  const child = spawn(process.execPath, [command, 'messages', capture, '--csv', '-o', join(out, 'm.csv')]);
  const ended = once(child, 'exit');
  while (readdirSync(out).length === 0) await sleep(5);
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
  expect(readdirSync(out)).toEqual([]);
});

test.runIf(linux)('Ctrl-C while standard input is the capture: what came until then is shown', async () => {
  const child = spawn(process.execPath, [command, 'calls', '-', '--json']);
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => {
    text += bytes.toString();
  });
  const ended = once(child, 'exit');
  child.stdin.write(readFileSync(join(root, 'fixtures/states.pcap')));
  await sleep(700);
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(0);
  expect(lines(text).length).toBeGreaterThan(10);
});

test.runIf(linux)('a full disk under standard output is one sentence', () => {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `"$0" "$1" calls fixtures/states.pcap > /dev/full`, process.execPath, command],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  expect(status).toBe(1);
  expect(stderr).toBe('sipglass: standard output: cannot be written: the disk is full\n');
});

test.runIf(linux)('| head ends it without a word', () => {
  const { status, stderr, stdout } = spawnSync(
    'bash',
    [
      '-c',
      `"$0" "$1" messages fixtures/sample-day.pcapng --json | head -n 1; exit \${PIPESTATUS[0]}`,
      process.execPath,
      command,
    ],
    { cwd: root, encoding: 'utf8' },
  );
  expect({ status, stderr, lines: stdout.split('\n').length }).toEqual({ status: 0, stderr: '', lines: 2 });
});

test('control characters in a file name do not reach the terminal', async () => {
  const { stderr } = await sipglass(['calls', 'no\u001B[31msuch.pcap']);
  expect(stderr).toMatch(/no such file/);
  expect(stderr).not.toContain('\u001B');
});
