import type { JSX } from 'react';
import { tickDecimals } from '../../../core/ladder/course-lines.ts';
import { PLOT_LEFT, PLOT_RIGHT } from '../../charts/line-data.ts';
import type { Span } from './questions.ts';
import style from './TimeCharts.module.css';
import { offsetText } from './words.ts';

/** The axis of time below all charts: minutes and seconds since the first packet. */
export function TimeAxis({
  span,
  from,
  ticks,
  step,
}: {
  readonly span: Span;
  readonly from: number;
  readonly ticks: readonly number[];
  readonly step: number;
}): JSX.Element {
  const decimals = tickDecimals(step);
  return (
    <div className={style.axis} style={{ marginLeft: PLOT_LEFT, marginRight: PLOT_RIGHT }} aria-hidden>
      {ticks.map((at) => (
        <span key={at} className={style.tick} style={{ left: `${(100 * (at - span.from)) / (span.to - span.from)}%` }}>
          {offsetText(at - from, decimals)}
        </span>
      ))}
    </div>
  );
}
