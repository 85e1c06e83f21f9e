import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { lines, sipglass } from './run.ts';

/* The command on security associations, and its options for keys: what is wrong with them is said with its place, and without the key. */

const lab = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures', 'lab');
const here = existsSync(lab);
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-sas-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const sample = join(import.meta.dirname, '..', '..', 'fixtures', 'sample-day.pcapng');
const KEY = 'deadbeefcafe01234567';

test('a capture without ESP says so', async () => {
  const { status, stdout, stderr } = await sipglass(['sas', sample]);
  expect([status, stdout]).toEqual([0, '']);
  expect(stderr).toContain('neither IPsec ESP');
});

test('mistakes in keys are of the command line, and name no key', async () => {
  const file = join(scratch, 'keys.txt');
  writeFileSync(file, `# keys\nik=${KEY}\n`);
  for (const [args, place] of [
    [['--ik', KEY], '--ik'],
    [['--esp', `1.1.1.1,1.1.1.2,5,aes-cbc,${KEY}`], '--esp, column 27'],
    [['--keys', file], 'line 2, column 4'],
    [['--keys', join(scratch, 'none')], 'cannot be read'],
  ] as const) {
    const { status, stdout, stderr } = await sipglass(['messages', sample, ...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(place);
    expect(stderr).not.toContain(KEY.slice(0, 8));
  }
});

describe.skipIf(!here)('lab captures (skipped where the collection is not beside the project)', () => {
  test('where each key came from', async () => {
    const { status, stdout } = await sipglass(['sas', '--json', join(lab, 'ims-esp-b.pcap')]);
    expect(status).toBe(0);
    const rows = lines(stdout);
    expect(rows.filter(({ type }) => type === 'registration')).toHaveLength(2);
    expect(rows.filter(({ state }) => state === 'open').length).toBeGreaterThan(4);
    expect(rows.find(({ state }) => state === 'open')).toMatchObject({ keys: { kind: 'sip', frame: 4 } });
    const text = (await sipglass(['sas', join(lab, 'ims-esp-b.pcap')])).stdout;
    expect(text).toContain('401 in frame 4');
    const closed = (await sipglass(['sas', '--no-auto-keys', join(lab, 'ims-esp-b.pcap')])).stdout;
    expect(closed).toContain('✗ closed');
    expect(closed).not.toContain('✓ open');
  });
});
