import type { RegistrationRow, RegistrationState, ReplicationRow } from '../../contract/registrations.ts';
import type { Column, Tone } from '../../export/column.ts';
import { plain, timeOfDay } from '../table-columns.ts';

const tones: Readonly<Record<RegistrationState, Tone>> = {
  registered: 'good',
  unregistered: 'muted',
  expired: 'warn',
  challenged: 'warn',
  rejected: 'bad',
  'timed-out': 'bad',
  pending: 'info',
  queried: 'muted',
};

function contacts({ bindings }: RegistrationRow): string {
  const open = bindings.filter(({ ended }) => ended === 'open');
  return (open.length > 0 ? open : bindings.slice(-1)).map(({ contact }) => contact).join(' ');
}

export const registrationColumns: readonly Column<RegistrationRow>[] = [
  { name: 'id', title: '#', cell: ({ id }) => id, align: 'right', drop: 6 },
  { name: 'start', title: 'Start (UTC)', cell: ({ start }) => timeOfDay(start), tone: () => 'muted', drop: 5 },
  { name: 'aor', title: 'Address of record', cell: ({ aor }) => aor, least: 20 },
  { name: 'state', title: 'State', cell: ({ state }) => state, tone: ({ state }) => tones[state] },
  { name: 'contacts', title: 'Contacts', cell: contacts, least: 16, drop: 3 },
  { name: 'registrar', title: 'Registrar', cell: ({ registrar }) => registrar, drop: 4 },
  { name: 'registers', title: 'REGISTERs', cell: ({ registers }) => registers, align: 'right' },
  { name: 'refreshes', title: 'Refreshes', cell: ({ refreshes }) => refreshes, align: 'right', drop: 7 },
  { name: 'challenged', title: 'Challenged', cell: ({ challenged }) => challenged, align: 'right' },
  {
    name: 'failures',
    title: 'Failures',
    cell: ({ failures }) => failures,
    align: 'right',
    tone: ({ failures }) => (failures > 0 ? 'bad' : null),
  },
  { name: 'explanation', title: '', cell: ({ explanation }) => explanation, drop: 1, most: 160, least: 20 },
];

export const registrationCells: readonly Column<RegistrationRow>[] = [
  ...(
    [
      'id',
      'aor',
      'state',
      'explanation',
      'registrar',
      'source',
      'active',
      'registers',
      'refreshes',
      'challenged',
      'failures',
      'realmMismatch',
      'thirdParty',
      'by',
      'start',
      'end',
    ] as const
  ).map((name) => plain<RegistrationRow>(name)),
  { name: 'contacts', title: 'contacts', cell: contacts },
  { name: 'realms', title: 'realms', cell: ({ challenges }) => challenges.map(({ realm }) => realm ?? '').join(' ') },
  { name: 'callIds', title: 'callIds', cell: ({ callIds }) => callIds.join(' ') },
];

function kinds({ kinds: list }: ReplicationRow): string {
  return list.map(({ kind, requests }) => `${kind} ${requests}`).join(', ');
}

export const replicationColumns: readonly Column<ReplicationRow>[] = [
  { name: 'from', title: 'From node', cell: ({ from }) => from },
  { name: 'to', title: 'To node', cell: ({ to }) => to },
  { name: 'requests', title: 'Requests', cell: ({ requests }) => requests, align: 'right' },
  { name: 'answered', title: 'Answered', cell: ({ answered }) => answered, align: 'right' },
  {
    name: 'failed',
    title: 'Failed',
    cell: ({ failed }) => failed,
    align: 'right',
    tone: ({ failed }) => (failed > 0 ? 'bad' : null),
  },
  { name: 'kinds', title: 'What', cell: kinds },
];

export const replicationCells: readonly Column<ReplicationRow>[] = [
  ...(['from', 'to', 'requests', 'answered', 'failed', 'lastStatus', 'intervalMs', 'start', 'end'] as const).map(
    (name) => plain<ReplicationRow>(name),
  ),
  { name: 'kinds', title: 'kinds', cell: kinds },
];
