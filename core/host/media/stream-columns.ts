import type { StreamMos, StreamPtime, StreamRow } from '../../contract/streams.ts';
import type { Column, Tone } from '../../export/column.ts';
import { end, plain, timeOfDay } from '../table-columns.ts';

/** What a table for people shows of a stream. */
export interface StreamBrief extends Pick<
  StreamRow,
  | 'addressNote'
  | 'call'
  | 'dport'
  | 'dst'
  | 'expected'
  | 'id'
  | 'maxDeltaMs'
  | 'meanJitterMs'
  | 'missing'
  | 'packets'
  | 'payloadTypes'
  | 'protection'
  | 'sport'
  | 'src'
  | 'ssrc'
  | 'start'
  | 'warning'
> {
  readonly ptime: Pick<StreamPtime, 'payloadMs' | 'timestampMs' | 'verdict'>;
  readonly mos: Pick<StreamMos, 'value'> | null;
}

function ms(value: number | null, decimals: number): string | null {
  return value === null ? null : value.toFixed(decimals);
}

function verdictTone({ ptime: { verdict } }: StreamBrief): Tone {
  if (verdict === 'agree') return 'good';
  return verdict === 'unknown' ? 'muted' : 'bad';
}

function codecs({ payloadTypes, protection }: Pick<StreamRow, 'payloadTypes' | 'protection'>): string {
  const [only] = payloadTypes;
  if (payloadTypes.length === 1 && only !== undefined && protection === null) return codecName(only);
  const names = payloadTypes.map(codecName);
  return [...(protection === null ? [] : [protection]), ...new Set(names)].join(' ');
}

function codecName({ codec, pt }: StreamRow['payloadTypes'][number]): string {
  return codec === null || codec === '' ? `type ${pt}` : codec;
}

function lossPercent({ expected, missing }: StreamBrief): number {
  return expected > 0 ? (100 * missing) / expected : 0;
}

export const streamColumns: readonly Column<StreamBrief>[] = [
  { name: 'id', title: '#', cell: ({ id }) => id, align: 'right', drop: 8 },
  { name: 'start', title: 'Start (UTC)', cell: ({ start }) => timeOfDay(start), tone: () => 'muted', drop: 6 },
  { name: 'src', title: 'From', cell: ({ src, sport }) => end(src, sport), least: 17 },
  { name: 'dst', title: 'To', cell: ({ dst, dport }) => end(dst, dport), least: 17 },
  { name: 'ssrc', title: 'SSRC', cell: ({ ssrc }) => ssrc, drop: 7 },
  { name: 'codec', title: 'Codec', cell: codecs, most: 24, least: 8 },
  {
    name: 'ptime',
    title: 'ms',
    cell: ({ ptime: { payloadMs, timestampMs } }) => payloadMs ?? timestampMs,
    align: 'right',
  },
  { name: 'verdict', title: 'Packet time', cell: ({ ptime: { verdict } }) => verdict, tone: verdictTone },
  { name: 'packets', title: 'Packets', cell: ({ packets }) => packets, align: 'right', drop: 3 },
  {
    name: 'loss',
    title: 'Loss %',
    cell: (row) => lossPercent(row).toFixed(1),
    align: 'right',
    tone: (row) => (lossPercent(row) >= 1 ? 'bad' : null),
  },
  { name: 'delta', title: 'Max Δ ms', cell: ({ maxDeltaMs }) => ms(maxDeltaMs, 1), align: 'right', drop: 4 },
  { name: 'jitter', title: 'Jitter ms', cell: ({ meanJitterMs }) => ms(meanJitterMs, 2), align: 'right', drop: 2 },
  { name: 'mos', title: 'MOS', cell: ({ mos }) => ms(mos?.value ?? null, 1), align: 'right', drop: 1 },
  { name: 'call', title: 'Call', cell: ({ call }) => call, align: 'right' },
  {
    name: 'note',
    title: '',
    cell: ({ addressNote, warning }) => warning ?? addressNote,
    most: 120,
    least: 24,
    drop: 5,
    tone: ({ warning }) => (warning === null ? 'muted' : 'warn'),
  },
];

function nested(name: string, cell: Column<StreamRow>['cell']): Column<StreamRow> {
  return { name, title: name, cell };
}

/** For a spreadsheet: what is within another field is a column of its own. */
export const streamCells: readonly Column<StreamRow>[] = [
  ...['id', 'ssrc', 'src', 'sport', 'dst', 'dport', 'callId', 'direction', 'leg', 'media', 'protection'].map((name) =>
    plain<StreamRow>(name),
  ),
  nested('codecs', codecs),
  ...['packets', 'expected', 'lost', 'missing', 'duplicates', 'outOfOrder', 'start', 'end', 'durationMs'].map((name) =>
    plain<StreamRow>(name),
  ),
  ...['meanDeltaMs', 'maxDeltaMs', 'meanJitterMs', 'maxJitterMs', 'skewPpm'].map((name) => plain<StreamRow>(name)),
  nested('offeredMs', ({ ptime }) => ptime.offeredMs),
  nested('answeredMs', ({ ptime }) => ptime.answeredMs),
  nested('maxMs', ({ ptime }) => ptime.maxMs),
  nested('timestampMs', ({ ptime }) => ptime.timestampMs),
  nested('arrivalMs', ({ ptime }) => ptime.arrivalMs),
  nested('payloadMs', ({ ptime }) => ptime.payloadMs),
  nested('verdict', ({ ptime }) => ptime.verdict),
  nested('explanation', ({ ptime }) => ptime.explanation),
  nested('mos', ({ mos }) => mos?.value ?? null),
  nested('mosScale', ({ mos }) => mos?.inputs.scale ?? null),
  nested('mosReason', ({ mosReason }) => mosReason ?? null),
  ...['payloadBytes', 'wireBytes', 'payloadShare', 'kbpsLayer2', 'kbpsLayer3', 'addressNote', 'warning'].map((name) =>
    plain<StreamRow>(name),
  ),
  nested('dtmf', ({ dtmf }) => dtmf.map(({ key }) => key).join(' ')),
];
