import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CallRow, MessageRow } from '../../core/contract/model.ts';
import { opened, table } from '../capture-session.ts';

/** Every fixture against the truth its maker wrote: all of its messages, or all of its calls, and no others. */
const folder = join(import.meta.dirname, '..', '..', 'fixtures');

interface Truth {
  readonly messages?: readonly Readonly<Record<string, unknown>>[];
  readonly calls?: readonly Readonly<Record<string, unknown>>[];
}

const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => {
    const base = name.replace('.expected.json', '');
    const capture = readdirSync(folder).find((file) => file === `${base}.pcap` || file === `${base}.pcapng`) ?? base;
    return { capture, truth: JSON.parse(readFileSync(join(folder, name), 'utf8')) as Truth };
  });

/** The fields of `row` that the truth names; `about` and its like are words for people. */
function namedBy(truth: Readonly<Record<string, unknown>>, row: object): Record<string, unknown> {
  const fields = new Map<string, unknown>(Object.entries(row));
  return Object.fromEntries(
    Object.keys(truth)
      .filter((key) => fields.has(key))
      .map((key) => [key, fields.get(key)]),
  );
}

function known(truth: Readonly<Record<string, unknown>>, row: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(truth).filter(([key]) => key in row));
}

describe.each(cases)('$capture', ({ capture, truth }) => {
  test.runIf(truth.messages !== undefined)('messages', async () => {
    const { client } = await opened(join(folder, capture));
    const rows = await table<MessageRow>(client, 'messages');
    await client.close();
    const wanted = truth.messages ?? [];
    expect(rows).toHaveLength(wanted.length);
    expect(rows.map((row, i) => namedBy(wanted[i] ?? {}, row))).toEqual(
      wanted.map((one, i) => known(one, rows[i] ?? {})),
    );
  });

  test.runIf(truth.calls !== undefined)('calls', async () => {
    const { client } = await opened(join(folder, capture));
    const rows = new Map((await table<CallRow>(client, 'calls')).map((row) => [row.callId, row]));
    await client.close();
    const wanted = truth.calls ?? [];
    expect(rows.size).toBe(wanted.length);
    for (const one of wanted) {
      const row = rows.get(String(one.callId)) ?? {};
      expect(namedBy(one, row)).toEqual(known(one, row));
    }
  });
});
