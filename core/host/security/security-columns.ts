import type { SecurityAssociationRow } from '../../contract/security.ts';
import type { Column, Tone } from '../../export/column.ts';
import type { Exported } from '../export-table.ts';
import { associationRows } from './security-answers.ts';
import type { Session } from '../session.ts';
import { plain } from '../table-columns.ts';

type Row = SecurityAssociationRow;

const tones: Readonly<Record<Row['state'], Tone>> = {
  open: 'good',
  guessed: 'info',
  'wrong-key': 'bad',
  closed: 'warn',
  unseen: 'muted',
};

const columns: readonly Column<Row>[] = [
  { name: 'id', title: '#', cell: ({ id }) => id, align: 'right', drop: 6 },
  { name: 'state', title: 'State', cell: ({ state }) => state, tone: ({ state }) => tones[state] },
  { name: 'spi', title: 'SPI', cell: ({ spi }) => spi },
  { name: 'src', title: 'From', cell: ({ src }) => src },
  { name: 'dst', title: 'To', cell: ({ dst }) => dst },
  { name: 'encryption', title: 'Encryption', cell: ({ encryption }) => encryption, drop: 3 },
  { name: 'authentication', title: 'Authentication', cell: ({ authentication }) => authentication, drop: 4 },
  { name: 'packets', title: 'Packets', cell: ({ packets }) => packets, align: 'right' },
  { name: 'opened', title: 'Opened', cell: ({ opened }) => opened, align: 'right' },
  { name: 'reason', title: '', cell: ({ reason }) => reason, drop: 1, most: 160, least: 20 },
];

const cells: readonly Column<Row>[] = [
  ...(
    [
      'id',
      'registration',
      'role',
      'spi',
      'src',
      'sport',
      'dst',
      'dport',
      'encryption',
      'authentication',
      'mode',
      'state',
      'reason',
    ] as const
  ).map((name) => plain<Row>(name)),
  { name: 'key', title: 'key', cell: ({ keys }) => keys?.text ?? null },
  { name: 'packets', title: 'packets', cell: ({ packets }) => packets },
  { name: 'opened', title: 'opened', cell: ({ opened }) => opened },
  { name: 'icvGood', title: 'icvGood', cell: ({ icv }) => icv.good },
  { name: 'icvBad', title: 'icvBad', cell: ({ icv }) => icv.bad },
  { name: 'icvUnchecked', title: 'icvUnchecked', cell: ({ icv }) => icv.unchecked },
  { name: 'replays', title: 'replays', cell: ({ replays }) => replays },
  { name: 'firstFrame', title: 'firstFrame', cell: ({ frames }) => frames?.[0] ?? null },
  { name: 'lastFrame', title: 'lastFrame', cell: ({ frames }) => frames?.[1] ?? null },
];

/** Security associations as a table; of keys only where they came from, and in JSON how long they are and their fingerprints. */
export function associationTable(session: Session): Exported<Row> {
  return { rows: associationRows(session), columns, cells };
}
