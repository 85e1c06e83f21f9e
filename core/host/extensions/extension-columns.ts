import type { ExtensionSide, ExtensionsRow } from '../../contract/extensions.ts';
import type { Column } from '../../export/column.ts';
import { plain, timeOfDay } from '../table-columns.ts';

function of(row: ExtensionsRow, side: ExtensionSide['side'], what: 'supported' | 'required' | 'allow'): string {
  return row.sides.find((one) => one.side === side)?.[what].join(', ') ?? '';
}

export const extensionColumns: readonly Column<ExtensionsRow>[] = [
  { name: 'id', title: '#', cell: ({ id }) => id, align: 'right' },
  { name: 'start', title: 'Start (UTC)', cell: ({ start }) => timeOfDay(start), tone: () => 'muted', drop: 5 },
  { name: 'method', title: 'Method', cell: ({ method }) => method },
  { name: 'finalStatus', title: 'Final', cell: ({ finalStatus }) => finalStatus, align: 'right' },
  {
    name: 'caller',
    title: 'Caller supports',
    cell: (row) => of(row, 'caller', 'supported'),
    most: 40,
    least: 12,
    drop: 3,
  },
  { name: 'requires', title: 'Requires', cell: (row) => of(row, 'caller', 'required'), most: 30, drop: 4 },
  {
    name: 'callee',
    title: 'Called side supports',
    cell: (row) => of(row, 'callee', 'supported'),
    most: 40,
    least: 12,
    drop: 2,
  },
  {
    name: 'summary',
    title: 'Used or refused',
    cell: ({ summary }) => summary,
    tone: ({ refusals }) => (refusals.length > 0 ? 'bad' : null),
    least: 20,
  },
];

export const extensionCells: readonly Column<ExtensionsRow>[] = [
  ...(['id', 'callId', 'method', 'start', 'finalStatus', 'summary'] as const).map((name) => plain<ExtensionsRow>(name)),
  { name: 'callerSupported', title: 'callerSupported', cell: (row) => of(row, 'caller', 'supported') },
  { name: 'callerRequired', title: 'callerRequired', cell: (row) => of(row, 'caller', 'required') },
  { name: 'callerAllow', title: 'callerAllow', cell: (row) => of(row, 'caller', 'allow') },
  { name: 'calleeSupported', title: 'calleeSupported', cell: (row) => of(row, 'callee', 'supported') },
  { name: 'calleeRequired', title: 'calleeRequired', cell: (row) => of(row, 'callee', 'required') },
  { name: 'calleeAllow', title: 'calleeAllow', cell: (row) => of(row, 'callee', 'allow') },
  {
    name: 'refusals',
    title: 'refusals',
    cell: ({ refusals }) => refusals.map(({ frame, explanation }) => `#${frame} ${explanation}`).join('; '),
  },
];
