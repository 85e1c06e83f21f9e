import { expect, test } from 'vitest';
import { checkedParams, requestNames } from '../../electron/request-params.ts';
import type { RequestName } from '../../electron/channels.ts';

/** The main process takes from a window only what each question is made of. */
const good: Readonly<Record<RequestName, readonly unknown[]>> = {
  ready: [{ ports: [] }, { ports: [5060, 65535] }],
  use: [{ ports: [5080] }],
  useTheme: ['dark', 'system'],
  open: [{ kind: 'dialog' }, { kind: 'sample' }, { kind: 'again' }, { kind: 'recent', paths: ['/a.pcap'] }],
  openPaths: [[], ['/a.pcap', '/b.pcap']],
  closeCapture: [null],
  recents: [null],
  forgetRecent: [null, ['/a.pcap']],
  chooseTarget: [{ id: 3, suggestedName: 'ladder.svg' }],
  copyText: ['', 'text'],
  copyPng: [new Uint8Array(4)],
};

const rubbish: Readonly<Record<RequestName, readonly unknown[]>> = {
  ready: [{}, { ports: [0] }, { ports: [65536] }, { ports: [1.5] }, { ports: Array.from({ length: 65 }, () => 5060) }],
  use: [{ ports: '5060' }],
  useTheme: ['blue'],
  open: [{ kind: 'file', path: '/etc/passwd' }, { kind: 'recent' }, { kind: 'recent', paths: [] }],
  openPaths: [[''], [7], Array.from({ length: 65 }, () => '/a.pcap'), ['x'.repeat(9000)]],
  closeCapture: ['now'],
  recents: [{}],
  forgetRecent: [[]],
  chooseTarget: [{ id: '3', suggestedName: 'a' }, { id: 3 }],
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
