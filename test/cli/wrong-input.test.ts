import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lines, sipglass } from './run.ts';

/** Wrong input gives one clear sentence, the right exit status, nothing on standard output, and nothing half-written. */
const folder = mkdtempSync(join(tmpdir(), 'sipglass-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const sample = 'fixtures/sample-day.pcapng';
const text = join(folder, 'letter.txt');
const empty = join(folder, 'empty.pcap');
writeFileSync(text, 'Dear customer, your call could not be completed.\n');
writeFileSync(empty, '');

const cases: readonly (readonly [string, readonly string[], number, RegExp])[] = [
  ['no file', ['calls', 'nosuch.pcap'], 1, /^sipglass: nosuch\.pcap: no such file\n$/],
  ['a directory', ['calls', folder], 1, /is a directory\n$/],
  ['not a capture', ['stats', text], 1, /not a capture file/],
  ['an empty file', ['messages', empty, '--json'], 1, /is empty/],
  ['one good and one missing file', ['calls', sample, 'nosuch.pcap'], 1, /no such file/],
  ['an unknown command', ['frobnicate'], 2, /unknown command 'frobnicate'/],
  ['an unknown option', ['calls', sample, '--frobnicate'], 2, /unknown option '--frobnicate'/],
  ['no capture', ['calls'], 2, /missing required argument 'capture'/],
  [
    'a bad filter',
    ['calls', sample, '--filter', 'status >'],
    2,
    /in the filter, column \d+: .*\n {2}status >\n {2} +\^/,
  ],
  ['an unknown field', ['calls', sample, '--filter', 'metod == "INVITE"'], 2, /column 1: .*method/],
  ['a bad port', ['calls', sample, '--port', '70000'], 2, /“70000” is not a port/],
  ['no call named', ['ladder', sample], 2, /which call\?/],
  ['a call that is not there', ['ladder', sample, '--call', '999999'], 1, /there is no call “999999”/],
  ['an unknown format', ['ladder', sample, '--call', '1', '--format', 'docx'], 2, /Allowed choices are svg/],
  ['a frame without SIP', ['message', sample, '--frame', '999999'], 1, /there is no frame 999999/],
  ['a frame that is no number', ['message', sample, '--frame', 'x1'], 2, /not a whole number/],
  ['frames that are not two', ['diff', sample, '--frames', '12'], 2, /not two frame numbers/],
  ['json and csv', ['calls', sample, '--json', '--csv'], 2, /exclude each other/],
  ['no output for extract', ['extract', sample, '--call', '1'], 2, /required option '-o/],
  ['a folder that is not there', ['calls', sample, '-o', join(folder, 'no', 'out.txt')], 1, /there is no directory/],
  ['standard input twice', ['calls', '-', '-'], 1, /can be read only once/],
];

test.each(cases)('%s', async (_name, args, status, said) => {
  const ran = await sipglass(args, new Uint8Array(0));
  expect(ran.stderr).toMatch(said);
  expect(ran.stderr).not.toMatch(/\n\s+at .*\.[jt]s/);
  expect(ran.status).toBe(status);
  expect(ran.stdout).toBe('');
});

test('a failed export leaves nothing behind, and an existing file as it was', async () => {
  const out = join(folder, 'ladder.svg');
  writeFileSync(out, 'mine');
  const ran = await sipglass(['ladder', sample, '--call', '999999', '--format', 'svg', '-o', out]);
  expect(ran.status).toBe(1);
  expect(readFileSync(out, 'utf8')).toBe('mine');
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a capture is never overwritten by what is made of it', async () => {
  const copy = join(folder, 'copy.pcapng');
  const bytes = readFileSync(sample);
  writeFileSync(copy, bytes);
  const ran = await sipglass(['extract', copy, '--call', '1', '-o', copy]);
  expect(ran.stderr).toMatch(/is a capture that is being read/);
  expect(ran.status).toBe(1);
  expect(readFileSync(copy).equals(bytes)).toBe(true);
});

test('a capture that was cut off is read to there: exit status 0, one warning', async () => {
  const cut = join(folder, 'cut.pcapng');
  writeFileSync(cut, readFileSync(sample).subarray(0, 100_001));
  const ran = await sipglass(['calls', cut, '--json']);
  expect(ran.status).toBe(0);
  expect(ran.stderr).toMatch(/^sipglass: warning: .*cut\.pcapng: cut short .*everything before it was read\n$/);
  expect(lines(ran.stdout).length).toBeGreaterThan(5);
});

test.runIf(process.platform === 'linux')('a full disk is said', async () => {
  const ran = await sipglass(['messages', sample, '--json', '-o', '/dev/full']);
  expect(ran.status).toBe(1);
  expect(ran.stderr).toMatch(/cannot be written/);
});
