import { expect, test } from 'vitest';
import { lines, sipglass } from './run.ts';

const sample = 'fixtures/sample-day.pcapng';

test('paths --json: the fields of the contract, one line a transaction', async () => {
  const { stdout, stderr, status } = await sipglass(['paths', sample, '--json']);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const rows = lines(stdout) as { hops: object[]; verdict: string }[];
  expect(rows.length).toBeGreaterThan(10);
  expect(Object.keys(rows[0] ?? {})).toEqual(
    expect.arrayContaining(['callId', 'cseq', 'hops', 'verdict', 'explanation']),
  );
  const hop = 'frame ts src dst vias maxForwards delayMs changes'.split(' ');
  for (const { hops } of rows) {
    expect(hops.length).toBeGreaterThan(1);
    expect(Object.keys(hops[0] ?? {})).toEqual(expect.arrayContaining(hop));
  }
});

test('paths: a table; in full for one call; trees with --forks', async () => {
  const table = await sipglass(['paths', sample]);
  expect(table.stdout).toMatch(/^ *# +Start \(UTC\) +Request +From +To +Hops/u);
  const call = await sipglass(['paths', sample, '--call', '11']);
  expect(call.stdout).toMatch(/\+ Via: SIP\/2\.0\/UDP/u);
  const forks = await sipglass(['paths', sample, '--forks']);
  expect(forks.status).toBe(0);
});

test('paths: what is wrong with the command line', async () => {
  const both = await sipglass(['paths', sample, '--forks', '--odd']);
  expect(both.status).toBe(2);
  const nobody = await sipglass(['paths', sample, '--call', 'nobody']);
  expect(nobody).toMatchObject({ status: 1, stdout: '' });
});

test('--join ties calls, --cut parts them, and a call that there is not is said so', async () => {
  const legs = async (...more: string[]): Promise<unknown[]> => {
    const { stdout } = await sipglass(['calls', sample, '--json', ...more]);
    return lines(stdout).map((row) => (row as { legs: string[] }).legs.length);
  };
  expect(new Set(await legs())).toEqual(new Set([0]));
  expect((await legs('--join', '3,4')).slice(2, 4)).toEqual([1, 1]);
  expect((await legs('--join', '3,4', '--cut', '3,4')).slice(2, 4)).toEqual([0, 0]);
  const wrong = await sipglass(['calls', sample, '--json', '--join', '3,99999']);
  expect(wrong).toMatchObject({ status: 1, stdout: '' });
  const { stdout } = await sipglass(['ladder', sample, '--call', '3', '--join', '3,4', '--with-legs']);
  expect(stdout).toContain('2 calls');
});
