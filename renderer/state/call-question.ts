import type { CallList } from '../../core/contract/api.ts';
import type { Client } from '../../core/contract/channel.ts';
import type { CallRow } from '../../core/contract/model.ts';
import { useCalls } from './calls.ts';
import { legsOfList } from './legs.ts';
import { PAGE } from './long-list.ts';
import { useSettings } from './settings.ts';

/** What the list of calls is asked for. */
export interface Question {
  readonly client: Client;
  readonly list: CallList;
  readonly headers: readonly string[];
  /** Captures, lists and headers that are the same have the same. */
  readonly key: string;
  readonly listKey: string;
}

/** As filter, order and columns are now. `capture`: the same for the same capture. */
export function questionOf(client: Client, capture: string): Question {
  const { filter, method, sort } = useCalls.getState();
  // By start is the order that the host has anyway.
  const plain = sort.by === 'start' && !sort.descending;
  const list: CallList = {
    ...(filter.trim() === '' ? {} : { filter }),
    ...(method === null ? {} : { method }),
    ...(plain ? {} : { sort }),
  };
  const headers = useSettings
    .getState()
    .columns.map(({ name }) => name)
    .filter((name) => name.startsWith('header:'))
    .map((name) => name.slice('header:'.length));
  const listKey = JSON.stringify([capture, list]);
  return { client, list, headers, listKey, key: `${listKey} ${headers.join(' ')}` };
}

/** Where a call stands, by number or Call-ID; null where it is not in the list. */
export async function placeOf(
  { client, list }: Question,
  call: number | string,
  signal?: AbortSignal,
): Promise<number | null> {
  const { at } = await client.ask('callPosition', { ...list, call }, signal === undefined ? {} : { signal });
  return at;
}

/** The call in one place. */
export async function askRow({ client, list }: Question, at: number, signal: AbortSignal): Promise<CallRow | null> {
  const { rows } = await client.ask('calls', { ...list, from: at, count: 1 }, { signal });
  return rows[0] ?? null;
}

/** Numbers of the pages that hold rows `from` to `to - 1`. */
export function pagesOf(from: number, to: number): number[] {
  const first = Math.floor(Math.max(0, from) / PAGE);
  const last = Math.floor(Math.max(0, to - 1) / PAGE);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** One page of the list. */
export function askPage(
  { client, list, headers }: Question,
  page: number,
  signal: AbortSignal,
): Promise<{ readonly rows: readonly CallRow[]; readonly total: number }> {
  const more = headers.length === 0 ? {} : { headers };
  return client.ask('calls', { ...list, ...more, ...legsOfList(), from: page * PAGE, count: PAGE }, { signal });
}
