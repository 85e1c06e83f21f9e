import { setTimeout as pause } from 'node:timers/promises';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { LiveOptions, LiveState } from '../../core/contract/live.ts';
import { recordLive, type LiveCapture } from '../../core/host/live/record-live.ts';
import { opened, readAll } from '../capture-session.ts';
import { testFolder } from '../capture/folder.ts';
import { call, more, stream } from './packets.ts';
import { standIns } from './stand-in.ts';

const at = testFolder();
const standIn = standIns(at('bin'));
const LO: LiveOptions = { source: { from: 'interface', interface: 'lo', backend: 'dumpcap' } };

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; !what(); tries++) {
    if (tries > 4000) throw new Error('it never came');
    await pause(5);
  }
}

/** Packets as a file that a stand-in can write out. */
function packets(name: string, bytes: Uint8Array): string {
  writeFileSync(at(name), bytes);
  return at(name);
}

async function over(capture: LiveCapture): Promise<LiveState> {
  await capture.ended;
  return capture.state;
}

test('counts of what was dropped are taken from the helper when it is asked to end', async () => {
  const frames = call('asked', 0);
  standIn(
    'dumpcap',
    `trap "echo \\"Packets received/dropped on interface 'lo': 5/3 (pcap:3/dumpcap:0/flushed:0/ps_ifdrop:0)\\" >&2; exit 0" TERM
     echo "Capturing on 'lo'" >&2; cat ${packets('asked.pcap', stream(frames))}
     while :; do sleep 0.02; done`,
  );
  const capture = await recordLive(LO, at('asked.pcapng'), false);
  await until(() => capture.state.packets === frames.length);
  expect(capture.state).toMatchObject({ state: 'running', dropped: null, backend: 'dumpcap', name: 'lo' });
  await capture.stop();
  expect(capture.state).toMatchObject({ state: 'stopped', dropped: 3, packets: 5, notes: [], problem: null });
  expect(await readAll(at('asked.pcapng'))).toHaveLength(5);
});

test('missing rights come with the command that gives them, and leave an older file of the name as it was', async () => {
  writeFileSync(at('older.pcapng'), 'of yesterday');
  standIn('dumpcap', `echo "dumpcap: You do not have permission to capture on device \\"lo\\"." >&2; exit 2`);
  const { state, problem, packets: count } = await over(await recordLive(LO, at('older.pcapng'), false));
  expect([state, count]).toEqual(['failed', 0]);
  expect(problem).toMatch(/^dumpcap: You do not have permission to capture.* – capturing needs rights.*sudo /u);
  expect(readFileSync(at('older.pcapng'), 'utf8')).toBe('of yesterday');
  await over(await recordLive(LO, at('new.pcapng'), false));
  expect(existsSync(at('new.pcapng'))).toBe(false);
});

test('a helper that is killed: said at once, and what was captured is kept and opens', async () => {
  const frames = call('killed', 0);
  standIn('dumpcap', `cat ${packets('killed.pcap', stream(frames))}; sleep 0.2; kill -9 $$`);
  const { state, problem } = await over(await recordLive(LO, at('killed.pcapng'), false));
  expect(state).toBe('failed');
  expect(problem).toBe('dumpcap was ended from outside (SIGKILL); what was captured until then is kept');
  expect(await readAll(at('killed.pcapng'))).toHaveLength(5);
});

test('files get numbers, and the oldest go', async () => {
  const frames = Array.from({ length: 2500 }, (_, i) => call(`turn${i}`, i * 50, { padding: 1000 })).flat();
  standIn('dumpcap', `cat ${packets('turns.pcap', stream(frames))}`);
  const { files, bytesKept, bytesWritten } = await over(
    await recordLive({ ...LO, fileBytes: 1_000_000, files: 2 }, at('turns.pcapng'), true),
  );
  expect(files).toHaveLength(2);
  expect(readdirSync(at('.')).filter((name) => name.startsWith('turns-'))).toHaveLength(2);
  expect(bytesKept).toBeLessThan(4_200_000);
  expect(bytesWritten).toBeGreaterThan(bytesKept);
  // Together they are the last calls, without a hole.
  const { client } = await opened(files);
  const { calls } = await client.ask('progress', {});
  const { rows } = await client.ask('calls', { from: 0, count: 10_000 });
  await client.close();
  expect(rows.at(-1)?.callId).toBe('turn2499');
  expect(rows[0]?.callId).toBe(`turn${2500 - calls}`);
});

test('over ssh: the filter and the program reach the other machine’s shell as they were, without our own traffic', async () => {
  const frames = call('far', 0);
  // What sshd does with a command: the login shell of the other side gets it as one line, and standard input.
  standIn(
    'ssh',
    `while [ "$1" != -- ]; do printf '%s ' "$1" >>${at('options')}; shift; done; shift; echo "$1" >${at('host')}; exec sh -c "$2"`,
  );
  standIn(
    'tcpdump',
    `trap 'echo "2 packets dropped by kernel" >&2; exit 0' TERM; printf '%s|' "$@" >${at('told')}
     echo $$ >${at('far-pid')}; echo "tcpdump: listening on eth0" >&2; cat ${packets('far.pcap', stream(frames))}
     while :; do sleep 0.02; done`,
  );
  const capture = await recordLive(
    { source: { from: 'ssh', host: 'me@proxy', interface: 'eth0', port: 2222 }, bpf: "port 5060 or host 'x y'" },
    at('far.pcapng'),
    false,
  );
  await until(() => capture.state.packets === frames.length);
  await capture.stop();
  expect(capture.state).toMatchObject({
    state: 'stopped',
    backend: 'ssh',
    name: 'me@proxy:eth0',
    dropped: 2,
    packets: 5,
  });
  expect(readFileSync(at('host'), 'utf8')).toBe('me@proxy\n');
  expect(readFileSync(at('options'), 'utf8')).toBe('-o BatchMode=yes -o ConnectTimeout=10 -T -p 2222 ');
  expect(readFileSync(at('told'), 'utf8')).toBe(
    "-n|-U|--immediate-mode|-B|131072|-i|eth0|-w|-|-s|262144|--|not tcp port 2222 and (port 5060 or host 'x y')|",
  );
  expect(() => process.kill(Number(readFileSync(at('far-pid'), 'utf8')), 0)).toThrow('ESRCH');
  expect(await readAll(at('far.pcapng'))).toHaveLength(5);
});

test('what is said in two lines is one sentence', async () => {
  standIn(
    'dumpcap',
    `echo "dumpcap: The capture session could not be initiated because" >&2; echo "nobody may. " >&2; exit 2`,
  );
  const { problem } = await over(await recordLive(LO, at('two.pcapng'), false));
  expect(problem).toBe('dumpcap: The capture session could not be initiated because nobody may.');
});

test('a login that is refused is told as it is, and not as a missing right to capture', async () => {
  standIn('ssh', 'echo "me@proxy: Permission denied (publickey)." >&2; exit 255');
  const { state, problem } = await over(
    await recordLive({ source: { from: 'ssh', host: 'me@proxy', interface: 'eth0' } }, at('denied.pcapng'), false),
  );
  expect([state, problem]).toEqual(['failed', 'me@proxy: Permission denied (publickey).']);
});

test('what is no capture is told, with what the helper said of it', async () => {
  standIn('dumpcap', 'echo "Usage: dumpcap [options]"; exit 1');
  const { state, problem } = await over(await recordLive(LO, at('usage.pcapng'), false));
  expect([state, existsSync(at('usage.pcapng'))]).toEqual(['failed', false]);
  expect(problem).toContain('not a capture file');
});

test('a clock that is set back while packets come loses none of them, and their order stays that of the wire', async () => {
  const before = call('before', 5_000_000);
  const after = call('after', 0);
  standIn('dumpcap', `cat ${packets('one.pcap', stream(before))}; sleep 0.1; cat ${packets('two.pcap', more(after))}`);
  await over(await recordLive(LO, at('clock.pcapng'), false));
  const messages = await readAll(at('clock.pcapng'));
  expect(messages.map(({ callId }) => callId)).toEqual([...before.map(() => 'before'), ...after.map(() => 'after')]);
  expect(Number(messages.at(-1)?.ts)).toBeLessThan(Number(messages[0]?.ts));
});
