import { truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Recents, RECENTS } from '../../electron/recents.ts';
import { testFolder } from '../capture/folder.ts';

/** The list of captures that were open before: what it keeps, and that a damaged file of it harms nobody. */
const path = testFolder();

function capture(name: string, bytes = 10): string {
  writeFileSync(path(name), new Uint8Array(bytes));
  return path(name);
}

test('the last one opened stands first, once, and survives a restart', () => {
  const file = path('kept.json');
  const recents = new Recents(file);
  const [a, b] = [capture('a.pcap'), capture('b.pcap', 20)];
  recents.add([a], 1);
  recents.add([b], 2);
  recents.add([a], 3);
  const all = new Recents(file).all();
  expect(all.map(({ names, openedAt, bytes }) => [names, openedAt, bytes])).toEqual([
    [['a.pcap'], 3, 10],
    [['b.pcap'], 2, 20],
  ]);
});

test('files that were merged are one entry, with their sizes added', () => {
  const recents = new Recents(path('merged.json'));
  const paths = [capture('m1.pcap', 7), capture('m2.pcap', 5)];
  recents.add(paths, 1);
  expect(recents.all()).toEqual([{ paths, names: ['m1.pcap', 'm2.pcap'], openedAt: 1, bytes: 12, present: true }]);
  expect(recents.has(paths)).toBe(true);
  expect(recents.has([...paths].reverse())).toBe(false);
});

test('the list is bounded, and forgets one or all', () => {
  const recents = new Recents(path('bounded.json'));
  for (let i = 0; i < RECENTS + 5; i++) recents.add([path(`${i}.pcap`)], i);
  expect(recents.all()).toHaveLength(RECENTS);
  recents.forget([path(`${RECENTS + 4}.pcap`)]);
  expect(recents.all()).toHaveLength(RECENTS - 1);
  recents.forget(null);
  expect(recents.all()).toEqual([]);
});

test('a file that is gone is shown as gone', () => {
  const recents = new Recents(path('gone.json'));
  const file = capture('gone.pcap', 30);
  recents.add([file], 1);
  unlinkSync(file);
  expect(recents.all()).toMatchObject([{ present: false, bytes: 30 }]);
});

test('a damaged or strange file counts as an empty list', () => {
  const file = path('damaged.json');
  const recents = new Recents(file);
  recents.add([capture('d.pcap')], 1);
  truncateSync(file, 9);
  expect(new Recents(file).all()).toEqual([]);
  writeFileSync(file, '[{"paths":[],"openedAt":"yesterday"}]');
  expect(new Recents(file).all()).toEqual([]);
});

test('a name that would steer the text is shown with boxes', () => {
  const recents = new Recents(path('names.json'));
  recents.add(['/tmp/\u{202E}gnp.pacp\n.pcap'], 1);
  expect(recents.all()[0]?.names).toEqual(['\u{25A1}gnp.pacp\u{25A1}.pcap']);
});
