import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { expect, test } from 'vitest';
import { checkBpf } from '../../core/live/check-bpf.ts';
import { liveInterfaces, readNames, TCPDUMP_LINE, DUMPCAP_LINE } from '../../core/live/interfaces.ts';
import { findProgram, needProgram } from '../../core/live/programs.ts';
import { chooseHelper, livePrograms } from '../../core/live/sources.ts';
import { testFolder } from '../capture/folder.ts';

const at = testFolder();

function program(folder: string, name: string, mode = 0o755): string {
  mkdirSync(at(folder), { recursive: true });
  writeFileSync(at(`${folder}/${name}`), '#!/bin/sh\n');
  chmodSync(at(`${folder}/${name}`), mode);
  return at(`${folder}/${name}`);
}

test('finds a program on the search path, first come first, and none that cannot be run', async () => {
  const first = program('one', 'sipglass-test-tool');
  program('two', 'sipglass-test-tool');
  program('three', 'sipglass-test-other', 0o644);
  const path = [at('one'), at('two'), at('three')].join(delimiter);
  expect(await findProgram('sipglass-test-tool', path)).toBe(first);
  expect(await findProgram('sipglass-test-other', path)).toBeNull();
  expect(await findProgram(first, '')).toBe(first);
  // What lies in the current folder is run by nobody.
  expect(await findProgram('package.json', `.${delimiter}`)).toBeNull();
  await expect(needProgram('sipglass-test-other')).rejects.toThrow('sipglass-test-other is not installed');
});

test('reads the lists of interfaces of tcpdump and dumpcap', () => {
  const tcpdump = [
    '1.eth0 [Up, Running, Connected]',
    '2.any (Pseudo-device that captures on all interfaces) [Up, Running]',
    '3.ifb0 [none]',
    '4.odd (a name (in brackets)) [Running, Up]',
    'rubbish',
  ].join('\n');
  expect([...readNames(tcpdump, TCPDUMP_LINE)]).toEqual([
    ['eth0', { about: '', up: true }],
    ['any', { about: 'Pseudo-device that captures on all interfaces', up: true }],
    ['ifb0', { about: '', up: false }],
    ['odd', { about: 'a name (in brackets)', up: true }],
  ]);
  expect([...readNames('1. eth0\n2. lo (Loopback)\n', DUMPCAP_LINE).keys()]).toEqual(['eth0', 'lo']);
});

test('loopback is among the interfaces of this machine', async () => {
  const found = (await liveInterfaces()).find(({ loopback, up }) => loopback && up);
  expect(found?.addresses).toContain('127.0.0.1');
});

test('every way to capture is listed, with a sentence', async () => {
  const ways = await livePrograms();
  expect(ways.map(({ backend }) => backend)).toEqual(['dumpcap', 'tcpdump', 'cap', 'ssh', 'hep']);
  for (const { about } of ways) expect(about).not.toBe('');
});

test('HEP has no packet filter', async () => {
  await expect(chooseHelper({ source: { from: 'hep' }, bpf: 'port 5060' })).rejects.toThrow(
    'was filtered by its sender',
  );
});

test('a packet filter is checked before anything is captured', async ({ skip }) => {
  if ((await findProgram('tcpdump')) === null) skip('tcpdump is not installed');
  expect(await checkBpf('')).toBeNull();
  expect(await checkBpf('udp port 5060 or (ip[6:2] & 0x1fff != 0)')).toBeNull();
  expect(await checkBpf('porf 5060')).toMatch(/syntax error/u);
  // An option is no filter.
  expect(await checkBpf('-w /tmp/x')).not.toBeNull();
  expect(await checkBpf('host')).not.toBeNull();
});
