import type { DispatcherRow } from '../../contract/dispatcher.ts';
import type { Column, Tone } from '../../export/column.ts';
import { plain, timeOfDay } from '../table-columns.ts';

const tones: Readonly<Record<string, Tone>> = { A: 'good', T: 'warn', I: 'bad', D: 'muted' };

/** `A?` where only one letter is known. */
export function flagsText({ flags, state, probed }: DispatcherRow): string {
  if (flags !== null) return flags;
  if (state === null) return 'unknown';
  return `${state}${probed === null ? '?' : probed ? 'P' : 'X'}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function last({ transitions }: DispatcherRow): string | null {
  const ts = transitions.at(-1)?.ts;
  return ts === undefined ? null : timeOfDay(ts);
}

export const dispatcherColumns: readonly Column<DispatcherRow>[] = [
  { name: 'prober', title: 'Prober', cell: ({ prober }) => prober, drop: 5, least: 14 },
  { name: 'set', title: 'Set', cell: ({ set }) => set, align: 'right', drop: 4 },
  { name: 'destination', title: 'Destination', cell: ({ destination }) => destination, least: 17 },
  { name: 'name', title: 'Name', cell: ({ name }) => name, drop: 3, most: 24 },
  {
    name: 'flags',
    title: 'Flags',
    cell: flagsText,
    tone: ({ state }) => (state === null ? 'muted' : (tones[state] ?? null)),
  },
  { name: 'imported', title: 'List', cell: ({ imported }) => imported },
  { name: 'since', title: 'Since (UTC)', cell: last, tone: () => 'muted', drop: 6 },
  { name: 'probes', title: 'Probes', cell: ({ probes }) => probes, align: 'right' },
  { name: 'answered', title: 'Answered', cell: ({ answered }) => answered, align: 'right', drop: 7 },
  {
    name: 'failed',
    title: 'Failed',
    cell: ({ failed }) => failed,
    align: 'right',
    tone: ({ failed }) => (failed > 0 ? 'bad' : null),
  },
  { name: 'lastStatus', title: 'Last', cell: ({ lastStatus }) => lastStatus, align: 'right' },
  {
    name: 'interval',
    title: 'Every',
    cell: ({ intervalMs }) => (intervalMs === null ? null : `${Math.round(intervalMs / 100) / 10} s`),
    align: 'right',
    drop: 2,
  },
  { name: 'calls', title: 'Calls', cell: ({ calls }) => calls, align: 'right' },
  { name: 'share', title: 'Share', cell: ({ callShare }) => percent(callShare), align: 'right', drop: 8 },
  {
    name: 'callsFailed',
    title: 'Failed',
    cell: ({ callsFailed }) => callsFailed,
    align: 'right',
    tone: ({ callsFailed }) => (callsFailed > 0 ? 'bad' : null),
  },
  { name: 'why', title: '', cell: ({ disagreement, why }) => disagreement ?? why, drop: 1, most: 160, least: 20 },
];

export const dispatcherCells: readonly Column<DispatcherRow>[] = [
  ...(
    [
      'prober',
      'destination',
      'set',
      'name',
      'flags',
      'state',
      'probed',
      'imported',
      'method',
      'probes',
      'answered',
      'failed',
      'lastStatus',
      'intervalMs',
      'roundTripMs',
      'calls',
      'callShare',
      'callsAnswered',
      'callsFailed',
      'callsWhileFailing',
      'why',
      'disagreement',
      'uri',
    ] as const
  ).map((name) => plain<DispatcherRow>(name)),
  {
    name: 'transitions',
    title: 'transitions',
    cell: ({ transitions }) =>
      transitions.map(({ ts, frame, from, to }) => `${ts} #${frame ?? ''} ${from ?? '?'}>${to ?? '?'}`).join('; '),
  },
];
