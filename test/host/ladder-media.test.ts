import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LadderArrow, LadderBand, LadderScene } from '../../core/contract/ladder.ts';
import type { LocalClient } from '../../core/host/local.ts';
import { rowsOf } from '../../core/host/ladder/ladder-input.ts';
import { openInputs } from '../../core/capture/inputs.ts';
import { Session } from '../../core/host/session.ts';
import { StreamRows } from '../../core/host/media/stream-rows.ts';
import { opened } from '../capture-session.ts';
import { message, rtp, sdp, writeCall, type Sent } from './call-script.ts';

/** What a ladder has of the media of its calls, from packets to scene. */
const folder = mkdtempSync(join(tmpdir(), 'sipglass-bands-'));
const clients: LocalClient[] = [];
afterAll(async () => {
  for (const client of clients) await client.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ladderOf(name: string, sent: readonly Sent[], rtpToo = true): Promise<LadderScene> {
  const file = join(folder, `${name}.pcap`);
  writeCall(file, sent);
  const { client } = await opened(file);
  clients.push(client);
  return client.ask('ladder', { calls: [1], rtp: rtpToo });
}

function marksOf({ items }: LadderScene): string[] {
  return items
    .filter((item): item is LadderArrow => item.kind === 'arrow')
    .flatMap(({ label, marks }) => marks.map(({ severity, text }) => `${label}, ${severity}: ${text}`));
}

function bandsOf({ items }: LadderScene): LadderBand[] {
  return items.filter((item) => item.kind === 'band');
}

/** Answered after 100 ms, over after 6 s. */
function call(offer: readonly string[], answer: readonly string[]): Sent[] {
  return [
    message(0, 'INVITE sip:b@example.org SIP/2.0', '1 INVITE', 'caller', sdp('caller', offer)),
    message(100, 'SIP/2.0 200 OK', '1 INVITE', 'callee', sdp('callee', answer)),
    message(110, 'ACK sip:b@example.org SIP/2.0', '1 ACK', 'caller'),
    message(6000, 'BYE sip:b@example.org SIP/2.0', '2 BYE', 'caller'),
    message(6010, 'SIP/2.0 200 OK', '2 BYE', 'callee'),
  ];
}

const clean = [...call(['a=ptime:20'], ['a=ptime:20']), ...rtp(120, 290, 'caller'), ...rtp(125, 290, 'callee')];

test('a clean call has two bands that end before the BYE, and no mark', async () => {
  const scene = await ladderOf('clean', clean);
  expect(bandsOf(scene).map(({ words, from, to }) => [words[0], from, to])).toStrictEqual([
    ['RTP PCMA 20 ms', 0, 1],
    ['RTP PCMA 20 ms', 1, 0],
  ]);
  expect(marksOf(scene)).toStrictEqual([]);
  const bye = scene.items.find((item) => item.kind === 'arrow' && item.label === 'BYE');
  for (const { y2 } of scene.rails) expect(y2).toBeLessThan(bye?.y ?? 0);
});

test('without RTP in the ladder nothing of it is there', async () => {
  const scene = await ladderOf('none', clean, false);
  expect(bandsOf(scene)).toStrictEqual([]);
  expect(scene.rails).toStrictEqual([]);
});

test('packets longer than maxptime are told at the INVITE that said so, and the answer that announced them at the 200', async () => {
  const scene = await ladderOf('over', [
    ...call(['a=ptime:20', 'a=maxptime:20'], ['a=ptime:30']),
    ...rtp(120, 290, 'caller'),
    ...rtp(125, 190, 'callee', 30),
  ]);
  const marks = marksOf(scene);
  expect(
    marks.some((mark) => /^INVITE, bad: .*20 ms at most \(a=maxptime\) and gets packets of 30 ms/u.test(mark)),
  ).toBe(true);
  expect(marks.some((mark) => /^200 OK, \w+: .*30 ms \(a=ptime\)/u.test(mark))).toBe(true);
});

test('a packet time that changes with a re-INVITE has a row at that moment, below the re-INVITE', async () => {
  const again = [
    message(3000, 'INVITE sip:a@example.org SIP/2.0', '2 INVITE', 'caller', sdp('caller', ['a=ptime:20'])),
    message(3020, 'SIP/2.0 200 OK', '2 INVITE', 'callee', sdp('callee', ['a=ptime:20'])),
    message(3030, 'ACK sip:b@example.org SIP/2.0', '2 ACK', 'caller'),
  ];
  const first = call(['a=ptime:40'], ['a=ptime:40']).map((sent, at) => (at < 3 ? sent : { ...sent, at: sent.at + 10 }));
  const forty = rtp(120, 73, 'callee', 40);
  const twenty = rtp(3040, 140, 'callee', 20, 146);
  const scene = await ladderOf('change', [...first, ...again, ...forty, ...twenty]);
  const change = bandsOf(scene).find(({ part }) => part === 'change');
  expect(change?.words).toStrictEqual(['RTP PCMA from here 20 ms', 'before 40 ms']);
  const invites = scene.items.filter((item) => item.kind === 'arrow' && item.label === 'INVITE');
  expect(change?.y).toBeGreaterThan(invites[1]?.y ?? Infinity);
  expect(scene.rails[0]?.ticks).toStrictEqual([change?.y]);
});

describe('of a capture in parts', () => {
  let client: LocalClient;
  beforeAll(async () => {
    ({ client } = await opened('fixtures/sample-day.pcapng'));
    clients.push(client);
  });

  test('bands are among the items, the index knows them, and the rails come with the scene', async () => {
    const whole = await client.ask('ladder', { calls: [34], rtp: true });
    const view = await client.ask('ladder', { calls: [34], rtp: true, part: { from: 0, count: 3 } });
    expect(view.items).toHaveLength(3);
    expect(view.rails).toStrictEqual(whole.rails);
    expect(view.rails).toHaveLength(4);
    expect(view.index?.bands.map(({ at, key }) => [whole.items[at]?.kind, key])).toStrictEqual(
      bandsOf(whole).map(({ key }) => ['band', key]),
    );
    const { items } = await client.ask('ladderItems', { calls: [34], rtp: true, part: { from: 0, count: 1000 } });
    expect(items.map(({ kind, y }) => [kind, y])).toStrictEqual(whole.items.map(({ kind, y }) => [kind, y]));
    expect(items.filter(({ kind }) => kind === 'band')).toStrictEqual(bandsOf(whole));
  });

  test('exports have the bands where they are asked for', async () => {
    const written = async (format: string, asked: boolean): Promise<string> => {
      const chunks: Uint8Array[] = [];
      const onChunk = (chunk: Uint8Array): void => void chunks.push(chunk.slice());
      await client.ask('exportLadder', { calls: [34], format, rtp: asked }, { onChunk });
      return Buffer.concat(chunks).toString();
    };
    for (const format of ['text', 'svg', 'html', 'mermaid', 'plantuml', 'markdown', 'json'] as const) {
      expect(await written(format, true), format).toContain('RTP');
      expect(await written(format, true), format).toMatch(/PCM[AU]|G722|opus/u);
      expect(await written(format, false), format).not.toMatch(/RTP PCM|"rails": \[\n/u);
    }
  });
});

test('the calls’ own announcements tell the same of their streams as those of all calls', async () => {
  const sample = 'fixtures/sample-day.pcapng';
  const session = new Session([sample], await openInputs([sample], { spool: true }), { ports: [], streams: true });
  await session.run({ progress: () => undefined, warning: () => undefined });
  const full = new StreamRows(session);
  expect(full.list.length).toBeGreaterThan(0);
  for (const number of new Set(full.list.map((stream) => full.callOf(stream)))) {
    const own = new StreamRows(session, rowsOf(session, number));
    const of = (rows: StreamRows): unknown =>
      rows.list.filter((stream) => rows.callOf(stream) === number).map((stream) => rows.row(stream));
    expect(of(own)).toEqual(of(full));
  }
  await session.close();
});
