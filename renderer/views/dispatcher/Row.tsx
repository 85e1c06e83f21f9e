import { memo, type JSX } from 'react';
import type { DispatcherRow, DispatcherTicks } from '../../../core/contract/dispatcher.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { countOf } from '../../app/words.ts';
import { flagsWords, severityOfFlags, transitionAt } from './flags.ts';
import { segmentsOf } from './segments.ts';
import style from './Strips.module.css';
import { ROW, stripId } from './places.ts';
import { millisecondsText } from './words.ts';

interface RowProps {
  readonly row: DispatcherRow;
  readonly at: number;
  readonly of: number;
  readonly isCursor: boolean;
  /** Of what is shown; `until` of the capture. */
  readonly start: string;
  readonly end: string;
  readonly until: string;
  readonly moment: string;
  readonly ticks: DispatcherTicks | null;
  readonly steps: number;
}

function PlainRow({ row, at, of, isCursor, start, end, until, moment, ticks, steps }: RowProps): JSX.Element {
  const { name, destination, calls, roundTripMs, probes, failed } = row;
  const now = transitionAt(row.transitions, Number(moment));
  const flags = now?.to ?? null;
  return (
    <div
      id={stripId(at)}
      className={style.row}
      role="option"
      aria-selected={isCursor}
      aria-posinset={at + 1}
      aria-setsize={of}
      data-row={at}
      style={{ transform: `translateY(${at * ROW}px)`, height: ROW }}
    >
      <span className="visually-hidden">
        {`${name === null ? '' : `${visible(name)}, `}${visible(destination)}: ${flags ?? 'unknown'}, ${flagsWords(flags)}; ${countOf(probes, 'probe')}, ${failed} failed; ${countOf(calls, 'call')}`}
      </span>
      <div className={style.label} aria-hidden>
        <span className={style.name} title={visible(name ?? destination)}>
          {visible(name ?? destination)}
        </span>
        <span className={style.number}>{countOf(calls, 'call')}</span>
        <span className={[style.address, 'mono'].join(' ')} title={`probed by ${visible(row.prober)}`}>
          {visible(name === null ? `from ${row.prober}` : destination)}
        </span>
        <span className={style.number}>
          {roundTripMs === null ? (probes === 0 ? 'not probed' : 'no answer') : `rtt ${millisecondsText(roundTripMs)}`}
        </span>
      </div>
      <div className={style.track} aria-hidden>
        <Segments row={row} start={Number(start)} end={Number(end)} until={Number(until)} />
        {ticks === null ? null : <Ticks ticks={ticks} steps={steps} />}
      </div>
    </div>
  );
}
export const Row = memo(PlainRow);

interface SegmentsProps {
  readonly row: DispatcherRow;
  readonly start: number;
  readonly end: number;
  readonly until: number;
}

function Segments({ row, start, end, until }: SegmentsProps): JSX.Element {
  const parts = segmentsOf(row, start, end, until);
  return (
    <>
      {parts.map(({ key, flags, left, width }) => (
        <span
          key={`${key} ${flags}`}
          className={[style.strip, style[severityOfFlags(flags)], flags.endsWith('X') ? style.unprobed : ''].join(' ')}
          style={{ left: `${left * 100}%`, width: `max(3px, calc(${width * 100}% - 2px))` }}
        >
          <span className={style.flags}>{flags}</span>
        </span>
      ))}
    </>
  );
}

/** Marks of the probes, in steps. */
function Ticks({ ticks, steps }: { readonly ticks: DispatcherTicks; readonly steps: number }): JSX.Element {
  const width = steps * 3;
  const place = (step: number): number => step * 3 + 1;
  return (
    <svg className={style.ticks} viewBox={`0 0 ${width} 12`} preserveAspectRatio="none" aria-hidden>
      <path className={style.goodTick} d={ticks.good.map((step) => `M${place(step)} 1v8`).join('')} />
      <path
        className={style.failedTick}
        d={ticks.failed.map((step) => `M${place(step) - 3} 2l6 6m0-6l-6 6`).join('')}
      />
      <path className={style.openTick} d={ticks.open.map((step) => `M${place(step)} 7v2`).join('')} />
    </svg>
  );
}
