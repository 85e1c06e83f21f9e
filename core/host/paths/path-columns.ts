import type { Fork, Path, PathVerdict } from '../../contract/paths.ts';
import type { Column, Tone } from '../../export/column.ts';
import { end, plain, timeOfDay } from '../table-columns.ts';

const tones: Readonly<Record<PathVerdict, Tone>> = { ok: 'good', loop: 'bad', spiral: 'info', 'max-forwards': 'bad' };

function ms(value: number | null): string | null {
  return value === null ? null : value.toFixed(value < 10 ? 2 : 0);
}

function statusTone(status: number | null): Tone {
  if (status === null) return 'muted';
  if (status < 300) return 'good';
  return status < 400 ? 'info' : 'bad';
}

export const pathColumns: readonly Column<Path>[] = [
  { name: 'id', title: '#', cell: ({ id }) => id, align: 'right' },
  { name: 'start', title: 'Start (UTC)', cell: ({ start }) => timeOfDay(start), tone: () => 'muted', drop: 5 },
  { name: 'cseq', title: 'Request', cell: ({ cseq }) => `${cseq.method} ${cseq.number}`, most: 20 },
  { name: 'src', title: 'From', cell: ({ src, sport }) => end(src, sport), least: 17 },
  { name: 'dst', title: 'To', cell: ({ dst, dport }) => end(dst, dport), least: 17 },
  { name: 'depth', title: 'Hops', cell: ({ depth }) => depth, align: 'right' },
  { name: 'ends', title: 'Ends', cell: ({ ends }) => (ends === 1 ? null : ends), align: 'right', drop: 4 },
  { name: 'verdict', title: 'Verdict', cell: ({ verdict }) => verdict, tone: ({ verdict }) => tones[verdict] },
  {
    name: 'finalStatus',
    title: 'Final',
    cell: ({ finalStatus }) => finalStatus,
    align: 'right',
    tone: ({ finalStatus }) => statusTone(finalStatus),
  },
  { name: 'delay', title: 'Way ms', cell: ({ delayMs }) => ms(delayMs), align: 'right', drop: 3 },
  { name: 'answer', title: 'Answer ms', cell: ({ answerMs }) => ms(answerMs), align: 'right', drop: 2 },
  { name: 'call', title: 'Call', cell: ({ call }) => call, align: 'right', drop: 1 },
  {
    name: 'said',
    title: '',
    cell: ({ explanation }) => explanation,
    most: 160,
    least: 24,
    drop: 6,
    tone: () => 'muted',
  },
];

/** For a spreadsheet: a row for each path, its hops as text. */
export const pathCells: readonly Column<Path>[] = [
  ...['id', 'call', 'callId', 'method'].map((name) => plain<Path>(name)),
  { name: 'cseq', title: 'cseq', cell: ({ cseq }) => cseq.number },
  ...['from', 'to', 'start', 'src', 'sport', 'dst', 'dport', 'count', 'depth', 'ends', 'verdict', 'finalStatus'].map(
    (name) => plain<Path>(name),
  ),
  ...['delayMs', 'answerMs', 'explanation'].map((name) => plain<Path>(name)),
  {
    name: 'hops',
    title: 'hops',
    cell: ({ hops }) =>
      hops.map(({ frame, src, sport, dst, dport }) => `#${frame} ${end(src, sport)} > ${end(dst, dport)}`).join('; '),
  },
  {
    name: 'changes',
    title: 'changes',
    cell: ({ hops }) =>
      hops.flatMap(({ frame, changes }) => changes.map(({ header, kind }) => `#${frame} ${header} ${kind}`)).join('; '),
  },
];

export const forkColumns: readonly Column<Fork>[] = [
  { name: 'path', title: 'Path', cell: ({ path }) => path, align: 'right' },
  { name: 'ts', title: 'Start (UTC)', cell: ({ ts }) => timeOfDay(ts), tone: () => 'muted' },
  { name: 'request', title: 'Request', cell: ({ method, cseq }) => `${method} ${cseq}` },
  { name: 'host', title: 'Forked by', cell: ({ host }) => host, least: 17 },
  { name: 'kind', title: 'How', cell: ({ kind }) => kind },
  { name: 'branches', title: 'Branches', cell: ({ branches }) => branches.length, align: 'right' },
  {
    name: 'finalStatus',
    title: 'Final',
    cell: ({ finalStatus }) => finalStatus,
    align: 'right',
    tone: ({ finalStatus }) => statusTone(finalStatus),
  },
  { name: 'said', title: '', cell: ({ explanation }) => explanation, most: 160, least: 24, tone: () => 'muted' },
];

export const forkCells: readonly Column<Fork>[] = [
  ...[
    'path',
    'call',
    'callId',
    'method',
    'cseq',
    'host',
    'frame',
    'ts',
    'kind',
    'finalStatus',
    'finalFrame',
    'finalMs',
  ].map((name) => plain<Fork>(name)),
  {
    name: 'branches',
    title: 'branches',
    cell: ({ branches }) => branches.map(({ said }) => said).join(' '),
  },
  plain<Fork>('explanation'),
];
