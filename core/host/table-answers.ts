import type { CallPage, Page, Rows as RowsAnswer, TableExport } from '../contract/api.ts';
import type { Answering } from '../contract/channel.ts';
import type { CallRow, MessageRow } from '../contract/model.ts';
import { exportRows, tableOfCalls, tableOfMessages } from './export-table.ts';
import type { OpenCapture } from './open-capture.ts';
import { pickCalls, pickMessages } from './picking.ts';

/** Rows that one answer holds at most. */
const MOST_ROWS = 10_000;

export async function messagePage(open: OpenCapture, page: Page, signal: AbortSignal): Promise<RowsAnswer<MessageRow>> {
  const picked = await pickMessages(open, page.filter, signal);
  return { rows: part(picked, page).map((row) => open.rows.message(row)), total: picked.length };
}

export async function callPage(open: OpenCapture, page: CallPage, signal: AbortSignal): Promise<RowsAnswer<CallRow>> {
  const picked = await pickCalls(open, page.filter, page.method, signal);
  return { rows: part(picked, page).map((call) => open.rows.call(call)), total: picked.length };
}

/** Writes a table in chunks; answers with the number of rows. */
export async function exportTable(open: OpenCapture, options: TableExport, answering: Answering): Promise<number> {
  const { rows } = open;
  if (options.what === 'messages') {
    const picked = await pickMessages(open, options.filter, answering.signal);
    return exportRows({ rows: made(picked, (row) => rows.message(row)), ...tableOfMessages }, options, answering);
  }
  const picked = await pickCalls(open, options.filter, options.method, answering.signal);
  return exportRows({ rows: made(picked, (call) => rows.call(call)), ...tableOfCalls }, options, answering);
}

function part(picked: Uint32Array, { from, count }: Page): number[] {
  const first = Math.max(0, Math.trunc(from));
  return [...picked.subarray(first, first + Math.min(MOST_ROWS, Math.max(0, Math.trunc(count))))];
}

function* made<Row>(picked: Uint32Array, make: (index: number) => Row): Generator<Row> {
  for (const index of picked) yield make(index);
}
