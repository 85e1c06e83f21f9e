import { expect, test } from 'vitest';
import { lines, sipglass } from './run.ts';

const sample = 'fixtures/sample-day.pcapng';

test('streams --json: the fields of the contract, one line a stream', async () => {
  const { stdout, stderr, status } = await sipglass(['streams', sample, '--json']);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const rows = lines(stdout);
  expect(rows).toHaveLength(16);
  const fields =
    'ssrc src sport dst dport callId direction payloadTypes packets expected lost duplicates outOfOrder start end meanDeltaMs maxDeltaMs meanJitterMs maxJitterMs ptime mos payloadBytes wireBytes payloadShare rtcp';
  expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining(fields.split(' ')));
  expect(Object.keys((rows[0] as { ptime: object }).ptime)).toEqual(
    expect.arrayContaining('offeredMs answeredMs maxMs timestampMs arrivalMs payloadMs verdict explanation'.split(' ')),
  );
});

test('streams: a table for people, and the filter of calls', async () => {
  const { stdout } = await sipglass(['streams', sample, '--filter', 'callee:nobody']);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  const all = await sipglass(['streams', sample]);
  expect(all.stdout).toMatch(/10\.0\.10\.22:19690 +10\.0\.20\.11:33646 +0xf23f3d3f +PCMA +20 +agree +218/u);
});

test('streams of a capture without any say so, and are no failure', async () => {
  const { status, stderr, stdout } = await sipglass(['streams', 'fixtures/states.pcap', '--json']);
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toContain('no RTP');
});

test('ladder --rtp draws the streams as bands', async () => {
  const { stdout } = await sipglass(['ladder', sample, '--call', '11', '--rtp']);
  expect(stdout).toContain('RTP PCMA 20 ms · loss 0.9 %');
  const { stdout: plain } = await sipglass(['ladder', sample, '--call', '11']);
  expect(plain).not.toContain('RTP PCMA');
});
