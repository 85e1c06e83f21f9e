import type { CallRow, CallState, MessageRow } from '../contract/model.ts';
import type { Column, Tone } from '../export/column.ts';

/** The last second whose time of day was asked for: rows come in the order of time, many in one second. */
let lastSecond = { whole: '', text: '' };

/** A table shows the time of day, in UTC, to the millisecond; all decimals are in JSON and CSV. */
export function timeOfDay(ts: string): string {
  const point = ts.indexOf('.');
  const whole = point === -1 ? ts : ts.slice(0, point);
  if (whole !== lastSecond.whole) {
    const date = new Date(Number(whole) * 1000);
    lastSecond = { whole, text: Number.isNaN(date.getTime()) ? whole : date.toISOString().slice(11, 19) };
  }
  return point === -1 ? lastSecond.text : `${lastSecond.text}${ts.slice(point, point + 4)}`;
}

/** Address and port as one writes them. */
export function end(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** `anna@example.com` of `"Anna" <sip:anna@example.com>`: what is left when scheme, brackets and name are taken away. */
function party(address: string | null): string | null {
  if (address === null) return null;
  const uri = /<([^<>]*)>?\s*$/.exec(address)?.[1] ?? address;
  return uri.replace(/^(?:sips?|tel):/i, '').replace(/;.*$/s, '') || address;
}

const states: Readonly<Record<CallState, Tone>> = {
  calling: 'info',
  ringing: 'info',
  'in-call': 'good',
  completed: 'good',
  cancelled: 'muted',
  rejected: 'bad',
  busy: 'warn',
  failed: 'bad',
  'timed-out': 'bad',
  diverted: 'info',
  unacknowledged: 'bad',
  pending: 'info',
  registered: 'good',
  unregistered: 'muted',
  challenged: 'warn',
};

function statusTone(status: number | null): Tone | null {
  if (status === null) return 'strong';
  if (status < 200) return 'info';
  if (status < 300) return 'good';
  return status < 400 ? 'info' : 'bad';
}

/** Milliseconds as seconds with as many decimals as one wants to read: `0.412`, `61.2`. */
function seconds(ms: number | null): string | null {
  if (ms === null) return null;
  return (ms / 1000).toFixed(ms < 10_000 ? 3 : 1);
}

export const messageColumns: readonly Column<MessageRow>[] = [
  { name: 'frame', title: 'Frame', cell: ({ frame }) => frame, align: 'right', least: 9 },
  { name: 'time', title: 'Time (UTC)', cell: ({ ts }) => timeOfDay(ts), tone: () => 'muted' },
  { name: 'src', title: 'From', cell: ({ src, sport }) => end(src, sport), least: 17 },
  { name: 'dst', title: 'To', cell: ({ dst, dport }) => end(dst, dport), least: 17 },
  { name: 'transport', title: 'Via', cell: ({ transport }) => transport, drop: 3 },
  {
    name: 'message',
    title: 'Message',
    cell: ({ method, status, reason }) => method ?? `${status ?? ''} ${reason ?? ''}`.trim(),
    most: 32,
    least: 10,
    tone: ({ status }) => statusTone(status),
  },
  {
    name: 'cseq',
    title: 'CSeq',
    cell: ({ cseq }) => (cseq === null ? null : `${cseq.number} ${cseq.method}`),
    most: 24,
    least: 8,
    drop: 2,
  },
  { name: 'call', title: 'Call', cell: ({ call }) => call, align: 'right', drop: 1 },
  { name: 'callId', title: 'Call-ID', cell: ({ callId }) => callId, most: 48, least: 12, drop: 4 },
  {
    name: 'note',
    title: '',
    cell: ({ retransmissionOf, copyOf, faults }) => {
      const notes = [
        retransmissionOf === null ? '' : `retransmission of ${retransmissionOf}`,
        copyOf === null ? '' : `copy of ${copyOf}`,
        ...faults,
      ];
      return notes.filter((note) => note !== '').join(', ');
    },
    most: 48,
    least: 12,
    drop: 5,
    tone: ({ faults }) => (faults.length > 0 ? 'warn' : 'muted'),
  },
];

export const callColumns: readonly Column<CallRow>[] = [
  { name: 'id', title: '#', cell: ({ id }) => id, align: 'right', least: 9 },
  { name: 'start', title: 'Start (UTC)', cell: ({ start }) => timeOfDay(start), tone: () => 'muted' },
  { name: 'method', title: 'Method', cell: ({ method }) => method, most: 16 },
  {
    name: 'state',
    title: 'State',
    cell: ({ state, finalStatus, partial }) => {
      const said = finalStatus === null || finalStatus < 300 ? state : `${state} ${finalStatus}`;
      return partial ? `${said}, partial` : said;
    },
    tone: ({ state }) => states[state],
  },
  { name: 'from', title: 'From', cell: ({ from }) => party(from), most: 40, least: 16 },
  { name: 'to', title: 'To', cell: ({ to }) => party(to), most: 40, least: 16 },
  { name: 'src', title: 'Sent by', cell: ({ src, sport }) => end(src, sport), least: 18, drop: 4 },
  { name: 'dst', title: 'Sent to', cell: ({ dst, dport }) => end(dst, dport), least: 18, drop: 7 },
  { name: 'messages', title: 'Msgs', cell: ({ messages }) => messages, align: 'right', drop: 3 },
  {
    name: 'again',
    title: 'Again',
    cell: ({ retransmissions }) => (retransmissions === 0 ? null : retransmissions),
    align: 'right',
    drop: 6,
    tone: () => 'warn',
  },
  { name: 'hops', title: 'Hops', cell: ({ hops }) => hops, align: 'right', drop: 10 },
  { name: 'ringing', title: 'Ring s', cell: ({ ringingMs }) => seconds(ringingMs), align: 'right', drop: 9 },
  { name: 'answer', title: 'Answer s', cell: ({ answerMs }) => seconds(answerMs), align: 'right', drop: 8 },
  { name: 'duration', title: 'Talk s', cell: ({ durationMs }) => seconds(durationMs), align: 'right', drop: 2 },
  { name: 'callId', title: 'Call-ID', cell: ({ callId }) => callId, most: 40, least: 12, drop: 5 },
];

/** A spreadsheet gets what programs get, a column for each plain field, and lists as text. */
export const messageCells: readonly Column<MessageRow>[] = [
  ...['frame', 'ts', 'src', 'sport', 'dst', 'dport', 'transport', 'method', 'status', 'reason', 'requestUri'].map(
    (name) => plain<MessageRow>(name),
  ),
  { name: 'cseq', title: 'cseq', cell: ({ cseq }) => (cseq === null ? null : `${cseq.number} ${cseq.method}`) },
  ...['callId', 'fromTag', 'toTag'].map((name) => plain<MessageRow>(name)),
  { name: 'branches', title: 'branches', cell: ({ branches }) => branches.join(' ') },
  ...['from', 'to', 'contentType', 'bodyLength', 'retransmissionOf', 'copyOf', 'decrypted', 'call'].map((name) =>
    plain<MessageRow>(name),
  ),
];

export const callCells: readonly Column<CallRow>[] = [
  'id',
  'callId',
  'method',
  'from',
  'to',
  'src',
  'sport',
  'dst',
  'dport',
  'start',
  'end',
  'messages',
  'state',
  'finalStatus',
  'ringingMs',
  'answerMs',
  'durationMs',
  'hops',
  'partial',
  'provenBy',
  'why',
  'retransmissions',
  'copies',
].map((name) => plain<CallRow>(name));

/** The field of that name, where it is plain data. */
export function plain<Row extends object>(name: string): Column<Row> {
  return {
    name,
    title: name,
    cell: (row) => {
      const value: unknown = (row as Record<string, unknown>)[name];
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    },
  };
}
