import { ContractError } from '../core/contract/api.ts';
import type { StreamRow } from '../core/contract/streams.ts';
import type { LocalClient } from '../core/host/local.ts';
import { UsageError } from './complain.ts';

/** Streams that are asked for at a time. */
const PAGE = 10_000;

/** The streams that were named by number, SSRC or addresses. Throws a UsageError where a name fits none or several. */
export async function streamsNamed(client: LocalClient, names: readonly string[]): Promise<number[]> {
  const rows = await allStreams(client, {});
  return names.map((name) => {
    const found = rows.filter((row) => isNamed(row, name));
    const [first, ...more] = found;
    if (first === undefined) throw new ContractError('not-found', `there is no stream ${name} in this capture`);
    if (more.length === 0) return first.id;
    const all = found.map(({ id }) => id).join(', ');
    throw new UsageError(`“${name}” is ${found.length} streams: name one of the numbers ${all}`);
  });
}

/** The sound of a call: what the caller sent, and what the callee sent, on the first stretch that has both. */
export async function streamsOfCall(client: LocalClient, call: string): Promise<(number | number[])[]> {
  const all = await allStreams(client, { calls: [call] });
  const rows = all.filter(({ media }) => media === null || media === 'audio');
  if (rows.length === 0) throw new ContractError('not-found', `call ${call} has no RTP streams in this capture`);
  const legs = [...new Set(rows.map(({ leg }) => leg ?? 0))].toSorted((a, b) => a - b);
  const both = legs.map((leg) =>
    (['caller-to-callee', 'callee-to-caller'] as const).map((direction) =>
      rows.filter((row) => (row.leg ?? 0) === leg && row.direction === direction).map(({ id }) => id),
    ),
  );
  const best = both.find((sides) => sides.every(({ length }) => length > 0)) ?? both[0] ?? [];
  return best.filter(({ length }) => length > 0);
}

async function allStreams(client: LocalClient, list: { readonly calls?: readonly string[] }): Promise<StreamRow[]> {
  const rows: StreamRow[] = [];
  for (let total = 1; rows.length < total;) {
    const page = await client.ask('streams', { from: rows.length, count: PAGE, ...list });
    rows.push(...page.rows);
    total = page.rows.length === 0 ? 0 : page.total;
  }
  return rows;
}

function isNamed({ id, ssrc, src, sport, dst, dport }: StreamRow, name: string): boolean {
  if (/^\d+$/u.test(name)) return id === Number(name);
  if (/^0x[0-9a-f]+$/iu.test(name)) return Number(ssrc) === Number(name);
  return name === `${end(src, sport)}-${end(dst, dport)}`;
}

function end(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
