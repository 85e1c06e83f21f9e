import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { LadderItem, LadderScene } from '../../core/contract/ladder.ts';
import { opened } from '../capture-session.ts';

/** A ladder that is looked at in parts is the ladder that is exported. */
const sample = join(import.meta.dirname, '..', '..', 'fixtures', 'sample-day.pcapng');
const opening = opened(sample);
afterAll(async () => (await opening).client.close());

const calls = Array.from({ length: 20 }, (_, index) => index + 1);

test('parts put together are the whole', async () => {
  const { client } = await opening;
  const whole = await client.ask('ladder', { calls });
  const first = await client.ask('ladder', { calls, part: { from: 0, count: 7 } });
  expect({ ...first, items: [], index: undefined }).toEqual({ ...whole, items: [], index: undefined });
  expect(whole.index).toBeUndefined();
  expect(first.index?.y).toEqual(whole.items.map(({ y }) => y));
  expect(first.index?.row).toEqual(whole.items.map((item) => (item.kind === 'arrow' ? item.row : -1)));
  const items: LadderItem[] = [...first.items];
  while (items.length < whole.items.length) {
    const answer = await client.ask('ladderItems', { calls, part: { from: items.length, count: 50 } });
    expect(answer.of).toBe(whole.items.length);
    expect(answer.items.length).toBeGreaterThan(0);
    items.push(...answer.items);
  }
  expect(items).toEqual(whole.items);
  const behind = await client.ask('ladderItems', { calls, part: { from: items.length, count: 50 } });
  expect(behind.items).toEqual([]);
});

test('another question is another ladder', async () => {
  const { client } = await opening;
  const part = { from: 0, count: 5 };
  const even = await client.ask('ladder', { calls: [11], part });
  const toScale = await client.ask('ladder', { calls: [11], scale: 'time', part });
  expect(toScale.height).toBeGreaterThan(even.height);
  const again = await client.ask('ladderItems', { calls: [11], part });
  expect(again.items).toEqual(even.items);
});

test('an export takes the options of the screen', async () => {
  const { client } = await opening;
  const query = { calls: [11], order: ['10.0.20.10'], cseq: false, sdp: false, scale: 'time' } as const;
  const scene = await client.ask('ladder', query);
  let text = '';
  const onChunk = (chunk: Uint8Array): void => void (text += new TextDecoder().decode(chunk));
  await client.ask('exportLadder', { ...query, format: 'json' }, { onChunk });
  const written = (JSON.parse(text) as { readonly scene: LadderScene }).scene;
  // A document also says in words which ways the requests took, and what its marks mean.
  expect({ ...written, legend: scene.legend, ways: undefined }).toEqual({ ...scene, ways: undefined });
  expect(scene.lanes[0]?.key).toBe('10.0.20.10');
});
