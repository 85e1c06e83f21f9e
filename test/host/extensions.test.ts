import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ExtensionsRow } from '../../core/contract/extensions.ts';
import type { Header } from '../../fixtures/builder/index.ts';
import { opened } from '../capture-session.ts';
import { writeTalk, type Said } from './talk.ts';

const folder = mkdtempSync(join(tmpdir(), 'extensions-'));
afterAll(() => rmSync(folder, { recursive: true }));

const A = '10.0.0.5:5060';
const B = '10.0.0.6:5060';

function said(from: string, what: string, cseq: string, headers: readonly Header[] = []): Said {
  const to = from === A ? B : A;
  const by = /^\d/u.test(what) ? to : from;
  return { from, to, what, vias: [`${by} ${cseq.replaceAll(' ', '')}${by.slice(7, 8)}`], cseq, headers };
}

async function extensionsOf(name: string, talk: readonly Said[]): Promise<ExtensionsRow> {
  const path = join(folder, `${name}.pcap`);
  writeTalk(path, talk);
  const { client } = await opened(path);
  try {
    const { rows } = await client.ask('extensions', { from: 0, count: 10 });
    const [row] = rows;
    if (row === undefined) throw new Error('no call');
    return row;
  } finally {
    await client.close();
  }
}

test('a provisional response without PRACK, and a session timer with who refreshes it', async () => {
  const row = await extensionsOf('timer', [
    said(A, 'INVITE', '1 INVITE', [
      ['Supported', 'timer, 100rel'],
      ['Session-Expires', '1800'],
      ['Min-SE', '90'],
    ]),
    said(B, '183 Session Progress', '1 INVITE', [
      ['Require', '100rel'],
      ['RSeq', '17'],
    ]),
    said(A, 'PRACK', '2 PRACK', [['RAck', '17 1 INVITE']]),
    said(B, '200 OK', '2 PRACK'),
    said(B, '180 Ringing', '1 INVITE', [
      ['Require', '100rel'],
      ['RSeq', '18'],
    ]),
    said(B, '200 OK', '1 INVITE', [
      ['Require', 'timer'],
      ['Session-Expires', '600;refresher=uac'],
    ]),
    said(A, 'UPDATE', '3 UPDATE', [['Session-Expires', '600;refresher=uac']]),
    said(B, '200 OK', '3 UPDATE', [['Session-Expires', '600;refresher=uac']]),
  ]);
  expect(row.reliable).toEqual({ rseq: [17, 18], pracks: 1, unacknowledged: [18] });
  expect(row.timer).toEqual({ expires: 600, minSe: 90, refresher: 'caller', refreshes: 1 });
  expect(row.used.find(({ name }) => name === '100rel')?.explanation).toContain('no PRACK for RSeq 18');
});

test.each([
  ['421 Extension Required', [['Require', 'timer']], ['timer']],
  ['420 Bad Extension', [['Unsupported', 'foo']], ['foo']],
  ['422 Session Interval Too Small', [['Min-SE', '600']], ['600']],
  ['405 Method Not Allowed', [['Allow', 'INVITE, ACK']], ['INVITE']],
] as [string, Header[], string[]][])('%s', async (status, headers, names) => {
  const row = await extensionsOf(status.slice(0, 3), [
    said(A, 'INVITE', '1 INVITE', [
      ['Require', 'foo'],
      ['Session-Expires', '90'],
    ]),
    said(B, status, '1 INVITE', headers),
  ]);
  expect(row.refusals).toMatchObject([{ status: Number(status.slice(0, 3)), names, by: B }]);
  expect(row.summary).toContain(names[0]);
});

test('what is offered and not used is told apart', async () => {
  const row = await extensionsOf('unused', [
    said(A, 'INVITE', '1 INVITE', [['Supported', '100rel, timer, replaces']]),
    said(B, '200 OK', '1 INVITE', [['Supported', 'replaces']]),
  ]);
  expect(row.used).toMatchObject([
    { name: '100rel', used: false },
    { name: 'timer', used: false },
  ]);
  expect(row.sides.map(({ side, supported }) => [side, supported])).toEqual([
    ['caller', ['100rel', 'timer', 'replaces']],
    ['callee', ['replaces']],
  ]);
});
