import { ContractError } from '../contract/api.ts';
import type { Rows as RowsAnswer, StreamPage, TableExport } from '../contract/api.ts';
import type { StreamCourse, StreamCourseQuery, StreamList, StreamRow } from '../contract/streams.ts';
import { callsAsked } from './call-ids.ts';
import type { Exported } from './export-table.ts';
import type { OpenCapture } from './open-capture.ts';
import { pickCalls } from './picking.ts';
import { coarseCourse } from './stream-coarse-course.ts';
import { streamCells, streamColumns } from './stream-columns.ts';
import { StreamRows } from './stream-rows.ts';

/** Rows that one answer holds at most. */
const MOST_ROWS = 10_000;

/** Made with the first question, after all of the capture was read. */
const known = new WeakMap<OpenCapture, StreamRows>();

/** The streams of a capture that was read to its end. */
export function streamRowsOf(open: OpenCapture): StreamRows {
  let rows = known.get(open);
  if (rows === undefined) {
    rows = new StreamRows(open.session);
    known.set(open, rows);
  }
  return rows;
}

/** Streams of the calls that were asked for, all without; in the order in which they began. */
async function picked(
  open: OpenCapture,
  { calls, filter }: StreamList,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const rows = streamRowsOf(open);
  if (calls === undefined && filter === undefined) return rows.list;
  const named = calls === undefined ? null : new Set(callsAsked(open.session.analysis.messages, calls));
  const selected = filter === undefined ? null : new Set(await pickCalls(open, filter, undefined, signal));
  return rows.list.filter((stream) => {
    const call = rows.callOf(stream);
    return (named === null || named.has(call)) && (selected === null || selected.has(call));
  });
}

export async function streamPage(
  open: OpenCapture,
  page: StreamPage,
  signal: AbortSignal,
): Promise<RowsAnswer<StreamRow>> {
  const list = await picked(open, page, signal);
  const rows = streamRowsOf(open);
  const wanted = list.slice(page.from, page.from + Math.min(MOST_ROWS, page.count));
  return { rows: wanted.map((stream) => rows.row(stream)), total: list.length };
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

export async function streamTable(
  open: OpenCapture,
  options: TableExport,
  signal: AbortSignal,
): Promise<Exported<StreamRow>> {
  const list = await picked(open, options, signal);
  const rows = streamRowsOf(open);
  const made = function* made(): Generator<StreamRow> {
    for (const stream of list) yield rows.row(stream);
  };
  return { rows: made(), columns: streamColumns, cells: streamCells };
}
