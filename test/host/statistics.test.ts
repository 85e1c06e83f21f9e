import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TableExport } from '../../core/contract/api.ts';
import type { CallRow, MessageRow } from '../../core/contract/model.ts';
import { CaptureHost } from '../../core/host/handlers.ts';
import { openInputs } from '../../core/capture/inputs.ts';
import { OpenCapture } from '../../core/host/open-capture.ts';
import { Session } from '../../core/host/session.ts';
import { statisticsTable } from '../../core/host/statistics/statistics-tables.ts';
import type { LocalClient } from '../../core/host/local.ts';
import { opened, table } from '../capture-session.ts';

/** Statistics are held against the rows that the lists show: two ways to the same numbers. */
const sample = join(import.meta.dirname, '../../fixtures/sample-day.pcapng');
let client: LocalClient;
let messages: MessageRow[];
let calls: CallRow[];

beforeAll(async () => {
  ({ client } = await opened(sample));
  messages = await table<MessageRow>(client, 'messages');
  calls = await table<CallRow>(client, 'calls');
});
afterAll(() => client.close());

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

test('a timeline holds every message and every call once, in the step of its time', async () => {
  const { start, stepMs, ...found } = await client.ask('timeline', { buckets: 50 });
  const at = (ts: string): number => Math.floor((Number(ts) * 1000 - Number(start) * 1000) / stepMs);
  const wanted = found.messages.map(() => 0);
  for (const { ts, copyOf } of messages) if (copyOf === null) wanted[at(ts)] = (wanted[at(ts)] ?? 0) + 1;
  expect(found.messages).toEqual(wanted);
  expect(found.messages.length).toBeLessThanOrEqual(50);
  expect((Number(start) * 1000) % stepMs).toBe(0);
  for (const { state, counts } of found.calls) {
    const begun = counts.map(() => 0);
    for (const call of calls) if (call.state === state) begun[at(call.start)] = (begun[at(call.start)] ?? 0) + 1;
    expect(counts, state).toEqual(begun);
  }
  expect(new Set(found.calls.map(({ state }) => state))).toEqual(new Set(calls.map(({ state }) => state)));
});

test('a timeline follows filter and method, and zooms in on what they leave', async () => {
  const whole = await client.ask('timeline', { buckets: 50 });
  const found = await client.ask('timeline', { buckets: 50, filter: 'state:busy', method: 'INVITE' });
  const busy = calls.filter(({ state, method }) => state === 'busy' && method === 'INVITE');
  expect(busy.length).toBeGreaterThan(0);
  expect(found.calls).toMatchObject([{ state: 'busy' }]);
  expect(sum(found.calls[0]?.counts ?? [])).toBe(busy.length);
  expect(sum(found.messages)).toBe(sum(busy.map((call) => call.messages)));
  expect(found.stepMs).toBeLessThan(whole.stepMs);
  expect(await client.ask('timeline', { buckets: 9, filter: 'method:NONE' })).toMatchObject({
    start: null,
    messages: [],
  });
});

test.each([0, 2001, 1.5, Number.NaN])('%d steps are refused in one sentence', async (buckets) => {
  await expect(client.ask('timeline', { buckets })).rejects.toMatchObject({ code: 'bad-request' });
});

test('statistics of calls count all messages of the calls that match', async () => {
  const found = await client.ask('stats', { of: 'calls', filter: 'state:busy', method: 'INVITE' });
  const busy = new Set(
    calls.filter(({ state, method }) => state === 'busy' && method === 'INVITE').map(({ id }) => id),
  );
  const theirs = messages.filter(({ call }) => call !== null && busy.has(call));
  expect(found).toMatchObject({ calls: busy.size, messages: theirs.length, states: { busy: busy.size } });
  expect(found.methods.INVITE).toBe(theirs.filter(({ method }) => method === 'INVITE').length);
  // As before: what matches itself.
  const matching = await client.ask('stats', { filter: 'status:486' });
  expect(matching).toMatchObject({ methods: {}, messages: messages.filter(({ status }) => status === 486).length });
});

test('response times have a line for each method, and answers add up', async () => {
  const times = await client.ask('responseTimes', {});
  const invites = times.filter(({ method }) => method === 'INVITE');
  expect(invites.map(({ until }) => until)).toEqual(['first', 'ringing', 'final']);
  for (const one of times) {
    expect(sum(one.histogram.map(({ count }) => count))).toBe(one.count);
    expect([one.minMs, one.medianMs, one.p95Ms, one.p99Ms, one.maxMs]).toEqual(
      [one.minMs, one.medianMs, one.p95Ms, one.p99Ms, one.maxMs].sort((a, b) => a - b),
    );
  }
  const busy = await client.ask('responseTimes', { of: 'calls', filter: 'state:busy' });
  expect(busy.map(({ method }) => method)).toContain('INVITE');
  expect(busy.map(({ method }) => method)).not.toContain('REGISTER');
});

test('a question that nobody waits for any more is given up', async () => {
  const abort = new AbortController();
  const asked = client.ask('timeline', { buckets: 10, filter: 'method:INVITE' }, { signal: abort.signal });
  abort.abort();
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
});

test('a host answers while it still reads', async () => {
  const host = new CaptureHost();
  const answering = { signal: new AbortController().signal, chunk: () => Promise.resolve() };
  try {
    await host.handlers.open({ inputs: [sample] }, answering);
    const early = await host.handlers.timeline({ buckets: 10 }, answering);
    expect(sum(early.messages)).toBeLessThanOrEqual(messages.length);
    await host.handlers.done({}, answering);
    expect(sum((await host.handlers.timeline({ buckets: 10 }, answering)).messages)).toBeGreaterThan(0);
  } finally {
    await host.close();
  }
});

async function written(options: TableExport): Promise<{ text: string; rows: number }> {
  const inputs = await openInputs([sample], { spool: true });
  const session = new Session([sample], inputs, { ports: [], streams: true });
  await session.run({ progress: () => undefined, warning: () => undefined });
  let text = '';
  const decoder = new TextDecoder();
  try {
    const rows = await statisticsTable(new OpenCapture(session), options, {
      signal: new AbortController().signal,
      chunk: (bytes) => {
        text += decoder.decode(bytes, { stream: true });
        return Promise.resolve();
      },
    });
    return { text, rows };
  } finally {
    await session.close();
  }
}

test.each(['methods', 'statuses', 'states', 'timeline', 'response-times', 'ledger'] as const)(
  'the table %s says the same in every format',
  async (what) => {
    const lines = await written({ what, format: 'ndjson' });
    const objects = lines.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.rows).toBe(objects.length);
    expect(objects.length).toBeGreaterThan(1);
    const { text: csv, rows } = await written({ what, format: 'csv' });
    expect(rows).toBe(objects.length);
    const [header = '', ...cells] = csv.trimEnd().split('\r\n');
    const names = header.split(',');
    expect(cells).toHaveLength(objects.length);
    // No cell of the sample's first columns needs quotes.
    expect(cells.map((line) => line.split(',')[0])).toEqual(objects.map((row) => String(row[names[0] ?? ''])));
    const { text } = await written({ what, format: 'table' });
    expect(text.trimEnd().split('\n')).toHaveLength(objects.length + 1);
  },
);

test('tables are about the calls that match; the ledger is about all packets', async () => {
  const states = await written({ what: 'states', format: 'csv', filter: 'state:busy' });
  expect(states.text).toMatch(/^state,calls\r\nbusy,\d+\r\n$/u);
  const all = await written({ what: 'ledger', format: 'csv' });
  expect(await written({ what: 'ledger', format: 'csv', filter: 'state:busy' })).toEqual(all);
  const one = await written({ what: 'states', format: 'csv', calls: [1] });
  expect(one.rows).toBe(1);
  const steps = await written({ what: 'timeline', format: 'csv', buckets: 5 });
  expect(steps.rows).toBeLessThanOrEqual(5);
});
