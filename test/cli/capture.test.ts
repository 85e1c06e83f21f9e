import { existsSync, mkdirSync, readFileSync, writeFileSync, chmodSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testFolder } from '../capture/folder.ts';
import { readAll } from '../capture-session.ts';
import { call, more, sipFrame, stream } from '../live/packets.ts';
import { lines, sipglass } from './run.ts';

const at = testFolder();
const command = join(import.meta.dirname, '..', '..', 'bin', 'sipglass.cjs');
const path = process.env.PATH;

/** A helper that hands over a file of packets and then waits to be ended, under the name of dumpcap. */
beforeAll(() => {
  mkdirSync(at('bin'), { recursive: true });
  const frames = [...call('first', 0), ...call('second', 1000, { ended: false })];
  writeFileSync(at('packets.pcap'), stream(frames));
  const script = `#!/bin/sh
    printf '%s|' "$@" >${at('told')}
    trap "echo \\"Packets received/dropped on interface 'lo': 8/2 (pcap:2/dumpcap:0)\\" >&2; exit 0" TERM
    cat ${at('packets.pcap')}
    while :; do sleep 0.02; done\n`;
  writeFileSync(at('bin/dumpcap'), script);
  chmodSync(at('bin/dumpcap'), 0o755);
  process.env.PATH = `${at('bin')}${delimiter}${path ?? ''}`;
});
afterAll(() => {
  process.env.PATH = path;
});

test('interfaces: for people with what captures, for programs as JSON', async () => {
  const people = await sipglass(['interfaces']);
  expect(people.status).toBe(0);
  expect(people.stdout).toMatch(
    /^INTERFACE +STATE\n[^]*^lo +up +127\.0\.0\.1[^]*^dumpcap +\S+\/bin\/dumpcap[^]*^hep +listens/mu,
  );
  const machines = lines((await sipglass(['interfaces', '--json'])).stdout);
  expect(machines.find(({ name }) => name === 'lo')).toMatchObject({ up: true, loopback: true });
});

test('capture -w writes a file and says what it holds', async () => {
  const { status, stdout, stderr } = await sipglass([
    'capture',
    '-i',
    'lo',
    '-f',
    'port 5060',
    '--snaplen',
    '500',
    '-w',
    at('out.pcapng'),
    '--duration',
    '1',
  ]);
  expect([status, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/^sipglass: 8 packets, 2 dropped, 0\.0 MB in .*out\.pcapng\n$/u);
  expect(await readAll(at('out.pcapng'))).toHaveLength(8);
  expect(readFileSync(at('told'), 'utf8')).toBe('-q|-B|128|-i|lo|-w|-|-s|500|-f|port 5060|');
});

test('without -w calls are shown as they change, for people and for programs', async () => {
  const people = await sipglass(['capture', '-i', 'lo', '--duration', '1']);
  expect(people.status).toBe(0);
  expect(people.stdout).toMatch(
    /completed 200 +INVITE +192\.0\.2\.1 → 192\.0\.2\.9 .* first\n.*in-call 200 .* second\n$/u,
  );
  expect(people.stderr).toContain('8 packets, 2 dropped');
  const machines = lines((await sipglass(['capture', '-i', 'lo', '--duration', '1', '--json'])).stdout);
  expect(machines.map(({ callId, state }) => [callId, state])).toEqual([
    ['first', 'completed'],
    ['second', 'in-call'],
  ]);
  const some = lines(
    (await sipglass(['capture', '-i', 'lo', '--duration', '1', '--json', '--filter', 'state == in-call'])).stdout,
  );
  expect(some.map(({ callId }) => callId)).toEqual(['second']);
});

test.each([
  [['capture'], 'name an interface with -i'],
  [['capture', '-i', 'lo', '-w', '-'], '-w writes a file'],
  [['capture', '-i', 'lo', '--rotate', '3k', '-w', 'x'], '--rotate is from 1M to 16G'],
  [['capture', '-i', 'lo', '--files', '3', '-w', 'x'], '--files goes with --rotate'],
  [['capture', '-i', 'lo', '--duration', '0'], '--duration is at least 1 second'],
  [['capture', '-i', 'lo', '--hep', '9060'], '--hep listens; it goes with neither -i nor --ssh'],
  [['capture', '--hep', 'nowhere'], '“nowhere” is no address and port'],
  [['capture', '-i', 'lo', '--json', '-w', 'x'], '--json and --filter are for the calls'],
  [['capture', '-i', 'lo', '--ssh', 'proxy', '--backend', 'cap'], '--backend is for this machine'],
  [['capture', '-i', '-w'], 'is no name of an interface'],
  [['calls', '-', '--follow', '--csv'], '--follow writes lines for people'],
])('%j is told to be wrong', async (args, words) => {
  const { status, stdout, stderr } = await sipglass(args);
  expect([status === 0, stdout]).toEqual([false, '']);
  expect(stderr).toContain(words);
  expect(existsSync('x')).toBe(false);
});

test('calls - --follow tells of a call while the stream still goes on', async () => {
  const child = spawn(process.execPath, [command, 'calls', '-', '--follow', '--json'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const pieces: string[] = [];
  child.stdout.on('data', (bytes: Buffer) => pieces.push(bytes.toString()));
  const told = (): (readonly [unknown, unknown])[] =>
    lines(pieces.join('')).map(({ callId, state }) => [callId, state] as const);
  const until = async (count: number): Promise<void> => {
    for (let tries = 0; told().length < count; tries++) {
      if (tries > 1000) throw new Error(`only ${JSON.stringify(told())}`);
      await pause(10);
    }
  };
  child.stdin.write(stream([sipFrame('INVITE', 'slow', 0, { tag: false })]));
  await until(1);
  child.stdin.write(more(call('slow', 100, { ended: false }).slice(1)));
  await until(2);
  child.stdin.write(more([sipFrame('BYE', 'slow', 200, { cseq: 2 }), sipFrame('200 OK', 'slow', 210, { cseq: 2 })]));
  child.stdin.end();
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
  expect(told()).toEqual([
    ['slow', 'calling'],
    ['slow', 'in-call'],
    ['slow', 'completed'],
  ]);
});
