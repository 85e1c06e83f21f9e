import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { connect, type Client } from '../../core/contract/channel.ts';
import { socketPipe } from '../../core/contract/pipe.ts';
import { addresses, type ServedCapture } from '../../core/contract/serve.ts';
import { sipglass } from './run.ts';

/** `sipglass serve` as a user starts and ends it, with captures in processes of their own. */
const root = join(import.meta.dirname, '..', '..');
const states = 'fixtures/states.pcap';
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Running {
  readonly child: ChildProcess;
  /** Lines of standard output and of standard error so far. */
  readonly out: string[];
  readonly err: string[];
}

async function running(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, SSH_CONNECTION: _ssh, ...bare } = process.env;
  const child = spawn(process.execPath, [join(root, 'bin', 'sipglass.cjs'), ...args], {
    cwd: root,
    env: { ...bare, ...env },
  });
  children.push(child);
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (bytes: Buffer) => out.push(...bytes.toString().split('\n').filter(Boolean)));
  child.stderr.on('data', (bytes: Buffer) => err.push(...bytes.toString().split('\n').filter(Boolean)));
  if (args.includes('-')) createReadStream(join(root, states)).pipe(child.stdin);
  await expect
    .poll(() => err.some((line) => line.includes('Ctrl-C')) || child.exitCode !== null, { timeout: 20_000 })
    .toBe(true);
  return { child, out, err };
}

async function signedIn(
  address: string,
): Promise<{ readonly origin: string; readonly headers: Record<string, string> }> {
  const { origin } = new URL(address);
  const answer = await fetch(address, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  return { origin, headers: { Cookie: cookie, Origin: origin } };
}

async function captureOf(
  address: string,
  id: number,
): Promise<{ client: Client; socket: WebSocket; from: Awaited<ReturnType<typeof signedIn>> }> {
  const from = await signedIn(address);
  const socket = new WebSocket(`${from.origin.replace('http', 'ws')}${addresses.capture}${id}`, {
    headers: from.headers,
  });
  const client = connect(socketPipe(socket));
  await once(socket, 'open');
  await client.ask('opened', {});
  return { client, socket, from };
}

/** Processes of a server's captures. */
function hostsOf({ pid = 0 }: ChildProcess): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

test('prints one address, shows the capture, and ends with Ctrl-C without a trace', async () => {
  const { child, out, err } = await running(['serve', states]);
  expect(out).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)]);
  expect(err).toEqual([expect.stringMatching(/^sipglass: the address opens one browser, once; .*; Ctrl-C ends this$/)]);
  const [address = ''] = out;
  const { client, socket } = await captureOf(address, 1);
  expect((await client.ask('done', {})).calls).toBeGreaterThan(10);
  expect((await fetch(address)).status).toBe(403);
  const gone = once(socket, 'close');
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  expect((await gone)[0]).toBe(1001);
  expect(await ended).toEqual([0, null]);
  expect(err).toHaveLength(1);
});

test.runIf(process.platform === 'linux')('SIGUSR2 prints an address for another browser', async () => {
  const { child, out } = await running(['serve', states]);
  child.kill('SIGUSR2');
  await expect.poll(() => out.length).toBe(2);
  for (const address of out) await signedIn(address);
});

test.runIf(process.platform === 'linux')('a capture’s process that ends takes nothing along', async () => {
  const { child, out } = await running(['serve', states]);
  const { socket, from } = await captureOf(out[0] ?? '', 1);
  const closed = once(socket, 'close') as Promise<[number, Buffer]>;
  const [host = 0] = hostsOf(child);
  process.kill(host, 'SIGKILL');
  const [code, reason] = await closed;
  expect([code, reason.toString()]).toEqual([4001, 'The program that reads this capture was ended by SIGKILL.']);
  const again = await fetch(from.origin + addresses.open, {
    method: 'POST',
    headers: from.headers,
    body: JSON.stringify({ what: { kind: 'again', id: 1 }, ports: [] }),
  });
  expect((await again.json()) as ServedCapture).toEqual({ id: 2, names: ['states.pcap'] });
  expect(hostsOf(child)).toHaveLength(1);
});

test.runIf(process.platform === 'linux')('what was sent goes with it, and so do the captures’ processes', async () => {
  const { child, out } = await running(['serve', states]);
  const before = new Set(readdirSync(tmpdir()));
  const { origin, headers } = await signedIn(out[0] ?? '');
  const sent = await fetch(`${origin}${addresses.upload}?name=a.pcap`, {
    method: 'POST',
    headers,
    body: readFileSync(join(root, states)),
  });
  expect(sent.status).toBe(200);
  const mine = (): string[] =>
    readdirSync(tmpdir()).filter((name) => name.startsWith('sipglass-serve-') && !before.has(name));
  expect(mine()).toHaveLength(1);
  const hosts = hostsOf(child);
  expect(hosts).toHaveLength(1);
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect(mine()).toEqual([]);
  expect(() => process.kill(hosts[0] ?? 0, 0)).toThrow(/ESRCH/);
});

test('standard input is a capture as well', async () => {
  const { out } = await running(['serve', '-']);
  const { client } = await captureOf(out[0] ?? '', 1);
  expect((await client.ask('done', {})).calls).toBeGreaterThan(10);
});

test('a capture without a command: why there is no window, and the page', async () => {
  const { out, err } = await running([states]);
  expect(err[0]).toMatch(
    /^sipglass: no window \((there is no display|Electron is not installed|the desktop app is not built)\), so here is the page/,
  );
  await signedIn(out[0] ?? '');
});

test('over ssh: how a browser at the other end gets here', async () => {
  const { out, err } = await running(['serve', states], { SSH_CONNECTION: '10.1.1.1 50000 10.9.9.9 22', USER: 'ops' });
  const { port } = new URL(out[0] ?? '');
  expect(err[0]).toContain(`ssh -N -L ${port}:127.0.0.1:${port} ops@10.9.9.9`);
});

test('on another address than loopback there is a warning', async () => {
  const { err } = await running(['serve', '--host', '0.0.0.0', states]);
  expect(err[0]).toMatch(/^sipglass: warning: .*not encrypted$/);
});

describe('a command line that can’t be served', () => {
  test.each([
    [['serve', 'no-such.pcap'], 1, 'no-such.pcap: no such file'],
    [['serve', '--directory', 'no-such'], 2, 'no-such: is no directory'],
    [['serve', '--port', '70000'], 2, '“70000” is not a port'],
    [['serve', '--upload-limit', 'lots'], 2, '“lots” is not a size'],
    [['serve', '--directory', 'fixtures', 'test'], 2, 'only one directory'],
    [['serve', '--host', '203.0.113.1'], 1, '203.0.113.1:0: cannot be listened on'],
  ])('%j', async (args, status, words) => {
    const ran = await sipglass(args);
    expect(ran.stderr).toContain(words);
    expect(ran).toMatchObject({ status, stdout: '' });
  });
});
