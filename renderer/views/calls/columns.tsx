import { Link2 } from 'lucide-react';
import { callSortNames, type CallSortName } from '../../../core/contract/api.ts';
import type { LadderHost } from '../../../core/contract/ladder.ts';
import type { CallRow } from '../../../core/contract/model.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { listTimeText } from '../../app/time-text.ts';
import type { TimeFormat } from '../../state/settings.ts';
import type { GridColumn } from '../../widgets/grid/column.ts';
import { Pill } from '../../widgets/Pill.tsx';
import { StateMark, stateLook } from '../../widgets/StateMark.tsx';
import type { Axis } from './axis.ts';
import { durationText } from './durations.ts';
import { hostName } from './host-name.ts';
import { LifeStrip } from './LifeStrip.tsx';
import { partyOf } from './party.ts';
import style from './columns.module.css';

/** What cells are made with besides their row. */
export interface CellContext {
  readonly times: TimeFormat;
  readonly hosts: readonly LadderHost[];
  readonly axis: Axis | null;
  /** Names of the headers in `CallRow.headers`. */
  readonly headers: readonly string[];
}

export type CallColumn = GridColumn<CallRow, CellContext> & { readonly sort: CallSortName | null };

const known: readonly CallColumn[] = [
  {
    name: 'start',
    title: 'Start',
    about: 'Time of the first message',
    width: 132,
    mono: true,
    sort: 'start',
    text: ({ start }, { times, axis }) => listTimeText(start, times, axis?.start ?? null),
  },
  {
    name: 'state',
    title: 'State',
    about: 'What became of it, with the status that decided',
    width: 128,
    sort: 'state',
    text: ({ state, finalStatus }) => stateLook(state, finalStatus).word,
    cell: ({ state, finalStatus }) => <StateMark state={state} status={finalStatus} />,
    hint: ({ why, partial }) => `${visible(why)}${partial ? '\nThe beginning is not in the capture.' : ''}`,
  },
  party('from', 'From', 'Who called: user and name in From'),
  party('to', 'To', 'Who was called: user and name in To'),
  {
    name: 'route',
    title: 'Route',
    about: 'From where to where the first message went',
    width: 220,
    grows: true,
    sort: 'src',
    text: ({ src, sport, dst, dport }, { hosts }) =>
      `${visible(hostName(hosts, src, sport))} → ${visible(hostName(hosts, dst, dport))}`,
    hint: ({ src, sport, dst, dport }) => `${end(src, sport)} → ${end(dst, dport)}`,
  },
  duration('setup', 'Setup', 'Until the answer', 76, ({ answerMs }) => answerMs),
  duration('talk', 'Talk', 'From the answer to the BYE', 76, ({ durationMs }) => durationMs),
  number('messages', 'Msgs', 'Messages', 68, ({ messages }) => messages),
  {
    name: 'life',
    title: 'Life',
    about: 'Setup, ringing, talk and end on the time axis of the capture',
    width: 230,
    drawn: true,
    sort: null,
    text: ({ method, ringingMs, answerMs, durationMs }) =>
      [
        ringingMs === null ? '' : `rang after ${durationText(ringingMs)}`,
        answered(method, answerMs),
        durationMs === null ? '' : `talked ${durationText(durationMs)}`,
      ]
        .filter((part) => part !== '')
        .join(', '),
    cell: (row, { axis }) => (axis === null ? null : <LifeStrip row={row} axis={axis} />),
  },
  {
    name: 'findings',
    title: 'Findings',
    about: 'How many faults were found in it',
    width: 92,
    sort: 'findings',
    text: ({ findings }) => (findings === 0 ? '' : String(findings)),
    cell: ({ findings, state }) =>
      findings === 0 ? null : <Pill severity={stateLook(state).severity === 'bad' ? 'bad' : 'warn'}>{findings}</Pill>,
  },
  {
    ...plain('method', 'Method', 'The request that began it', 92, ({ method }) => method),
    sort: 'method',
    cell: ({ method, legs }) =>
      legs.length === 0 ? (
        visible(method ?? '')
      ) : (
        <span className={style.legs} title={`Legs of one call: ${visible(legs.join(', '))}`}>
          {visible(method ?? '')}
          <Link2 size={12} aria-label={`has ${legs.length} other ${legs.length === 1 ? 'leg' : 'legs'}`} />
        </span>
      ),
  },
  { ...plain('callId', 'Call-ID', 'Its Call-ID', 220, ({ callId }) => callId), sort: 'callId', mono: true },
  number('hops', 'Hops', 'Hops that the first request took', 68, ({ hops }) => hops),
  {
    name: 'end',
    title: 'End',
    about: 'Time of the last message',
    width: 132,
    mono: true,
    sort: 'end',
    text: (row, { times, axis }) => listTimeText(row.end, times, axis?.start ?? null),
  },
  duration('ringing', 'Ringing', 'Until it rang (post-dial delay)', 86, ({ ringingMs }) => ringingMs),
  number('finalStatus', 'Status', 'Final status that decided', 76, ({ finalStatus }) => finalStatus),
  number('retransmissions', 'Again', 'Retransmissions', 72, ({ retransmissions }) => retransmissions || null),
  {
    ...number('copies', 'Copies', 'Messages that the capture saw twice', 64, ({ copies }) => copies || null),
    sort: null,
  },
  {
    ...plain('src', 'Sent by', 'Address and port of the first sender', 150, ({ src, sport }) => end(src, sport)),
    sort: 'src',
  },
  { ...plain('dst', 'Sent to', 'Where the first message went', 150, ({ dst, dport }) => end(dst, dport)), sort: 'dst' },
  plain('why', 'Why', 'Why it has this state, in one line', 380, ({ why }) => why),
  { ...number('id', '#', 'Number of the call in the capture', 64, ({ id }) => id), sort: 'start' },
  plain('partial', 'Partial', 'The beginning is not in the capture', 64, ({ partial }) => (partial ? 'partial' : null)),
  number('provenBy', 'Proof', 'Frame that proves the state', 72, ({ provenBy }) => provenBy),
];

/** Every column but those of headers, in the order of the chooser. Findings are offered once hosts count them: until then all are 0. */
export const callColumns = known.filter(({ name }) => name !== 'findings');

/** The column of that name; null for one that nobody knows (an older or newer program wrote the settings). */
export function columnNamed(name: string): CallColumn | null {
  if (!name.startsWith('header:')) return known.find((column) => column.name === name) ?? null;
  const header = name.slice('header:'.length);
  return {
    ...plain(name, visible(header), `The header ${visible(header)} of the first request`, 180, () => null),
    sort: `header:${header}`,
    text: (row, { headers }) => visible(row.headers?.[headers.indexOf(header)] ?? ''),
  };
}

function end(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Only calls are answered; an OPTIONS or a REGISTER has a status, and no life to tell of. */
function answered(method: string | null, answerMs: number | null): string {
  if (answerMs !== null) return `answered after ${durationText(answerMs)}`;
  return method === 'INVITE' ? 'never answered' : '';
}

function party(name: 'from' | 'to', title: string, about: string): CallColumn {
  const text = (row: CallRow): string => {
    const { user, name: display } = partyOf(row[name] ?? '');
    return visible(display === null ? user : `${user} ${display}`);
  };
  return {
    name,
    title,
    about,
    width: 150,
    grows: true,
    sort: name,
    text,
    cell: (row) => {
      const { user, name: display } = partyOf(row[name] ?? '');
      return (
        <>
          {visible(user)}
          {display === null ? null : <span className={style.display}> {visible(display)}</span>}
        </>
      );
    },
    hint: (row) => visible(row[name] ?? ''),
  };
}

function plain(
  name: string,
  title: string,
  about: string,
  width: number,
  value: (row: CallRow) => string | null,
): CallColumn {
  return { name, title, about, width, sort: null, text: (row) => visible(value(row) ?? '') };
}

function number(
  name: string,
  title: string,
  about: string,
  width: number,
  value: (row: CallRow) => number | null,
): CallColumn {
  const text = (row: CallRow): string => String(value(row) ?? '');
  return { name, title, about, width, align: 'right', sort: sortNamed(name), text };
}

function duration(
  name: string,
  title: string,
  about: string,
  width: number,
  value: (row: CallRow) => number | null,
): CallColumn {
  const text = (row: CallRow): string => {
    const ms = value(row);
    return ms === null ? '' : durationText(ms);
  };
  const hint = (row: CallRow): string => {
    const ms = value(row);
    return ms === null ? '' : `${ms / 1000} s`;
  };
  return { name, title, about, width, align: 'right', sort: sortNamed(name), text, hint };
}

function sortNamed(name: string): CallSortName | null {
  return callSortNames.find((one) => one === name) ?? null;
}
