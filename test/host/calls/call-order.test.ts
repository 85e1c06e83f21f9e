import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callSortNames, type CallList, type CallSortName, type TableExport } from '../../../core/contract/api.ts';
import type { CallRow, MessageRow } from '../../../core/contract/model.ts';
import type { LocalClient } from '../../../core/host/local.ts';
import { opened, table } from '../../capture-session.ts';

/** The list of calls: orders, places, headers and tables, against rows sorted here. */
const captures = ['sample-day.pcapng', 'states.pcap'].map((name) =>
  join(import.meta.dirname, '..', '..', '..', 'fixtures', name),
);
const hosts: { client: LocalClient; calls: CallRow[] }[] = [];

beforeAll(async () => {
  for (const path of captures) {
    const { client } = await opened(path);
    hosts.push({ client, calls: await table<CallRow>(client, 'calls') });
  }
});
afterAll(async () => {
  for (const { client } of hosts) await client.close();
});

type Key = string | number | null;

const troubles =
  'pending calling ringing in-call completed registered unregistered diverted cancelled challenged busy rejected timed-out unacknowledged failed'.split(
    ' ',
  );

/** What a row is sorted by, found in the row itself. */
const keys: Readonly<Record<(typeof callSortNames)[number], (row: CallRow) => Key>> = {
  start: ({ start }) => Number(start),
  end: ({ end }) => Number(end),
  state: ({ state, finalStatus }) => troubles.indexOf(state) * 1000 + (finalStatus ?? 0),
  method: ({ method }) => method,
  from: ({ from }) => party(from),
  to: ({ to }) => party(to),
  src: ({ src, sport }) => place(src, sport),
  dst: ({ dst, dport }) => place(dst, dport),
  callId: ({ callId }) => text(callId),
  finalStatus: ({ finalStatus }) => finalStatus,
  ringing: ({ ringingMs }) => ringingMs,
  setup: ({ answerMs }) => answerMs,
  talk: ({ durationMs }) => durationMs,
  messages: ({ messages }) => messages,
  hops: ({ hops }) => hops,
  retransmissions: ({ retransmissions }) => retransmissions,
  findings: ({ findings }) => findings,
};

function text(value: string): string {
  return value.toLowerCase().replaceAll('@', '\u0001');
}

function party(address: string | null): string | null {
  if (address === null) return null;
  const uri = /<([^>]*)>/.exec(address)?.[1] ?? address;
  return text(uri.replace(/^\w+:/, ''));
}

/** IPv4 as numbers, IPv6 behind. Good for the spellings of the fixtures. */
function place(address: string, port: number): string {
  const digits = address.includes(':') ? `~${address}` : address.replaceAll(/\d+/g, (part) => part.padStart(3, '0'));
  return `${digits} ${String(port).padStart(5, '0')}`;
}

function sorted(calls: readonly CallRow[], by: CallSortName, descending: boolean): number[] {
  const key = keys[by as keyof typeof keys];
  return [...calls]
    .sort((a, b) => {
      const [one, other] = [key(a), key(b)];
      if (one === null || other === null) return Number(one === null) - Number(other === null) || a.id - b.id;
      return (one < other ? -1 : one > other ? 1 : 0) * (descending ? -1 : 1) || a.id - b.id;
    })
    .map(({ id }) => id);
}

async function ids(client: LocalClient, list: CallList, from = 0, count = 10_000): Promise<number[]> {
  return (await client.ask('calls', { from, count, ...list })).rows.map(({ id }) => id);
}

test.each(callSortNames.flatMap((by) => [false, true].map((descending) => ({ by, descending }))))(
  'sorted by $by (descending: $descending): as the rows themselves say, and places agree',
  async (sort) => {
    for (const { client, calls } of hosts) {
      const expected = sorted(calls, sort.by, sort.descending);
      expect(await ids(client, { sort })).toEqual(expected);
      expect(await ids(client, { sort }, 2, 3)).toEqual(expected.slice(2, 5));
      for (const [at, call] of expected.entries()) {
        if (at % 7 === 0) expect(await client.ask('callPosition', { sort, call })).toEqual({ at });
      }
    }
  },
);

test('a filter and a method narrow the list, sorted or not', async () => {
  const { client, calls } = hosts[0] as (typeof hosts)[number];
  const wanted = calls.filter(({ method, messages }) => method === 'INVITE' && messages > 6);
  expect(wanted.length).toBeGreaterThan(2);
  const list = { filter: 'messages > 6', method: 'INVITE' };
  expect(await ids(client, list)).toEqual(wanted.map(({ id }) => id));
  const sort = { by: 'messages', descending: true } as const;
  expect(await ids(client, { ...list, sort })).toEqual(sorted(wanted, 'messages', true));
  const outside = calls.find(({ method }) => method !== 'INVITE')?.id ?? 0;
  expect(await client.ask('callPosition', { ...list, call: outside })).toEqual({ at: null });
  expect(await client.ask('callPosition', { ...list, call: wanted[1]?.id ?? 0 })).toEqual({ at: 1 });
  // By Call-ID, which stays the same when numbers change.
  expect(await client.ask('callPosition', { ...list, call: wanted[1]?.callId ?? '' })).toEqual({ at: 1 });
  expect(await client.ask('callPosition', { ...list, call: 'no-such-call' })).toEqual({ at: null });
});

test('headers are those of the first request, as its message has them; null where it has none', async () => {
  const { client } = hosts[0] as (typeof hosts)[number];
  const headers = ['User-Agent', 'via', 'X-Nothing'];
  const { rows } = await client.ask('calls', { from: 0, count: 10_000, headers });
  const messages = await table<MessageRow>(client, 'messages');
  for (const row of rows) {
    const first = messages.find(({ call, method }) => call === row.id && method !== null);
    const [detail] = await client.ask('message', { row: first?.row ?? -1 });
    const values = (name: string): string | null => {
      const found = detail?.headers.filter(({ canonical }) => canonical === name) ?? [];
      return found.length === 0 ? null : found.map(({ value }) => value).join(', ');
    };
    expect(row.headers).toEqual([values('User-Agent'), values('Via'), null]);
  }
  expect(rows.some((row) => row.headers?.[0] !== null)).toBe(true);

  const sort = { by: 'header:user-agent', descending: false } as const;
  const agents = (await client.ask('calls', { from: 0, count: 10_000, headers, sort })).rows.map(
    (row) => row.headers?.[0] ?? null,
  );
  const named = agents.filter((agent) => agent !== null);
  expect(named).toEqual([...named].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
  expect(agents.slice(0, named.length)).toEqual(named);
});

test.each<[string, Record<string, unknown>]>([
  ['no such column', { sort: { by: 'colour', descending: false } }],
  ['no name of a header', { sort: { by: 'header:a b', descending: false } }],
  ['headers that are none', { headers: ['a\nb'] }],
  ['too many headers', { headers: Array.from({ length: 40 }, () => 'Via') }],
])('what can’t be answered is refused: %s', async (_, list) => {
  const { client } = hosts[0] as (typeof hosts)[number];
  await expect(client.ask('calls', { from: 0, count: 1, ...list })).rejects.toMatchObject({ code: 'bad-request' });
});

async function exported(client: LocalClient, options: Omit<TableExport, 'what'>): Promise<string> {
  const decoder = new TextDecoder();
  let out = '';
  await client.ask(
    'exportTable',
    { what: 'calls', ...options },
    { onChunk: (bytes) => void (out += decoder.decode(bytes, { stream: true })) },
  );
  return out;
}

test('a table of calls has the order, the calls and the columns that were asked for', async () => {
  const { client, calls } = hosts[0] as (typeof hosts)[number];
  const some = calls.filter((_, index) => index % 3 === 0);
  const options = {
    sort: { by: 'messages', descending: true },
    calls: some.map(({ id }) => id),
  } as const;
  const order = sorted(some, 'messages', true);

  const json = JSON.parse(await exported(client, { ...options, format: 'json' })) as CallRow[];
  expect(json.map(({ id }) => id)).toEqual(order);
  expect(json[0]).toEqual(calls.find(({ id }) => id === order[0]));

  const csv = await exported(client, {
    ...options,
    format: 'csv',
    columns: ['id', 'route', 'talk', 'header:Max-Forwards'],
  });
  const [head, ...lines] = csv.trimEnd().split('\r\n');
  expect(head).toBe('id,route,talk,Max-Forwards');
  const row = calls.find(({ id }) => id === order[0]) as CallRow;
  expect(lines).toHaveLength(order.length);
  expect(lines[0]).toBe(
    `${row.id},${row.src}:${row.sport} → ${row.dst}:${row.dport},${row.durationMs ?? ''},${lines[0]?.split(',').at(-1)}`,
  );
  expect(lines[0]).toMatch(/,\d+$/);
  await expect(exported(client, { format: 'csv', columns: ['colour'] })).rejects.toMatchObject({ code: 'bad-request' });
  expect(JSON.parse(await exported(client, { format: 'json', filter: 'call == 0' }))).toEqual([]);
});

test('completion knows users, addresses and agents of the capture', async () => {
  const { client, calls } = hosts[0] as (typeof hosts)[number];
  const complete = async (filter: string): Promise<string[]> =>
    (await client.ask('completions', { filter, at: filter.length })).map(({ text: value }) => value);
  const user = /sips?:([^@>]+)@/.exec(calls[0]?.from ?? '')?.[1] ?? '?';
  expect((await complete(`from.user == ${user.slice(0, 2)}`)).map((one) => one.replaceAll('"', ''))).toContain(user);
  expect(await complete('src == ')).toContain(calls[0]?.src);
  expect(await complete('status:')).toContain('200');
  expect(await complete('fr')).toContain('from');
});

test('while it is read, pages come, and at the end nothing old is left', async () => {
  const { localHost } = await import('../../../core/host/local.ts');
  const client = localHost();
  try {
    const sort = { by: 'state', descending: true } as const;
    await client.ask('open', { inputs: [captures[0] as string] });
    for (let progress = await client.ask('progress', {}); !progress.done; progress = await client.ask('progress', {})) {
      await client.ask('calls', { from: 0, count: 5, sort, filter: 'messages > 2' });
      await turn();
    }
    await client.ask('done', {});
    const { calls } = hosts[0] as (typeof hosts)[number];
    const expected = sorted(
      calls.filter(({ messages }) => messages > 2),
      'state',
      true,
    );
    expect(await ids(client, { sort, filter: 'messages > 2' })).toEqual(expected);
  } finally {
    await client.close();
  }
});
