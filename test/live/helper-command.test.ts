import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dumpcapCommand, tcpdumpCommand } from '../../core/live/helper-command.ts';
import { understand } from '../../core/live/helper-words.ts';
import { rightsHint } from '../../core/live/rights.ts';
import { KEEPER } from '../../core/live/keeper.ts';
import { quoted, sshCommand } from '../../core/live/ssh.ts';

test('dumpcap and tcpdump are told the same: all of each packet, a large buffer, the filter as one word', () => {
  const options = { bpf: 'port 5060 or port 5061', snapLength: 200 };
  expect(dumpcapCommand('/usr/bin/dumpcap', 'lo', options)).toEqual({
    program: '/usr/bin/dumpcap',
    args: ['-q', '-B', '128', '-i', 'lo', '-w', '-', '-s', '200', '-f', 'port 5060 or port 5061'],
  });
  expect(tcpdumpCommand('tcpdump', 'lo', options).args).toEqual([
    '-n',
    '-U',
    '--immediate-mode',
    '-B',
    '131072',
    '-i',
    'lo',
    '-w',
    '-',
    '-s',
    '200',
    '--',
    'port 5060 or port 5061',
  ]);
  expect(tcpdumpCommand('tcpdump', 'lo', { bpf: '  ' }).args).not.toContain('--');
  expect(dumpcapCommand('dumpcap', 'lo', {}).args).not.toContain('-f');
});

test('what looks like an option is no interface and no host', () => {
  for (const name of ['-w/etc/passwd', '', '--', 'a\nb', 'a\0b']) {
    expect(() => dumpcapCommand('dumpcap', name, {})).toThrow('is no name of an interface or a host');
    expect(() => tcpdumpCommand('tcpdump', name, {})).toThrow('is no name of an interface or a host');
    expect(() => sshCommand('ssh', { from: 'ssh', host: name, interface: 'eth0' }, {})).toThrow('is no name of');
  }
});

test('ssh asks nobody, and leaves out what it sends itself', () => {
  const { program, args } = sshCommand(
    '/usr/bin/ssh',
    { from: 'ssh', host: 'me@proxy', port: 2222, interface: 'eth0' },
    { bpf: 'port 5060 or port 5070' },
  );
  expect([program, ...args.slice(0, -1)].join(' ')).toBe(
    '/usr/bin/ssh -o BatchMode=yes -o ConnectTimeout=10 -T -p 2222 -- me@proxy',
  );
  expect(args.at(-1)).toBe(
    `sh -c ${quoted(KEEPER)} sh tcpdump -n -U --immediate-mode -B 131072 -i eth0 -w - -s 262144 -- 'not tcp port 2222 and (port 5060 or port 5070)'`,
  );
  const other = sshCommand('ssh', { from: 'ssh', host: 'proxy', interface: 'any', program: 'dumpcap' }, {});
  expect(other.args.at(-1)).toContain(" sh dumpcap -q -B 128 -i any -w - -f 'not tcp port 22'");
});

test('a shell takes every word as it was meant', () => {
  const word = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 30 }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const line = `printf '%s\\0' ${words.map(quoted).join(' ')}`;
      expect(execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' })).toBe(words.map((one) => `${one}\0`).join(''));
    }),
    { seed: 5, numRuns: 40 },
  );
  expect(quoted('a b')).toBe("'a b'");
});

test.each([
  ["Packets received/dropped on interface 'lo': 10/3 (pcap:3/dumpcap:0/flushed:0/ps_ifdrop:0)", 'dropped 3'],
  ['7 packets dropped by kernel', 'dropped 7'],
  ['1 packet dropped by interface', 'dropped 1'],
  ["Capturing on 'Loopback: lo'", 'nothing'],
  ['tcpdump: listening on lo, link-type EN10MB (Ethernet), snapshot length 262144 bytes', 'nothing'],
  ['listening on lo', 'nothing'],
  ['12 packets captured', 'nothing'],
  ['24 packets received by filter', 'nothing'],
  ['Packets captured: 24', 'nothing'],
  ['', 'nothing'],
  ["tcpdump: lo: You don't have permission to perform this capture on that device", 'refused for rights'],
  ['dumpcap: You do not have permission to capture on device "eth0".', 'refused for rights'],
  ['(socket: Operation not permitted)', 'refused for rights'],
  ['me@proxy: Permission denied (publickey,password).', 'refused'],
  ['dumpcap: There is no device named "nosuch".', 'refused'],
  ['tcpdump: nosuch: No such device exists', 'refused'],
  ['ssh: Could not resolve hostname nosuch: Name or service not known', 'refused'],
  ["tcpdump: can't parse filter expression: syntax error", 'refused'],
  [
    "node: ../src/binding.cc:190: static void Pcap::cb_packets(uv_poll_t*, int, int): Assertion `status == 0' failed.",
    'refused',
  ],
  ['Warning: Permanently added proxy to the list of known hosts.', 'other'],
])('understands “%s”: %s', (line, meant) => {
  const word = understand(line);
  const text =
    word === null
      ? 'nothing'
      : word.kind === 'dropped'
        ? `dropped ${word.packets}`
        : word.kind === 'refused'
          ? `refused${word.rights ? ' for rights' : ''}`
          : word.kind;
  expect(text).toBe(meant);
});

test('where rights are missing the small program gets them, never all of this', () => {
  for (const backend of ['dumpcap', 'tcpdump', 'cap'] as const) {
    const hint = rightsHint(backend, '/usr/bin/some program');
    expect(hint).toMatch(/setcap|usermod|chgrp/u);
    // “sudo” stands before the one command that gives rights, never before ours.
    expect(hint).not.toMatch(/sudo (?:-E )?(?:sipglass|node|npm|npx|electron)/u);
    expect(hint).not.toMatch(/as root|chmod \+s|chmod u\+s|setcap [^;]*node/u);
  }
  if (process.platform !== 'linux') return;
  expect(rightsHint('tcpdump', '/usr/bin/tcp dump')).toContain(
    "sudo setcap cap_net_raw,cap_net_admin=eip '/usr/bin/tcp dump'",
  );
  expect(rightsHint('dumpcap', '/usr/bin/dumpcap')).toMatch(/sudo usermod -aG wireshark \S+ and log in again/u);
});
