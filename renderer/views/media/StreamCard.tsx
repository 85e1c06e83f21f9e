import { useId, type JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import { countText } from '../../app/words.ts';
import { Mark } from '../../widgets/StateMark.tsx';
import type { StreamLine } from '../../../core/contract/streams.ts';
import { spacingsBetween, type Course } from '../../../core/ladder/course-lines.ts';
import type { Side } from './selection.ts';
import { SideMark } from './SideMark.tsx';
import style from './StreamCard.module.css';
import {
  codecText,
  lossPercent,
  mosLook,
  msNumber,
  msText,
  offsetText,
  pathText,
  percentText,
  seenText,
  verdictLook,
} from './words.ts';

/** One direction: whether what was asked for, timestamps, arrivals and payloads agree, and each of the four. */
export function StreamCard({
  side: { key, title, stream, others },
  course,
  oneWay,
  from,
  onChoose,
}: {
  readonly side: Side;
  /** Null as long as it is not there. */
  readonly course: Course | null;
  /** What is said of a call in which only one side was heard; null where that is not so. */
  readonly oneWay: string | null;
  /** Where the axis of time begins, epoch seconds. */
  readonly from: number;
  /** Another stream of the same direction. */
  readonly onChoose: (stream: number) => void;
}): JSX.Element {
  const id = useId();
  if (stream === null)
    return (
      <section className={[style.card, style.silent, oneWay === null ? '' : style.bad].join(' ')} aria-label={title}>
        <h2 className={style.title}>{title}</h2>
        <p className={style.verdict}>
          <Mark severity={oneWay === null ? 'idle' : 'bad'}>nothing came</Mark>
        </p>
        <p className={style.short}>
          {oneWay === null ? 'No RTP of this direction is in the capture.' : visible(oneWay)}
        </p>
      </section>
    );
  const look = verdictLook(stream.ptime);
  return (
    <section
      className={[style.card, look.severity === 'bad' ? style.bad : ''].join(' ')}
      aria-label={`${title}: ${look.word}`}
    >
      <header className={style.head}>
        <SideMark side={key} />
        <h2 className={style.title}>{title}</h2>
        <span className={style.path}>
          {pathText(stream)} · {codecText(stream)}
          {others.length > 1 ? null : ` · ${stream.ssrc}`}
        </span>
        {others.length > 1 ? <Others id={id} stream={stream} others={others} onChoose={onChoose} /> : null}
      </header>
      <p className={style.verdict}>
        <Mark severity={look.severity}>{wordOf(stream, from)}</Mark>
        <span className={style.short}>{shortOf(stream)}</span>
      </p>
      <Four stream={stream} course={course} />
      <p className={style.foot}>
        <span>{countText(stream.packets)} packets</span>
        <span>
          {countText(stream.missing)} lost, {percentText(lossPercent(stream))}
        </span>
        <span>jitter {stream.meanJitterMs === null ? '–' : msText(stream.meanJitterMs)}</span>
        {stream.mos === null ? (
          <span title={visible(stream.mosReason ?? '')}>no MOS</span>
        ) : (
          <Mark severity={mosLook(stream.mos.value).severity}>
            {`MOS ${stream.mos.value.toFixed(1)}, ${mosLook(stream.mos.value).word}`}
          </Mark>
        )}
      </p>
    </section>
  );
}

/** Another SSRC took over, or two spoke at once. */
function Others({
  id,
  stream,
  others,
  onChoose,
}: {
  readonly id: string;
  readonly stream: StreamLine;
  readonly others: readonly StreamLine[];
  readonly onChoose: (stream: number) => void;
}): JSX.Element {
  return (
    <>
      <label className="visually-hidden" htmlFor={id}>
        Stream of this direction
      </label>
      <select
        id={id}
        className={style.choice}
        value={stream.id}
        onChange={({ target }) => onChoose(Number(target.value))}
      >
        {others.map((one) => (
          <option key={one.id} value={one.id}>
            {`${one.ssrc}, ${countText(one.packets)} packets`}
          </option>
        ))}
      </select>
    </>
  );
}

/** The four figures that should be one. */
function Four({ stream, course }: { readonly stream: StreamLine; readonly course: Course | null }): JSX.Element {
  const { ptime, payloadTypes } = stream;
  const seen = seenText(ptime);
  const changes = ptime.changes.length > 1 && ptime.verdict === 'mixed';
  const differs = (ms: number | null): boolean =>
    ms !== null &&
    ((ptime.wantedMs !== null && Math.abs(ms - ptime.wantedMs) > 0.1 * ptime.wantedMs + 0.5) ||
      (ptime.maxMs !== null && ms > 1.1 * ptime.maxMs + 0.5));
  const bad = verdictLook(ptime).severity === 'bad';
  const arrivals = changes && course !== null ? arrivalText(course, ptime.changes) : null;
  const clock = payloadTypes.find(({ clockRate }) => clockRate !== null)?.clockRate ?? null;
  const receiver =
    stream.direction === null ? 'receiver' : stream.direction === 'caller-to-callee' ? 'callee' : 'caller';
  const ticks = ptime.timestampMs === null || clock === null ? null : Math.round((ptime.timestampMs * clock) / 1000);
  const size = stream.packets === 0 ? 0 : Math.round(stream.payloadBytes / stream.packets);
  const rows: readonly (readonly [name: string, value: string, about: string, isBad: boolean])[] = [
    [
      `Asked for by the ${receiver}`,
      ptime.wantedMs === null ? 'nothing' : msText(ptime.wantedMs),
      `a=ptime · ${ptime.maxMs === null ? 'no a=maxptime' : `at most ${msText(ptime.maxMs)}`}`,
      false,
    ],
    [
      'RTP timestamp step',
      changes ? `${seen} ms` : msText(ptime.timestampMs),
      ticks === null ? 'clock not known' : `${changes ? 'first ' : ''}${ticks} / ${clock ?? '?'} Hz`,
      bad && (changes || differs(ptime.timestampMs)),
    ],
    [
      'Arrival spacing',
      arrivals ?? msText(ptime.arrivalMs),
      `longest ${msText(stream.maxDeltaMs)}`,
      bad && (differs(ptime.arrivalMs) || arrivals !== null),
    ],
    [
      'Payload',
      changes && ptime.payloadMs !== null ? `${seen} ms` : msText(ptime.payloadMs),
      `${size} bytes · ${Math.round(100 * stream.payloadShare)} % of the frame`,
      bad && (changes || differs(ptime.payloadMs)),
    ],
  ];
  return (
    <dl className={style.four}>
      {rows.map(([name, value, about, isBad]) => (
        <div key={name} className={style.line}>
          <dt>{name}</dt>
          <dd className={isBad ? style.wrong : undefined}>
            <b>
              {isBad ? '≠ ' : ''}
              {value}
            </b>{' '}
            <span className={style.about}>{about}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `20 → 40.1 ms`: the median between changes; null where that is not known. */
function arrivalText(course: Course, changes: StreamLine['ptime']['changes']): string | null {
  const medians = spacingsBetween(
    course,
    changes.map(({ ts }) => Number(ts)),
  );
  if (medians.length > 3 || medians.includes(null)) return null;
  return `${medians.map((median) => msNumber(median ?? 0)).join(' → ')} ms`;
}

/** `agrees`, `changes at 01:40`. */
function wordOf({ ptime }: StreamLine, from: number): string {
  const { word } = verdictLook(ptime);
  const [, change] = ptime.changes;
  if (word !== 'changes' || change === undefined) return word;
  const at = Number(change.ts) - from;
  return `changes at ${offsetText(at, at < 60 ? 1 : 0)}`;
}

/** What the word means here, short. */
function shortOf({ ptime }: StreamLine): string {
  const seen = seenText(ptime);
  const { wantedMs, maxMs, verdict } = ptime;
  if (seen === '') return visible(ptime.explanation);
  const asked = [
    ...(wantedMs === null ? [] : [`${msNumber(wantedMs)} asked for`]),
    ...(maxMs === null ? [] : [`at most ${msNumber(maxMs)} accepted`]),
  ];
  if (verdict === 'agree')
    return wantedMs === null
      ? `${seen} ms, nothing asked for`
      : `${seen} ms, ${ptime.payloadMs === null ? 'all' : 'all four'}`;
  return `${seen} ms${asked.length === 0 ? '' : `, ${asked.join(', ')}`}`;
}
