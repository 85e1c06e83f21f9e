import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sipglass } from './run.ts';

/** Lanes of a drawing as the command line asks for them. */
const sample = join(import.meta.dirname, '..', '..', 'fixtures', 'sample-day.pcapng');

async function lanesOf(...options: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await sipglass(['ladder', sample, '--call', '11', '--format', 'json', ...options]);
  expect(stderr).toBe('');
  const { scene } = JSON.parse(stdout) as { readonly scene: { readonly lanes: readonly { readonly title: string }[] } };
  return scene.lanes.map(({ title }) => title);
}

test('lanes are named, put together and put in order', async () => {
  const own = await lanesOf();
  const [caller = '', proxy = '', callee = ''] = own;
  expect(own).toHaveLength(3);
  expect(await lanesOf('--lanes', 'host')).toEqual(own);
  expect(await lanesOf('--name', `px=${proxy}`)).toEqual([caller, 'px', callee]);
  expect(await lanesOf('--name', `both=${proxy},${callee}`)).toEqual([caller, 'both']);
  expect(await lanesOf('--name', `px=${proxy}`, '--order', `px,${callee}`)).toEqual(['px', callee, caller]);
});

test('CSeq and media are left out on request', async () => {
  const drawn = async (...options: readonly string[]): Promise<string> =>
    (await sipglass(['ladder', sample, '--call', '11', '--width', '200', ...options])).stdout;
  expect(await drawn()).toMatch(/CSeq.*20 ms/u);
  expect(await drawn('--no-cseq')).not.toContain('CSeq');
  expect(await drawn('--no-sdp')).not.toContain('20 ms');
});

test('times are seconds, or of the day', async () => {
  const drawn = async (...options: readonly string[]): Promise<string> =>
    (await sipglass(['ladder', sample, '--call', '11', ...options])).stdout;
  expect(await drawn()).toMatch(/^ *0\.000 /mu);
  expect(await drawn('--times', 'clock')).toMatch(/^ *UTC .*\n(?:.*\n)?\d\d:\d\d:\d\d\.\d{3} /mu);
});

test('a name without an address is refused', async () => {
  const { status, stderr } = await sipglass(['ladder', sample, '--call', '11', '--name', 'px=proxy']);
  expect(status).toBe(2);
  expect(stderr).toContain('NAME=address[:port]');
});
