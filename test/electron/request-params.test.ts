import { expect, test } from 'vitest';
import { checkedParams, requestNames } from '../../electron/request-params.ts';
import type { RequestName } from '../../electron/channels.ts';

/** The main process takes from a window only what each question is made of. */
const good: Readonly<Record<RequestName, readonly unknown[]>> = {
  ready: [{ ports: [] }, { ports: [5060, 65535] }],
  use: [{ ports: [5080] }],
  useTheme: ['dark', 'system'],
  open: [
    { kind: 'dialog' },
    { kind: 'sample' },
    { kind: 'again' },
    { kind: 'recent', paths: ['/a.pcap'] },
    { kind: 'left', id: 'sipglass-20261123T093804-4711-075e-00011.pcapng' },
    { kind: 'live', live: { source: { from: 'interface', interface: 'lo', backend: 'tcpdump' }, bpf: 'port 5060' } },
    { kind: 'live', live: { source: { from: 'ssh', host: 'a@b', port: 2222, interface: 'any', program: 'dumpcap' } } },
    {
      kind: 'live',
      live: {
        source: { from: 'hep', address: '::', port: 9060 },
        hepTo: { address: 'homer', port: 9060 },
        calls: 1000,
      },
    },
  ],
  openPaths: [[], ['/a.pcap', '/b.pcap']],
  closeCapture: [null],
  recents: [null],
  forgetRecent: [null, ['/a.pcap']],
  chooseTarget: [{ id: 3, suggestedName: 'ladder.svg' }],
  liveInterfaces: [null],
  livePrograms: [null],
  checkBpf: ['', 'port 5060'],
  leftBehind: [null],
  removeLeft: ['sipglass-20261123T093804-4711-075e-00011.pcapng'],
  saveLeft: ['sipglass-20261123T093804-4711-075e-00011.pcapng'],
  copyText: ['', 'text'],
  copyPng: [new Uint8Array(4)],
};

const rubbish: Readonly<Record<RequestName, readonly unknown[]>> = {
  ready: [{}, { ports: [0] }, { ports: [65536] }, { ports: [1.5] }, { ports: Array.from({ length: 65 }, () => 5060) }],
  use: [{ ports: '5060' }],
  useTheme: ['blue'],
  open: [
    { kind: 'file', path: '/etc/passwd' },
    { kind: 'recent' },
    { kind: 'recent', paths: [] },
    { kind: 'left' },
    { kind: 'left', id: '' },
    { kind: 'live' },
    { kind: 'live', live: { source: { from: 'file', path: '/etc/passwd' } } },
    // Where files go is not for a page to say.
    { kind: 'live', live: { source: { from: 'hep' }, folder: '/etc' } },
    { kind: 'live', live: { source: { from: 'interface', interface: 'lo', backend: 'sh' } } },
    { kind: 'live', live: { source: { from: 'hep', port: 0 } } },
    { kind: 'live', live: { source: { from: 'hep' }, calls: 10 } },
  ],
  openPaths: [[''], [7], Array.from({ length: 65 }, () => '/a.pcap'), ['x'.repeat(9000)]],
  closeCapture: ['now'],
  recents: [{}],
  forgetRecent: [[]],
  chooseTarget: [{ id: '3', suggestedName: 'a' }, { id: 3 }],
  liveInterfaces: ['lo'],
  livePrograms: [{}],
  checkBpf: [null, 'x'.repeat(10_001)],
  leftBehind: [[]],
  removeLeft: ['', null, ['/etc/passwd']],
  saveLeft: ['', 7],
  copyText: [null],
  copyPng: [[1, 2, 3], 'PNG'],
};

const everywhere = [undefined, 5, () => undefined, { __proto__: null }];

test('every question has its check, and takes what it is made for', () => {
  expect([...requestNames].sort()).toEqual(Object.keys(good).sort());
  for (const name of requestNames) for (const params of good[name]) expect(checkedParams(name, params)).toEqual(params);
});

test.each(requestNames)('“%s” refuses everything else in a sentence', (name) => {
  for (const params of [...rubbish[name], ...everywhere])
    expect(() => checkedParams(name, params)).toThrow(`“${name}” was asked with something it does not take`);
});

test('what a window adds on its own is left out', () => {
  expect(checkedParams('use', { ports: [5060], inputs: ['/etc/passwd'] })).toEqual({ ports: [5060] });
});
