/** What may go wrong while packets are captured, caused for real: the built command, real programs, real sockets. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hep3 } from '../../fixtures/builder/index.ts';
import { leftBehind } from '../../core/live/left-behind.ts';
import { opened, readAll } from '../capture-session.ts';
import { testFolder } from '../capture/folder.ts';
import { call, more, stream } from '../live/packets.ts';
import { freePorts, HERE } from '../live/peers.ts';
import { cannotCapture } from '../live/rights.ts';
import { sipglass } from './run.ts';

const at = testFolder();
const root = join(import.meta.dirname, '..', '..');
const command = join(root, 'bin', 'sipglass.cjs');
const SLOW = { timeout: 60_000 };

interface Running {
  readonly child: ChildProcess;
  /** What it said on both outputs until now. */
  readonly said: () => string;
  readonly over: Promise<number | null>;
}

function start(args: readonly string[], folder = at('.')): Running {
  mkdirSync(folder, { recursive: true });
  const child = spawn(process.execPath, [command, ...args], {
    env: { ...process.env, NO_COLOR: '1', TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pieces: string[] = [];
  const take = (bytes: Buffer): void => void pieces.push(bytes.toString());
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const over = once(child, 'close').then(([status]) => status as number | null);
  return { child, said: () => pieces.join(''), over };
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await what()); tries++) {
    if (tries > 1500) throw new Error('it never came');
    await pause(10);
  }
}

function options(callId: string): string {
  return [
    'OPTIONS sip:ben@192.0.2.9 SIP/2.0',
    `Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${callId}`,
    'From: <sip:anna@192.0.2.1>;tag=1',
    'To: <sip:ben@192.0.2.9>',
    `Call-ID: ${callId}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** Sends datagrams to a port of this machine, one after the other. */
async function send(port: number, datagrams: readonly (string | Uint8Array)[]): Promise<void> {
  const socket = createSocket('udp4');
  // Nobody listens where only the capture looks.
  socket.on('error', () => undefined);
  for (const datagram of datagrams) await sent(socket, datagram, port);
  socket.close();
}

function sent(socket: Socket, datagram: string | Uint8Array, port: number): Promise<void> {
  return new Promise((resolve) => {
    socket.send(datagram, port, HERE, () => resolve());
  });
}

function pidsOf(program: string, word: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((name) => {
      try {
        const line = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
        return line[0]?.endsWith(`/${program}`) === true && line.some((one) => one.includes(word));
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Packets reach the file after they were seen. */
function filesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** Why no user of this machine may make a namespace; empty where it works. */
function cannotUnshare(...what: readonly string[]): string {
  try {
    execFileSync('unshare', [...what, 'true'], { stdio: 'ignore' });
    return '';
  } catch {
    return 'namespaces (unshare), which this machine does not let us make';
  }
}

test('host killed: what it captured is left and opens again, and its helper is gone', SLOW, async ({ skip }) => {
  const why = await cannotCapture('dumpcap');
  if (why !== '') skip(why);
  const [port = 0] = await freePorts(1);
  const folder = at('killed');
  const running = start(['capture', '-i', 'lo', '--backend', 'dumpcap', '-f', `udp port ${port}`], folder);
  await until(() => pidsOf('dumpcap', `port ${port}`).length === 1);
  // Until it has opened the interface nothing is seen of what is sent.
  for (let i = 0; !running.said().includes('id-'); i++) {
    await send(port, [options(`id-${i}`)]);
    await pause(100);
  }
  await send(port, [options('last')]);
  await until(() => running.said().includes('last'));
  const files = filesOf(join(folder, readdirSync(folder)[0] ?? ''));
  expect(await leftBehind(join(folder, readdirSync(folder)[0] ?? ''))).toEqual([]);
  running.child.kill('SIGKILL');
  await running.over;
  await until(() => pidsOf('dumpcap', `port ${port}`).length === 0);
  const [left] = await leftBehind(join(folder, readdirSync(folder)[0] ?? ''));
  expect(left?.files).toEqual(files);
  expect(left?.began).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
  const { client } = await opened(left?.files ?? []);
  const { rows } = await client.ask('calls', { from: 0, count: 1000 });
  await client.close();
  expect(rows.at(-1)?.callId).toBe('last');
});

test('ended as asked, nothing is left behind', SLOW, async ({ skip }) => {
  const why = await cannotCapture('dumpcap');
  if (why !== '') skip(why);
  const folder = at('ended');
  const running = start(['capture', '-i', 'lo', '--backend', 'dumpcap'], folder);
  await until(() => readdirSync(folder).length > 0);
  running.child.kill('SIGTERM');
  expect(await running.over).toBe(0);
  expect(filesOf(join(folder, readdirSync(folder)[0] ?? ''))).toEqual([]);
});

test('helper killed: said at once, what came is kept', SLOW, async ({ skip }) => {
  const why = await cannotCapture('dumpcap');
  if (why !== '') skip(why);
  const [port = 0] = await freePorts(1);
  const running = start([
    'capture',
    '-i',
    'lo',
    '--backend',
    'dumpcap',
    '-f',
    `udp port ${port}`,
    '-w',
    at('helper.pcapng'),
  ]);
  await until(() => pidsOf('dumpcap', `port ${port}`).length === 1);
  while (!existsSync(at('helper.pcapng')) || statSync(at('helper.pcapng')).size < 500) {
    await send(port, [options('kept')]);
    await pause(100);
  }
  for (const pid of pidsOf('dumpcap', `port ${port}`)) process.kill(pid, 'SIGKILL');
  expect(await running.over).toBe(1);
  expect(running.said()).toMatch(/dumpcap was ended from outside \(SIGKILL\); what was captured until then is kept/u);
  expect((await readAll(at('helper.pcapng'))).length).toBeGreaterThan(0);
});

test(
  'disk full: said at once, what was written is kept, and a capture that finds no room leaves nothing',
  SLOW,
  async ({ skip }) => {
    const flags = process.getuid?.() === 0 ? ['-m'] : ['-r', '-m'];
    const why = cannotUnshare(...flags);
    if (why !== '') skip(`needs ${why}`);
    const [port = 0] = await freePorts(1);
    mkdirSync(at('small'), { recursive: true });
    // The small disk is there only for those inside; what is on it is copied out at the end.
    const script = `mount -t tmpfs -o size=100k tmpfs "$1" && cd "$1" || exit 9
    "$2" "$3" capture --hep $4 -w full.pcapng 2>&1; echo "status $?"
    "$2" "$3" capture --hep $4 -w none.pcapng --duration 1 2>&1; echo "status $?"
    cp full.pcapng "$5"; ls`;
    const args = ['sh', '-c', script, 'sh', at('small'), process.execPath, command, String(port), at('full.pcapng')];
    const child = spawn('unshare', [...flags, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    const over = once(child, 'close');
    const end = { host: '192.0.2.1', port: 5060 };
    for (let i = 0; !said.includes('the disk is full'); i++) {
      const time = BigInt(Date.now()) * 1_000_000n;
      await send(port, [hep3({ from: end, to: end, time }, options(`disk-${i}`))]);
      await pause(2);
    }
    await over;
    expect(said).toMatch(/full\.pcapng: the disk is full; what was captured until then is kept\nstatus 1/u);
    expect(said).toMatch(/none\.pcapng: the disk is full\nstatus 1\n/u);
    expect(said.trim().split('\n').at(-1)).toBe('full.pcapng');
    const messages = await readAll(at('full.pcapng'));
    expect(messages.length).toBeGreaterThan(100);
    expect(new Set(messages.map(({ callId }) => callId)).size).toBe(messages.length);
  },
);

test.for(['dumpcap', 'tcpdump'] as const)(
  'interface removed under %s: said at once, what came is kept',
  SLOW,
  async (backend, { skip }) => {
    const flags = process.getuid?.() === 0 ? ['-n'] : ['-r', '-n'];
    const why = (await cannotCapture(backend)) || cannotUnshare(...flags);
    if (why !== '') skip(`needs ${why}`);
    // Where the kernel has no dummy device, ifb is one that goes nowhere as well.
    const script = `ip link add dummy0 type dummy 2>/dev/null || ip link add dummy0 type ifb || exit 9
    ip link set dummy0 up && ip addr add 10.9.9.1/24 dev dummy0
    ip neigh add 10.9.9.2 lladdr 02:00:00:00:00:02 dev dummy0
    "$1" "$2" capture -i dummy0 --backend $3 -w "$4" 2>&1 & running=$!
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
      "$1" -e 'const s = require("dgram").createSocket("udp4"); s.send("x", 5060, "10.9.9.2", () => s.close())'
      if [ "$(wc -c <"$4" 2>/dev/null || echo 0)" -gt 150 ]; then break; fi
      sleep 0.2
    done
    ip link del dummy0; wait $running; echo "status $?"`;
    const file = at(`removed-${backend}.pcapng`);
    const said = execFileSync('unshare', [
      ...flags,
      'sh',
      '-c',
      script,
      'sh',
      process.execPath,
      command,
      backend,
      file,
    ]).toString();
    expect(said).toMatch(
      /(?:no longer attached|no longer running|disappeared|went down).*; what was captured until then is kept\nstatus 1/u,
    );
    const { client } = await opened(file);
    const { packets } = await client.ask('progress', {});
    await client.close();
    expect(packets).toBeGreaterThan(0);
  },
);

test('nothing at all on standard input is said, and so is what is no capture', async () => {
  const nothing = await sipglass(['calls', '-', '--follow']);
  expect([nothing.status, nothing.stdout]).toEqual([1, '']);
  expect(nothing.stderr).toContain('is empty');
  const text = await sipglass(['calls', '-', '--follow'], Buffer.from('no capture, only words of somebody'));
  expect([text.status, text.stdout]).toEqual([1, '']);
  expect(text.stderr).toContain('not a capture file');
});

/** A stream without an end: calls one after the other, as fast as they are taken, until nobody takes them. */
async function feed(child: ChildProcess, over: () => boolean): Promise<void> {
  const { stdin } = child;
  if (stdin === null) throw new Error('no standard input');
  stdin.on('error', () => undefined);
  stdin.write(stream([]));
  for (let i = 0; !over() && stdin.writable; i++) {
    const frames = Array.from({ length: 10 }, (_, n) => call(`endless${i * 10 + n}`, (i * 10 + n) * 50)).flat();
    stdin.write(more(frames));
    // What is written is taken at once; the rest of the test needs its turn.
    do await pause(1);
    while (stdin.writableNeedDrain && !over());
  }
}

test.for(['SIGINT', 'SIGTERM', 'a closed pipe'] as const)(
  'an endless stream on standard input ends with %s, and leaves nothing behind',
  SLOW,
  async (how) => {
    const folder = at(`endless-${how.length}`);
    mkdirSync(folder, { recursive: true });
    const child = spawn(process.execPath, [command, 'calls', '-', '--follow', '--json'], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const told = { calls: 0, ended: false };
    child.stdout.on('data', (bytes: Buffer) => {
      told.calls += bytes.toString().split('"callId"').length - 1;
    });
    child.stderr.resume();
    const over = once(child, 'close').then(([status]) => {
      told.ended = true;
      return status as number | null;
    });
    const feeding = feed(child, () => told.ended);
    await until(() => told.calls > 100);
    if (how === 'a closed pipe') child.stdout.destroy();
    else child.kill(how);
    expect(await over).toBe(0);
    await feeding;
    expect(readdirSync(folder).flatMap((name) => filesOf(join(folder, name)))).toEqual([]);
  },
);
