import { ContractError, tableNames } from '../contract/api.ts';
import type { CallPage, Page, Rows as RowsAnswer, TableExport } from '../contract/api.ts';
import type { Answering } from '../contract/channel.ts';
import type { CallRow, MessageRow } from '../contract/model.ts';
import { CallHeaders } from './calls/call-headers.ts';
import { callTable } from './calls/call-table.ts';
import { exportRows } from './export-table.ts';
import type { OpenCapture } from './open-capture.ts';
import { pickMessages } from './calls/picking.ts';
import { messageCells, messageColumns } from './table-columns.ts';

/** Rows that one answer holds at most. */
const MOST_ROWS = 10_000;

export async function messagePage(open: OpenCapture, page: Page, signal: AbortSignal): Promise<RowsAnswer<MessageRow>> {
  const picked = await pickMessages(open, page.filter, signal);
  const [first, count] = bounds(page);
  return {
    rows: Array.from(picked.subarray(first, first + count), (row) => open.rows.message(row)),
    total: picked.length,
  };
}

export async function callPage(open: OpenCapture, page: CallPage, signal: AbortSignal): Promise<RowsAnswer<CallRow>> {
  const headers = page.headers === undefined ? null : new CallHeaders(open.session, page.headers);
  const ordered = await open.orders.ordered(page, signal);
  const calls = ordered.part(...bounds(page));
  const legs =
    page.legs === undefined || !open.session.done
      ? null
      : await (await import('./legs/leg-answers.ts')).legsOf(open, page.legs, signal);
  const row = (call: number): CallRow => ({
    ...open.rows.call(call),
    ...(headers === null ? {} : { headers: headers.of(call) }),
    ...(legs === null ? {} : { legs: legs.others(call) }),
  });
  return { rows: Array.from(calls, row), total: ordered.length };
}

/** Writes a table in chunks; answers with the number of rows. Rejects with a ContractError for what there is not. */
export async function exportTable(open: OpenCapture, options: TableExport, answering: Answering): Promise<number> {
  const { rows } = open;
  switch (options.what) {
    case 'messages': {
      const picked = await pickMessages(open, options.filter, answering.signal);
      const list = made(picked, (row) => rows.message(row));
      return exportRows({ rows: list, columns: messageColumns, cells: messageCells }, options, answering);
    }
    case 'calls':
      return exportRows(await callTable(open, options, answering.signal), options, answering);
    case 'streams': {
      const { exportStreams } = await import('./media/stream-answers.ts');
      return exportStreams(open, options, answering);
    }
    case 'paths': {
      const { pathTable } = await import('./paths/path-answers.ts');
      return exportRows(await pathTable(open, options, answering.signal), options, answering);
    }
    case 'forks': {
      const { forkTable } = await import('./paths/path-answers.ts');
      return exportRows(await forkTable(open, options, answering.signal), options, answering);
    }
    case 'dispatcher': {
      const { dispatcherDrawing, dispatcherTable } = await import('./dispatcher/dispatcher-answers.ts');
      if (options.format === 'svg') return dispatcherDrawing(open, options, answering);
      return exportRows(await dispatcherTable(open, options, answering.signal), options, answering);
    }
    case 'registrations': {
      const { registrationTable } = await import('./registrations/registration-answers.ts');
      return exportRows(await registrationTable(open, answering.signal), options, answering);
    }
    case 'replication': {
      const { replicationTable } = await import('./registrations/registration-answers.ts');
      return exportRows(await replicationTable(open, answering.signal), options, answering);
    }
    case 'associations': {
      const { associationTable } = await import('./security/security-columns.ts');
      return exportRows(associationTable(open.session), options, answering);
    }
    case 'extensions': {
      const { extensionTable } = await import('./extensions/extension-answers.ts');
      return exportRows(await extensionTable(open, options, answering.signal), options, answering);
    }
    default: {
      if (!tableNames.includes(options.what)) throw new ContractError('bad-request', 'there is no such table');
      const { statisticsTable } = await import('./statistics/statistics-tables.ts');
      return statisticsTable(open, options, answering);
    }
  }
}

function* made<Row>(picked: Uint32Array, make: (index: number) => Row): Generator<Row> {
  for (const index of picked) yield make(index);
}

/** First row and number of rows of a page, within what is allowed. */
function bounds({ from, count }: Page): [number, number] {
  const whole = (value: number): number => (Number.isFinite(value) ? Math.max(0, Math.trunc(value)) : 0);
  return [whole(from), Math.min(MOST_ROWS, whole(count))];
}
