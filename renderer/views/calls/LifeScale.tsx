import type { JSX } from 'react';
import type { TimeFormat } from '../../state/settings.ts';
import { ticksOf, type Axis } from './axis.ts';
import style from './LifeScale.module.css';

/** Pixels that a label and the space around it take. */
const LABEL = 66;

/** The head of the strips: round moments on their common axis. */
export function LifeScale({
  axis,
  times,
  width,
}: {
  readonly axis: Axis;
  readonly times: TimeFormat;
  readonly width: number;
}): JSX.Element {
  const ticks = ticksOf(axis, times, Math.max(1, Math.floor(width / LABEL)));
  return (
    <span className={style.scale} aria-hidden>
      {ticks.map(({ at, label }, index) => {
        // The last label may have to stand before its line, and then needs the room of two.
        const turns = (1 - at) * width < LABEL;
        const room = (at - (ticks[index - 1]?.at ?? -1)) * width;
        return (
          <span key={at} className={style.tick} style={{ left: `${at * 100}%` }} data-side={turns ? 'left' : 'right'}>
            {turns && room < 2 * LABEL ? null : label}
          </span>
        );
      })}
    </span>
  );
}
