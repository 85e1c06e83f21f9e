import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LegGroup } from '../../core/contract/legs.ts';
import type { LocalClient } from '../../core/host/local.ts';
import { opened } from '../capture-session.ts';
import { writeTalk, type Said } from './talk.ts';

/** Legs over two B2BUAs in a row, found from either end, and what the user says about them. */

const folder = mkdtempSync(join(tmpdir(), 'legs-'));
let client: LocalClient;

function invite(call: string, from: string, to: string, headers: Said['headers'] = []): Said {
  return { from, to, what: 'INVITE', vias: [`${from} ${call}`], call, headers };
}

beforeAll(async () => {
  const path = join(folder, 'chain.pcap');
  writeTalk(path, [
    invite('one', '10.0.0.1:5060', '10.0.0.2:5060'),
    invite('two', '10.0.0.2:5070', '10.0.0.3:5060', [['X-Call-ID', 'one']]),
    invite('three', '10.0.0.3:5070', '10.0.0.4:5060', [['X-Other', 'two']]),
    invite('else', '10.0.0.8:5060', '10.0.0.9:5060'),
  ]);
  ({ client } = await opened(path));
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

function ids(groups: readonly LegGroup[]): string[][] {
  return groups.map(({ calls }) => calls.map(({ callId }) => callId));
}

describe('legs', () => {
  test('a header of one’s own is one of many, and its links go on over any number of steps', async () => {
    expect(ids(await client.ask('legs', {}))).toEqual([['one', 'two', 'three']]);
    const byHeader = await client.ask('legs', { headers: ['X-Other'], calls: ['one'] });
    expect(ids(byHeader)).toEqual([['one', 'two', 'three']]);
    expect(byHeader[0]?.links.flatMap(({ evidence }) => evidence.map(({ kind }) => kind))).toContain('header');
  });

  test('what the user joins and cuts goes before what was found', async () => {
    expect(ids(await client.ask('legs', { join: [['one', 'else']], calls: ['else'] }))[0]).toContain('one');
    const cut = await client.ask('legs', { cut: [['one', 'two']], calls: ['one'] });
    expect(ids(cut)).toEqual([['one']]);
    expect(cut[0]?.cut).toEqual([['one', 'two']]);
  });

  test('words for calls that are not here do no harm: they are of another capture', async () => {
    const groups = await client.ask('legs', { join: [['one', 'nowhere']], cut: [['x', 'y']], calls: ['one'] });
    expect(ids(groups)[0]).not.toContain('nowhere');
  });

  test('one ladder over all legs, with the host that ties them as one lane', async () => {
    const scene = await client.ask('ladder', { calls: ['one'], withLegs: true });
    expect(scene.calls.map(({ callId }) => callId)).toEqual(['one', 'two', 'three']);
    expect(scene.lanes.find(({ key }) => key.startsWith('10.0.0.2'))?.role).toBe('B2BUA');
    const alone = await client.ask('ladder', { calls: ['one'] });
    expect(alone.calls).toHaveLength(1);
  });

  test('a document of all legs says why they belong together', async () => {
    let out = '';
    const onChunk = (chunk: Uint8Array): void => void (out += Buffer.from(chunk).toString());
    await client.ask('exportLadder', { calls: ['three'], withLegs: true, format: 'text', width: 200 }, { onChunk });
    expect(out).toMatch(/^Legs:\nA and B are legs of one call \(\d+ %\): X-Call-ID of frame 2 is the Call-ID/mu);
    expect(out).toMatch(/^B and C are legs of one call/mu);
  });

  test('packets of one leg, of all legs, and of what the user left of them', async () => {
    const packets = async (query: object): Promise<number> =>
      (await client.ask('extract', { calls: ['one'], ...query }, { onChunk: () => undefined })).packets;
    expect(await packets({})).toBe(1);
    expect(await packets({ withLegs: true })).toBe(3);
    expect(await packets({ withLegs: true, legs: { cut: [['one', 'two']] } })).toBe(1);
  });
});
