import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  chmodSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { CaptureError } from '../../core/capture/reader.ts';
import { writeOutput } from '../../core/capture/write-file.ts';
import type { OutputOptions } from '../../core/capture/write-file.ts';
import { testFolder } from './folder.ts';

const path = testFolder();
const posix = process.platform !== 'win32';

function folder(name: string): string {
  mkdirSync(path(name));
  return path(name);
}

async function refusal(name: string, options: OutputOptions = {}): Promise<string> {
  try {
    await writeOutput(name, ['text'], options);
  } catch (error) {
    if (error instanceof CaptureError) return error.message;
    throw error;
  }
  return 'was not refused';
}

test('writes text and bytes, in order, and leaves nothing else in the directory', async () => {
  const place = folder('plain');
  const name = join(place, 'out.txt');
  await writeOutput(name, ['one ', Uint8Array.of(0x32), ' three']);
  expect(readFileSync(name, 'utf8')).toBe('one 2 three');
  await writeOutput(name, ['new']);
  expect(readFileSync(name, 'utf8')).toBe('new');
  expect(readdirSync(place)).toEqual(['out.txt']);
});

test('the old file stays until the new one is whole', async () => {
  const place = folder('old');
  const name = join(place, 'out.txt');
  writeFileSync(name, 'old');
  const seen: string[] = [];
  const late = async function* late(): AsyncGenerator<string> {
    yield 'new';
    seen.push(readFileSync(name, 'utf8'));
    await Promise.resolve();
  };
  await writeOutput(name, late());
  expect([seen, readFileSync(name, 'utf8')]).toEqual([['old'], 'new']);
});

test('where making the text fails, the old file stays and no other is left', async () => {
  const place = folder('fails');
  const name = join(place, 'out.txt');
  writeFileSync(name, 'old');
  const failing = function* failing(): Generator<string> {
    yield 'half';
    throw new Error('no more');
  };
  await expect(writeOutput(name, failing())).rejects.toThrow('no more');
  expect([readdirSync(place), readFileSync(name, 'utf8')]).toEqual([['out.txt'], 'old']);
});

test('a capture that is being read is not overwritten, under whatever name', async () => {
  const place = folder('inputs');
  const input = join(place, 'in.pcap');
  writeFileSync(input, 'capture');
  linkSync(input, join(place, 'hard.pcap'));
  symlinkSync(input, join(place, 'soft.pcap'));
  for (const name of ['in.pcap', 'hard.pcap', 'soft.pcap']) {
    const output = join(place, name);
    const options = { inputs: ['-', join(place, 'missing'), input] };
    expect(await refusal(output, options)).toBe(`${output}: is a capture that is being read, and is not overwritten`);
  }
  expect(readFileSync(input, 'utf8')).toBe('capture');
});

test('what cannot be written is refused with one sentence', async () => {
  const place = folder('refused');
  writeFileSync(join(place, 'file'), '');
  expect(await refusal(place)).toBe(`${place}: is a directory`);
  expect(await refusal(join(place, 'no', 'out'))).toBe(
    `${join(place, 'no', 'out')}: cannot be written: there is no directory ${join(place, 'no')}`,
  );
  expect(await refusal(join(place, 'file', 'out'))).toBe(
    `${join(place, 'file', 'out')}: cannot be written: there is no directory ${join(place, 'file')}`,
  );
  expect(await refusal('')).toBe('output: cannot be written: there is no directory .');
  // Root may write everywhere.
  if (posix && process.getuid?.() !== 0) {
    chmodSync(place, 0o500);
    expect(await refusal(join(place, 'out'))).toBe(`${join(place, 'out')}: cannot be written: permission denied`);
    chmodSync(place, 0o700);
  }
});

test.skipIf(!posix)('a symbolic link stays one, a file keeps its mode, a device is written as it is', async () => {
  const place = folder('kept');
  writeFileSync(join(place, 'file'), 'old', { mode: 0o640 });
  chmodSync(join(place, 'file'), 0o640);
  symlinkSync('file', join(place, 'link'));
  await writeOutput(join(place, 'link'), ['new']);
  expect(readdirSync(place).sort()).toEqual(['file', 'link']);
  expect(readFileSync(join(place, 'file'), 'utf8')).toBe('new');
  expect(statSync(join(place, 'file')).mode & 0o777).toBe(0o640);
  await writeOutput('/dev/null', ['gone']);
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  expect(existsSync('/dev/.sipglass')).toBe(false);
});

test.skipIf(process.platform !== 'linux')('a full disk is told in a sentence', async () => {
  expect(await refusal('/dev/full')).toBe('/dev/full: cannot be written: the disk is full');
});

test('`-` is standard output, which stays open', async () => {
  const stdout = new PassThrough();
  await writeOutput('-', ['one ', 'two'], { stdout });
  expect(String(stdout.read())).toBe('one two');
  expect(stdout.writableEnded).toBe(false);
});

test('a reader that went away is no error, a broken output is', async () => {
  const broken = (code: string): Writable =>
    new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) });
  await writeOutput('-', ['one', 'two'], { stdout: broken('EPIPE') });
  expect(await refusal('-', { stdout: broken('ENOSPC') })).toBe('standard output: cannot be written: the disk is full');
});
