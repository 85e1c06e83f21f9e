import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LadderArrow } from '../../../core/contract/ladder.ts';
import type { LocalClient } from '../../../core/host/local.ts';
import { opened } from '../../capture-session.ts';
import { writeTalk } from '../talk.ts';

/** What hops changed, as marks on arrows: a proxy that only does what all do gets none. */

const folder = mkdtempSync(join(tmpdir(), 'changes-'));
let client: LocalClient;

const caller = '10.0.0.1:5060';
const proxy = '10.0.0.2:5060';
const callee = '10.0.0.3:5060';

beforeAll(async () => {
  const path = join(folder, 'rewritten.pcap');
  const own = `${caller} a`;
  const added = `${proxy} p`;
  writeTalk(path, [
    { from: caller, to: proxy, what: 'INVITE', vias: [own], headers: [['Max-Forwards', '70']] },
    {
      from: proxy,
      to: callee,
      what: 'INVITE',
      vias: [added, own],
      headers: [
        ['Max-Forwards', '69'],
        ['Record-Route', `<sip:${proxy};lr>`],
        ['P-Asserted-Identity', '<sip:100@example.org>'],
        ['X-\u{202E}odd', 'yes'],
      ],
    },
    { from: callee, to: proxy, what: '180 Ringing', vias: [added, own] },
    { from: proxy, to: caller, what: '180 Ringing', vias: [own] },
  ]);
  ({ client } = await opened(path));
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

test('the changes of a request, and how many are worth a mark', async () => {
  const [found, ...others] = await client.ask('hopChanges', { rows: [0, 1, 2, 3] });
  expect(found).toMatchObject({ row: 1, before: { row: 0, frame: 1 }, marked: 2 });
  expect(found?.changes.map(({ header }) => header)).toEqual(
    expect.arrayContaining(['Via', 'Max-Forwards', 'Record-Route', 'P-Asserted-Identity']),
  );
  // The response came on the hop behind, and lost nothing but its Via.
  expect(others).toMatchObject([{ row: 3, before: { row: 2, frame: 3 }, marked: 0 }]);
});

test('arrows have marks where something changed, with words that are safe to show', async () => {
  const scene = await client.ask('ladder', { calls: [1], part: { from: 0, count: 10 } });
  const arrows = scene.items.filter((item): item is LadderArrow => item.kind === 'arrow');
  expect(arrows.map(({ changed }) => changed?.count ?? 0)).toEqual([0, 2, 0, 0]);
  expect(arrows[1]?.changed?.words).toContain('P-Asserted-Identity');
  expect(arrows[1]?.changed?.words).not.toContain('\u{202E}');
});

test('a row that there is not is said so', async () => {
  await expect(client.ask('hopChanges', { rows: [99] })).rejects.toThrow('there is no row 99');
});

test('documents draw the marks, tell them in words, and say which way the requests took', async () => {
  let html = '';
  await client.ask(
    'exportLadder',
    { calls: [1], format: 'html' },
    {
      onChunk: (bytes) => {
        html += new TextDecoder().decode(bytes);
      },
    },
  );
  expect(html).toContain('±2');
  expect(html).toContain('changed since #1 (2): ');
  expect(html).toContain('Paths and forks');
  expect(html).toContain('INVITE 1: From 10.0.0.1:5060 over 10.0.0.2:5060 to 10.0.0.3:5060');
});
