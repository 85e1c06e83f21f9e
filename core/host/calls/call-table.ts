import { ContractError, type TableExport } from '../../contract/api.ts';
import type { CallRow } from '../../contract/model.ts';
import type { Column } from '../../export/column.ts';
import { CallHeaders } from './call-headers.ts';
import { callsAsked } from './call-ids.ts';
import type { Exported } from '../export-table.ts';
import type { Legs } from '../legs/leg-answers.ts';
import type { OpenCapture } from '../open-capture.ts';
import { callCells, callColumns, end, plain } from '../table-columns.ts';

const HEADER = 'header:';

/** Columns that the app has and `CallRow` has not, in the units of `CallRow`. */
const made: readonly Column<CallRow>[] = [
  { name: 'startTime', title: 'startTime', cell: ({ start }) => utcText(start) },
  { name: 'endTime', title: 'endTime', cell: (row) => utcText(row.end) },
  {
    name: 'route',
    title: 'Route',
    cell: ({ src, sport, dst, dport }) => `${end(src, sport)} → ${end(dst, dport)}`,
    least: 24,
  },
  { name: 'ringing', title: 'ringing', cell: ({ ringingMs }) => ringingMs },
  { name: 'setup', title: 'setup', cell: ({ answerMs }) => answerMs },
  { name: 'talk', title: 'talk', cell: ({ durationMs }) => durationMs },
  // The strip of a call's life is as long as the call.
  {
    name: 'life',
    title: 'life',
    cell: ({ start, end: last }) => Math.round((Number(last) - Number(start)) * 1000),
  },
  { name: 'findings', title: 'findings', cell: ({ findings }) => findings },
  { name: 'legs', title: 'legs', cell: ({ legs }) => legs.join(' ') },
];

/** ISO 8601 in UTC with all the decimals there are; the text itself where it is no time of ours. */
function utcText(ts: string): string {
  const [whole = '0', fraction = ''] = ts.split('.');
  const date = new Date(Number(whole) * 1000);
  if (Number.isNaN(date.getTime())) return ts;
  return `${date.toISOString().slice(0, -'.000Z'.length)}${fraction === '' ? '' : `.${fraction}`}Z`;
}

/** The calls that a table is about, in their order. Rejects with a ContractError for calls or columns that there are not. */
export async function callTable(
  open: OpenCapture,
  options: TableExport,
  signal: AbortSignal,
): Promise<Exported<CallRow>> {
  const { calls: only, columns: names } = options;
  const wanted = only === undefined ? null : new Set(callsAsked(open.session.analysis.messages, only));
  const headerNames = (names ?? []).filter((name) => name.startsWith(HEADER)).map((name) => name.slice(HEADER.length));
  const headers = headerNames.length === 0 ? null : new CallHeaders(open.session, headerNames);
  const columnsOf = (known: readonly Column<CallRow>[]): readonly Column<CallRow>[] =>
    names === undefined ? known : names.map((name) => columnNamed(name, known, headerNames));
  const legs = await legsShown(open, options, signal);
  const ordered = await open.orders.ordered(options, signal);
  const picked = ordered.part(0, ordered.length);
  const rows = function* rows(): Generator<CallRow> {
    for (const call of picked) {
      if (wanted !== null && !wanted.has(call)) continue;
      const bare = open.rows.call(call);
      const row = legs === null ? bare : { ...bare, legs: legs.others(call) };
      yield headers === null ? row : { ...row, headers: headers.of(call) };
    }
  };
  return { rows: rows(), columns: columnsOf(callColumns), cells: columnsOf(callCells) };
}

/** Legs, where they are written: finding them takes a look at every call, and a table for people has none. */
async function legsShown(open: OpenCapture, options: TableExport, signal: AbortSignal): Promise<Legs | null> {
  const { format, columns = [] } = options;
  if (format !== 'json' && format !== 'ndjson' && !columns.includes('legs')) return null;
  const { legsOf } = await import('../legs/leg-answers.ts');
  return legsOf(open, options.legs ?? {}, signal);
}

function columnNamed(name: string, known: readonly Column<CallRow>[], headers: readonly string[]): Column<CallRow> {
  if (name.startsWith(HEADER)) {
    const header = name.slice(HEADER.length);
    const at = headers.indexOf(header);
    return { name: header, title: header, cell: (row) => row.headers?.[at] ?? null, most: 48, least: 12 };
  }
  const found = known.find((column) => column.name === name) ?? made.find((column) => column.name === name);
  if (found !== undefined) return found;
  if (callCells.some((column) => column.name === name)) return plain(name);
  throw new ContractError('bad-request', `calls have no column “${name}”`);
}
