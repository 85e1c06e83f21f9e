import { epochText } from '../../bytes/time.ts';
import type { TableExport } from '../../contract/api.ts';
import type { Answering } from '../../contract/channel.ts';
import type { ResponseTimes, Stats } from '../../contract/model.ts';
import type { Cell, Column } from '../../export/column.ts';
import { exportRows, type Exported } from '../export-table.ts';
import type { OpenCapture } from '../open-capture.ts';
import { responseTimesOf } from './response-times.ts';
import { rowsCounted } from './rows-counted.ts';
import { statsOf } from './stats.ts';
import { timelineOf } from './timeline.ts';

/** Steps of a timeline where nobody says how many. */
const BUCKETS = 120;

type Row = Readonly<Record<string, unknown>>;

/**
 * Writes one of the tables of the statistics in chunks; answers with the number of rows. They are about the calls that
 * `options` selects, with all their messages; the ledger is that of the whole capture. A column has the same name in
 * all formats.
 */
export async function statisticsTable(open: OpenCapture, options: TableExport, answering: Answering): Promise<number> {
  return exportRows(await tableOf(open, options, answering.signal), options, answering);
}

async function tableOf(open: OpenCapture, options: TableExport, signal: AbortSignal): Promise<Exported<Row>> {
  const query = { ...options, of: 'calls' } as const;
  switch (options.what) {
    case 'timeline':
      return timeline(open, options, signal);
    case 'response-times':
      return responseTimes(await responseTimesOf(open, query, signal));
    case 'methods':
      return counted('method', 'requests', (await stats()).methods);
    case 'statuses':
      return counted('status', 'responses', (await stats()).statuses, 'right');
    case 'states':
      return counted('state', 'calls', (await stats()).states);
    case 'ledger': {
      const { ledger } = await statsOf(open.session, { captureOnly: true });
      return exported(
        ledger.map((line) => ({ ...line })),
        [
          column('code', 'Code'),
          column('text', 'What became of them'),
          column('packets', 'Packets', 'right'),
          column('lost', 'Calls may be missing'),
        ],
      );
    }
    default:
      throw new Error(`${options.what} is no table of the statistics`);
  }

  async function stats(): Promise<Stats> {
    return statsOf(open.session, { mask: await rowsCounted(open, query, signal), signal });
  }
}

function counted(name: string, of: string, counts: Readonly<Record<string, number>>, align?: 'right'): Exported<Row> {
  const rows = Object.entries(counts).map(([key, count]) => ({
    // What stands in a status line is a number, for a spreadsheet too.
    [name]: align === 'right' ? Number(key) : key,
    [of]: count,
  }));
  return exported(rows, [column(name, titled(name), align), column(of, titled(of), 'right')]);
}

function responseTimes(times: readonly ResponseTimes[]): Exported<Row> {
  const rows = times.map((one) => ({ ...one }));
  const numbers = { count: 'Answered', unanswered: 'Unanswered' };
  const waits = { minMs: 'Min ms', medianMs: 'Median ms', p95Ms: 'p95 ms', p99Ms: 'p99 ms', maxMs: 'Max ms' };
  const columns = Object.entries({ ...numbers, ...waits });
  return exported(rows, [
    column('method', 'Method'),
    column('until', 'Until'),
    ...columns.map(([name, title]) => column(name, title, 'right')),
  ]);
}

async function timeline(open: OpenCapture, options: TableExport, signal: AbortSignal): Promise<Exported<Row>> {
  const { buckets = BUCKETS } = options;
  const { start, stepMs, messages, retransmissions, calls } = await timelineOf(open, { ...options, buckets }, signal);
  const { base, decimals } = open.session.tally;
  const first = start === null ? 0 : Math.round((Number(start) - (base ?? 0)) * 1000);
  const moment = (ms: number): string => epochText(base ?? 0, ms * 1_000_000, Math.max(3, decimals));
  const rows = messages.map((count, at) => ({
    start: moment(first + at * stepMs),
    stepMs,
    messages: count,
    retransmissions: retransmissions[at] ?? 0,
    calls: calls.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0),
    ...Object.fromEntries(calls.map(({ state, counts }) => [state, counts[at] ?? 0])),
  }));
  return exported(rows, [
    column('start', 'Start'),
    ...['stepMs', 'messages', 'retransmissions', 'calls', ...calls.map(({ state }) => state)].map((name) =>
      column(name, titled(name), 'right'),
    ),
  ]);
}

/** What a program gets is what a person gets, with other titles. */
function exported(rows: readonly Row[], columns: readonly Column<Row>[]): Exported<Row> {
  return { rows, columns, cells: columns.map((one) => ({ ...one, title: one.name })) };
}

function column(name: string, title: string, align?: 'right'): Column<Row> {
  const cell = (row: Row): Cell => {
    const value = row[name];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  };
  return { name, title, cell, ...(align === undefined ? {} : { align }) };
}

function titled(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
