import { afterAll, beforeAll, expect, test } from 'vitest';
import { streamSortNames, type StreamLine, type StreamSortName } from '../../../core/contract/streams.ts';
import type { LocalClient } from '../../../core/host/local.ts';
import { opened } from '../../capture-session.ts';

/** The order of the list of streams: made in the host, stable, and the same for pages, places and exports. */
let client: LocalClient;
let rows: readonly StreamLine[];

beforeAll(async () => {
  ({ client } = await opened('fixtures/sample-day.pcapng'));
  ({ rows } = await client.ask('streams', { from: 0, count: 1000 }));
});
afterAll(() => client.close());

async function sorted(by: StreamSortName, descending: boolean): Promise<readonly StreamLine[]> {
  return (await client.ask('streams', { from: 0, count: 1000, sort: { by, descending } })).rows;
}

test('every name sorts all streams, and the other way round but for those that are equal', async () => {
  const ids = rows.map(({ id }) => id).toSorted((a, b) => a - b);
  for (const by of streamSortNames) {
    const up = (await sorted(by, false)).map(({ id }) => id);
    const down = (await sorted(by, true)).map(({ id }) => id);
    expect(
      up.toSorted((a, b) => a - b),
      by,
    ).toEqual(ids);
    expect(
      down.toSorted((a, b) => a - b),
      by,
    ).toEqual(ids);
  }
});

test('equal ones stay in the order of their start, either way', async () => {
  const places = new Map(rows.map(({ id }, at) => [id, at]));
  for (const descending of [false, true]) {
    const list = await sorted('packets', descending);
    for (const [at, row] of list.entries()) {
      const next = list[at + 1];
      if (next === undefined) continue;
      expect(descending ? row.packets >= next.packets : row.packets <= next.packets).toBe(true);
      if (row.packets === next.packets) expect(places.get(row.id)).toBeLessThan(places.get(next.id) ?? 0);
    }
  }
});

test('what is wrong comes first by verdict, addresses go by their numbers', async () => {
  const worst = await sorted('verdict', true);
  expect(worst.map(({ ptime }) => ptime.verdict !== 'agree').lastIndexOf(true)).toBe(1);
  const senders = (await sorted('src', false)).map(({ src }) => src);
  expect(senders.indexOf('10.0.30.6')).toBeGreaterThan(senders.lastIndexOf('10.0.20.11'));
  expect(senders.at(-1)).toBe('203.0.113.7');
});

test('a stream’s place is that of its row; one that the filter hides has none', async () => {
  const sort = { by: 'packets', descending: true } as const;
  const list = await sorted('packets', true);
  const stream = list[2]?.id ?? 0;
  expect(await client.ask('streamPosition', { stream, sort })).toEqual({ at: 2 });
  expect(await client.ask('streamPosition', { stream, sort, filter: 'method:REGISTER' })).toEqual({ at: null });
  expect(await client.ask('streamPosition', { stream: 9999 })).toEqual({ at: null });
});

test('rows bring From and To of their call', () => {
  expect(rows[0]).toMatchObject({ from: expect.stringContaining('anna') as unknown });
  expect(rows[0]?.to).toContain('ben');
});

test('an export is in the order that is asked for', async () => {
  const texts: string[] = [];
  const onChunk = (chunk: Uint8Array): void => void texts.push(new TextDecoder().decode(chunk));
  const sort = { by: 'packets', descending: true } as const;
  await client.ask('exportTable', { what: 'streams', format: 'json', streamSort: sort }, { onChunk });
  const written = JSON.parse(texts.join('')) as readonly { readonly id: number }[];
  expect(written.map(({ id }) => id)).toEqual((await sorted('packets', true)).map(({ id }) => id));
});
