import { ContractError } from '../../contract/api.ts';
import type { Answering } from '../../contract/channel.ts';
import type { Rows as RowsAnswer, StreamPage, TableExport } from '../../contract/api.ts';
import type { StreamCourse, StreamCourseQuery, StreamLine, StreamList } from '../../contract/streams.ts';
import { callsAsked } from '../calls/call-ids.ts';
import { rowsOf } from '../ladder/ladder-input.ts';
import { exportRows } from '../export-table.ts';
import type { OpenCapture } from '../open-capture.ts';
import { pickCalls } from '../calls/picking.ts';
import { coarseCourse } from './stream-coarse-course.ts';
import { streamCells, streamColumns } from './stream-columns.ts';
import { StreamKeys } from './stream-order.ts';
import { StreamRows } from './stream-rows.ts';

/** Rows that one answer holds at most. */
const MOST_ROWS = 10_000;

/** Lists that are kept: those asked for last. */
const KEPT_LISTS = 6;

/** The streams of a capture, and what is kept beside them for questions. */
interface Known {
  readonly rows: StreamRows;
  readonly keys: StreamKeys;
  readonly lists: Map<string, readonly number[]>;
}

/** Made with the first question, after all of the capture was read. */
const known = new WeakMap<OpenCapture, Known>();

function knownOf(open: OpenCapture): Known {
  let all = known.get(open);
  if (all === undefined) {
    const rows = new StreamRows(open.session);
    all = { rows, keys: new StreamKeys(rows.list, (stream) => rows.row(stream)), lists: new Map() };
    known.set(open, all);
  }
  return all;
}

/** The streams of a capture that was read to its end. */
export function streamRowsOf(open: OpenCapture): StreamRows {
  return knownOf(open).rows;
}

/** Messages from which on the announcements of all calls are not read for the ladder of some: it is to be there at once. */
const MANY_MESSAGES = 50_000;
/** Nanoseconds after a call's last message in which a stream of it may begin, where other calls are not looked at: ports are used again. */
const AFTER = 0.5e9;

/**
 * The streams of some calls (numbers), in the order in which they began. Of very many messages only the calls' own
 * announcements are read, as long as nobody has asked for all streams.
 */
export function streamsOfCalls(
  open: OpenCapture,
  calls: readonly number[],
): { readonly rows: StreamRows; readonly streams: readonly number[] } {
  const { messages, calls: tables } = open.session.analysis;
  const wanted = new Set(calls);
  const full = known.get(open)?.rows ?? (messages.count > MANY_MESSAGES ? null : streamRowsOf(open));
  if (full !== null) return { rows: full, streams: full.list.filter((stream) => wanted.has(full.callOf(stream))) };
  const own = calls.flatMap((call) => rowsOf(open.session, call)).toSorted((a, b) => a - b);
  const rows = new StreamRows(open.session, own);
  const streams = rows.list.filter((stream) => {
    const call = rows.callOf(stream);
    return wanted.has(call) && rows.timesOf(stream).startNs <= messages.time.get(tables.last(call)) + AFTER;
  });
  return { rows, streams };
}

/** Streams of the calls that were asked for, all without; in the order in which they began unless sorted. */
async function picked(open: OpenCapture, list: StreamList, signal: AbortSignal): Promise<readonly number[]> {
  const { calls, filter, sort } = list;
  const { rows, keys, lists } = knownOf(open);
  if (calls === undefined && filter === undefined && sort === undefined) return rows.list;
  const key = JSON.stringify([calls, filter, sort?.by, sort?.descending]);
  const found = lists.get(key);
  if (found !== undefined) return found;
  const chosen = await selected(open, list, signal);
  const made = sort === undefined ? chosen : await keys.sorted(chosen, sort, signal);
  lists.set(key, made);
  for (const oldest of lists.keys()) {
    if (lists.size <= KEPT_LISTS) break;
    lists.delete(oldest);
  }
  return made;
}

async function selected(
  open: OpenCapture,
  { calls, filter }: StreamList,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const rows = streamRowsOf(open);
  if (calls === undefined && filter === undefined) return rows.list;
  const named = calls === undefined ? null : new Set(callsAsked(open.session.analysis.messages, calls));
  const matching = filter === undefined ? null : new Set(await pickCalls(open, filter, undefined, signal));
  return rows.list.filter((stream) => {
    const call = rows.callOf(stream);
    return (named === null || named.has(call)) && (matching === null || matching.has(call));
  });
}

export async function streamPage(
  open: OpenCapture,
  page: StreamPage,
  signal: AbortSignal,
): Promise<RowsAnswer<StreamLine>> {
  const list = await picked(open, page, signal);
  const rows = streamRowsOf(open);
  const wanted = list.slice(page.from, page.from + Math.min(MOST_ROWS, page.count));
  return {
    rows: wanted.map((stream) => {
      const row = rows.row(stream);
      const { from, to } = row.call === null ? { from: null, to: null } : open.rows.call(row.call);
      return { ...row, from, to };
    }),
    total: list.length,
  };
}

/** Where a stream stands in a list. */
export async function streamPosition(
  open: OpenCapture,
  { stream, ...list }: StreamList & { readonly stream: number },
  signal: AbortSignal,
): Promise<{ readonly at: number | null }> {
  const at = (await picked(open, list, signal)).indexOf(stream);
  return { at: at === -1 ? null : at };
}

/** Throws ContractError `not-found` for a stream that there is not. */
export async function streamCourse(
  open: OpenCapture,
  query: StreamCourseQuery,
  signal: AbortSignal,
): Promise<StreamCourse> {
  const rows = streamRowsOf(open);
  const { from, points, stream, to } = query;
  if (!rows.list.includes(stream)) throw new ContractError('not-found', `there is no stream ${stream} in this capture`);
  if (from === undefined && to === undefined && points === undefined) return coarseCourse(rows, stream);
  const { fineCourse } = await import('./stream-fine-course.ts');
  return fineCourse(open.session, rows, query, signal);
}

/** Writes the streams in the format asked for, and says how many there are. */
export async function exportStreams(open: OpenCapture, options: TableExport, answering: Answering): Promise<number> {
  const { calls, filter, streamSort } = options;
  const list = await picked(
    open,
    {
      ...(calls === undefined ? {} : { calls }),
      ...(filter === undefined ? {} : { filter }),
      ...(streamSort === undefined ? {} : { sort: streamSort }),
    },
    answering.signal,
  );
  const rows = streamRowsOf(open);
  if (options.format === 'table') {
    const brief = rowsOfAll(list, (stream) => rows.brief(stream));
    return exportRows({ rows: brief, columns: streamColumns, cells: [] }, options, answering);
  }
  const full = rowsOfAll(list, (stream) => rows.row(stream));
  return exportRows({ rows: full, columns: streamColumns, cells: streamCells }, options, answering);
}

function* rowsOfAll<Row>(list: readonly number[], make: (stream: number) => Row): Generator<Row> {
  for (const stream of list) yield make(stream);
}
