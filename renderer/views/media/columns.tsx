import type { LadderHost } from '../../../core/contract/ladder.ts';
import type { StreamLine, StreamSortName } from '../../../core/contract/streams.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { listTimeText } from '../../app/time-text.ts';
import { countText } from '../../app/words.ts';
import type { TimeFormat } from '../../state/settings.ts';
import type { GridColumn } from '../../widgets/grid/column.ts';
import { Mark } from '../../widgets/StateMark.tsx';
import { durationText } from '../calls/durations.ts';
import { hostName } from '../calls/host-name.ts';
import { partyOf } from '../calls/party.ts';
import style from './columns.module.css';
import {
  codecText,
  directionText,
  kbpsText,
  legLetter,
  lossPercent,
  mosLook,
  msNumber,
  pathText,
  percentText,
  seenText,
  verdictLook,
} from './words.ts';

/** What cells are made with besides their row. */
export interface StreamContext {
  readonly times: TimeFormat;
  readonly hosts: readonly LadderHost[];
  /** Beginning of the capture, as `ts`. */
  readonly start: string | null;
}

export type StreamColumn = GridColumn<StreamLine, StreamContext> & { readonly sort: StreamSortName | null };

/** Every column, in the order of the chooser. */
export const streamColumns: readonly StreamColumn[] = [
  {
    name: 'call',
    title: 'Call',
    about: 'Who called whom; nothing where no call announced the stream',
    width: 150,
    grows: true,
    sort: 'call',
    text: ({ call, from, to }) => (call === null ? 'no call' : `${userOf(from)} → ${userOf(to)}`),
    cell: ({ call, from, to }) =>
      call === null ? (
        <span className={style.quiet}>no call</span>
      ) : (
        <>
          {userOf(from)}
          <span className={style.quiet}> → </span>
          {userOf(to)}
        </>
      ),
    hint: ({ call, from, to, callId }) =>
      call === null
        ? 'No SDP announced it: it was recognised by its packets.'
        : visible(`${from ?? ''} → ${to ?? ''}\n${callId ?? ''}`),
  },
  {
    name: 'direction',
    title: 'Direction',
    about: 'Who hears it: callee or caller, and on which leg',
    width: 104,
    sort: 'direction',
    text: ({ direction, leg }) =>
      direction === null ? '' : `${directionText(direction)}${leg === null ? '' : `, ${legLetter(leg)}`}`,
    hint: ({ direction, leg }) =>
      direction === null ? '' : `${directionText(direction)}${leg === null ? '' : ` on leg ${legLetter(leg)}`}`,
  },
  {
    name: 'route',
    title: 'Source → destination',
    about: 'Addresses and ports',
    width: 276,
    sort: 'src',
    text: ({ src, sport, dst, dport }, { hosts }) =>
      `${visible(hostName(hosts, src, sport))} → ${visible(hostName(hosts, dst, dport))}`,
    hint: pathText,
  },
  text('ssrc', 'SSRC', 'Synchronisation source', 90, ({ ssrc }) => ssrc, 'ssrc', true),
  {
    ...text('codec', 'Codec', 'What its payload types mean', 74, codecText, 'codec'),
    hint: ({ payloadTypes }) =>
      payloadTypes
        .map(({ pt, codec, clockRate, packets }) =>
          visible(`${pt}: ${codec ?? 'unknown'}${clockRate === null ? '' : ` ${clockRate} Hz`}, ${countText(packets)}`),
        )
        .join('\n'),
  },
  number('packets', 'Packets', 'Packets that came', 70, ({ packets }) => countText(packets), 'packets'),
  number(
    'lost',
    'Lost',
    'Packets that never came, and of those expected',
    84,
    (row) => (row.missing === 0 ? '0' : `${countText(row.missing)} · ${percentText(lossPercent(row))}`),
    'lost',
  ),
  number(
    'jitter',
    'Jitter',
    'Mean and most, ms (RFC 3550)',
    86,
    ({ meanJitterMs, maxJitterMs }) =>
      meanJitterMs === null ? '' : `${msNumber(meanJitterMs)} / ${msNumber(maxJitterMs ?? meanJitterMs)}`,
    'meanJitter',
  ),
  number('maxDelta', 'Max Δ', 'Longest spacing of arrivals, ms', 66, (row) => msNumber(row.maxDeltaMs), 'maxDelta'),
  number(
    'wanted',
    'Asked',
    'Packet time that the receiver asked for, ms (a=ptime)',
    58,
    ({ ptime: { wantedMs, maxMs } }) =>
      wantedMs === null ? (maxMs === null ? '' : `≤ ${msNumber(maxMs)}`) : msNumber(wantedMs),
    'wanted',
  ),
  number('ptime', 'Seen', 'Packet time of its packets, ms', 78, ({ ptime }) => seenText(ptime), 'ptime'),
  {
    name: 'verdict',
    title: 'Packet time',
    about: 'Whether what was asked for, timestamps, arrivals and payloads agree',
    width: 134,
    sort: 'verdict',
    text: ({ ptime }) => verdictLook(ptime).word,
    cell: ({ ptime }) => {
      const { word, severity } = verdictLook(ptime);
      return <Mark severity={severity}>{word}</Mark>;
    },
    hint: ({ ptime }) => visible(ptime.explanation),
  },
  {
    name: 'mos',
    title: 'MOS',
    about: 'Estimate by the E-model (ITU-T G.107), 1 to 4.5',
    width: 62,
    sort: 'mos',
    text: ({ mos }) => (mos === null ? '' : mos.value.toFixed(1)),
    cell: ({ mos }) =>
      mos === null ? null : <Mark severity={mosLook(mos.value).severity}>{mos.value.toFixed(1)}</Mark>,
    hint: ({ mos }) =>
      mos === null ? 'There are no published values for its codec.' : `${mos.value} ${mosLook(mos.value).word}`,
  },
  number(
    'duration',
    'Duration',
    'From the first to the last packet',
    76,
    (row) => durationText(row.durationMs),
    'duration',
  ),
  number('bandwidth', 'Bandwidth', 'On the link', 92, ({ kbpsLayer2 }) => kbpsText(kbpsLayer2), 'bandwidth'),
  {
    ...text('note', 'Note', 'What is wrong, and addresses other than announced', 220, noteOf, 'warning'),
    grows: true,
    cell: ({ warning, addressNote }) =>
      warning === null ? (
        <span className={style.quiet}>{visible(addressNote ?? '')}</span>
      ) : (
        <Mark severity="warn">{visible(warning)}</Mark>
      ),
  },
  {
    name: 'start',
    title: 'Start',
    about: 'Time of the first packet',
    width: 132,
    mono: true,
    sort: 'start',
    text: (row, { times, start }) => listTimeText(row.start, times, start),
  },
  text(
    'leg',
    'Leg',
    'Stretch of the call’s media, between two hosts',
    48,
    ({ leg }) => (leg === null ? '' : legLetter(leg)),
    'leg',
  ),
  number(
    'maxJitter',
    'Max jitter',
    'Most jitter, ms',
    80,
    ({ maxJitterMs }) => (maxJitterMs === null ? '' : msNumber(maxJitterMs)),
    'maxJitter',
  ),
  number(
    'lossPercent',
    'Lost %',
    'Of those expected, how many never came',
    70,
    (row) => percentText(lossPercent(row)),
    'lossPercent',
  ),
  text('src', 'Sent by', 'Address and port', 150, ({ src, sport }) => `${src}:${sport}`, 'src'),
  text('dst', 'Sent to', 'Address and port', 150, ({ dst, dport }) => `${dst}:${dport}`, 'dst'),
  text('callId', 'Call-ID', 'Of its call', 220, ({ callId }) => callId ?? '', 'call', true),
  text('media', 'Media', 'Type of the section of the SDP', 64, ({ media }) => media ?? '', null),
  number(
    'outOfOrder',
    'Late',
    'Packets that came after a later one',
    60,
    ({ outOfOrder }) => countText(outOfOrder),
    null,
  ),
  number(
    'duplicates',
    'Twice',
    'Packets that came more than once',
    60,
    ({ duplicates }) => countText(duplicates),
    null,
  ),
  number(
    'skew',
    'Skew',
    'How much faster the sender’s clock goes, parts per million',
    70,
    ({ skewPpm }) => (skewPpm === null ? '' : String(skewPpm)),
    null,
  ),
  number('frame', 'Frame', 'First packet', 72, ({ frame }) => String(frame), null),
];

export function streamColumnNamed(name: string): StreamColumn | null {
  return streamColumns.find((column) => column.name === name) ?? null;
}

function noteOf({ warning, addressNote }: StreamLine): string {
  return warning ?? addressNote ?? '';
}

function userOf(address: string | null): string {
  return visible(partyOf(address ?? '').user);
}

function text(
  name: string,
  title: string,
  about: string,
  width: number,
  value: (row: StreamLine) => string,
  sort: StreamSortName | null,
  mono = false,
): StreamColumn {
  return { name, title, about, width, sort, mono, text: (row) => visible(value(row)) };
}

function number(
  name: string,
  title: string,
  about: string,
  width: number,
  value: (row: StreamLine) => string,
  sort: StreamSortName | null,
): StreamColumn {
  return { name, title, about, width, align: 'right', sort, text: value };
}
