import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lines, sipglass } from './run.ts';

/** The headless command, as somebody types it, on the sample that ships with it. */
const folder = mkdtempSync(join(tmpdir(), 'sipglass-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const sample = 'fixtures/sample-day.pcapng';

interface Truth {
  readonly calls: readonly {
    readonly callId: string;
    readonly method: string;
    readonly state: string;
    readonly finalStatus: number | null;
  }[];
}
const truth = JSON.parse(readFileSync('fixtures/sample-day.expected.json', 'utf8')) as Truth;

test('calls --json: the fields of the contract, the states of the truth file, one line a call', async () => {
  const { stdout, stderr, status } = await sipglass(['calls', sample, '--json']);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const rows = lines(stdout);
  const states = rows.map(({ callId, method, state, finalStatus }) => ({ callId, method, state, finalStatus }));
  const wanted = truth.calls.map(({ callId, method, state, finalStatus }) => ({ callId, method, state, finalStatus }));
  expect(new Set(states.map((row) => JSON.stringify(row)))).toEqual(new Set(wanted.map((row) => JSON.stringify(row))));
  expect(Object.keys(rows[0] ?? {})).toEqual(
    expect.arrayContaining(
      'id callId method from to src sport dst dport start end messages state finalStatus ringingMs answerMs durationMs hops legs findings'.split(
        ' ',
      ),
    ),
  );
});

test('messages --json: the fields of the contract; ts is text with the capture’s decimals', async () => {
  const { stdout } = await sipglass(['messages', sample, '--json']);
  const rows = lines(stdout);
  const invite = rows.find(({ method }) => method === 'INVITE') ?? {};
  expect(Object.keys(invite)).toEqual(
    expect.arrayContaining(
      'frame ts src sport dst dport transport protection method status reason requestUri cseq callId fromTag toTag branches from to contentType bodyLength retransmissionOf copyOf decrypted'.split(
        ' ',
      ),
    ),
  );
  expect(invite).toMatchObject({ status: null, reason: null, protection: null, contentType: 'application/sdp' });
  expect(invite.ts).toMatch(/^\d+\.\d{6}$/);
});

test('two runs print the same bytes', async () => {
  for (const args of [
    ['messages', sample, '--json'],
    ['calls', sample],
    ['stats', sample],
    ['ladder', sample, '--call', '11', '--format', 'svg'],
  ]) {
    const first = await sipglass(args);
    const second = await sipglass(args);
    expect(first.stdout).not.toBe('');
    expect(second.stdout).toBe(first.stdout);
  }
});

test('standard input, gzip and a file of its own give the same answer', async () => {
  const bytes = readFileSync(sample);
  const direct = await sipglass(['messages', sample, '--json']);
  expect((await sipglass(['messages', '-', '--json'], bytes)).stdout).toBe(direct.stdout);
  expect((await sipglass(['messages', '-', '--json'], gzipSync(bytes))).stdout).toBe(direct.stdout);
});

test('--method and --filter narrow; three dialects of one filter agree', async () => {
  const ids = async (args: string[]): Promise<unknown[]> =>
    lines((await sipglass(['calls', sample, '--json', ...args])).stdout).map(({ id }) => id);
  const invites = await ids(['--method', 'INVITE']);
  expect(invites).toHaveLength(truth.calls.filter(({ method }) => method === 'INVITE').length);
  const short = await ids(['--filter', 'method:INVITE from:anna']);
  expect(short.length).toBeGreaterThan(0);
  expect(await ids(['--filter', 'sip.Method == "INVITE" and sip.from contains "anna"'])).toEqual(short);
  expect(await ids(['--filter', '$rm == "INVITE" and $fU =~ "anna"'])).toEqual(short);
});

test('message: headers, body and SDP of one frame', async () => {
  const [invite] = lines((await sipglass(['messages', sample, '--json', '--filter', 'method:INVITE'])).stdout);
  const { stdout } = await sipglass(['message', sample, '--frame', String(invite?.frame), '--json']);
  const [detail] = lines(stdout);
  expect(detail).toMatchObject({ row: { method: 'INVITE' }, faults: [] });
  expect(JSON.stringify(detail?.parts)).toContain('"ptimeMs":20');
  const people = await sipglass(['message', sample, '--frame', String(invite?.frame)]);
  expect(people.stdout).toContain('SDP  audio');
});

test('diff: what the proxy changed in the INVITE it passed on', async () => {
  const rows = lines(
    (await sipglass(['messages', sample, '--json', '--filter', 'method:INVITE hdr.Via contains "10.0.20.10"'])).stdout,
  );
  const [second] = rows;
  const first = lines((await sipglass(['messages', sample, '--json', '--filter', 'method:INVITE'])).stdout).find(
    ({ callId, dst }) => callId === second?.callId && dst === '10.0.20.10',
  );
  const frames = `${String(first?.frame)},${String(second?.frame)}`;
  const { stdout } = await sipglass(['diff', sample, '--frames', frames, '--json']);
  const changes = (lines(stdout)[0]?.changes ?? []) as { header: string; kind: string }[];
  expect(changes).toEqual(expect.arrayContaining([expect.objectContaining({ header: 'Via', kind: 'added' })]));
  expect(changes).toEqual(expect.arrayContaining([expect.objectContaining({ header: 'Record-Route', kind: 'added' })]));
  expect(changes).toEqual(
    expect.arrayContaining([expect.objectContaining({ header: 'Max-Forwards', kind: 'changed' })]),
  );
});

test.each(['svg', 'html', 'text', 'mermaid', 'plantuml', 'markdown', 'json'])(
  'ladder as %s, of two calls',
  async (format) => {
    const out = join(folder, `ladder.${format}`);
    const { status, stderr } = await sipglass([
      'ladder',
      sample,
      '--call',
      '11',
      '--call',
      '19',
      '--format',
      format,
      '-o',
      out,
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const written = readFileSync(out, 'utf8');
    expect(written).toContain('INVITE');
    expect(written).toContain('486');
  },
);

const judges = ['tshark', 'tcpdump'].filter((program) => spawnSync(program, ['--version']).status === 0);
test.runIf(judges.length === 2)(
  'extract: tshark and tcpdump read it, with the call’s SIP, its RTP and nothing else',
  async () => {
    const out = join(folder, 'call.pcapng');
    const call = lines((await sipglass(['calls', sample, '--json'])).stdout).find(({ id }) => id === 11);
    const { status, stderr } = await sipglass(['extract', sample, '--call', '11', '-o', out]);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^sipglass: \d+ packets written: 13 SIP messages, \d+ packets of media\n$/);
    const callIds = execFileSync('tshark', ['-r', out, '-Y', 'sip', '-T', 'fields', '-e', 'sip.Call-ID'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const seen = callIds.trim().split('\n');
    expect(new Set(seen)).toEqual(new Set([call?.callId]));
    expect(seen).toHaveLength(13);
    const rtp = execFileSync('tshark', ['-r', out, '-Y', 'rtp'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(rtp.trim().split('\n').length).toBeGreaterThan(100);
    expect(spawnSync('tcpdump', ['-n', '-r', out]).status).toBe(0);
    const again = lines((await sipglass(['calls', out, '--json'])).stdout);
    expect(again).toHaveLength(1);
    expect(again[0]).toMatchObject({ callId: call?.callId, state: call?.state, messages: call?.messages });
  },
);

test('--help and --version', async () => {
  expect((await sipglass(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const help = await sipglass(['--help']);
  expect(help.status).toBe(0);
  expect(help.stdout).toContain('Examples:');
});
