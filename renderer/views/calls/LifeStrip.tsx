import type { CSSProperties, JSX } from 'react';
import type { CallRow } from '../../../core/contract/model.ts';
import { stateLook } from '../../widgets/StateMark.tsx';
import { placeOn, type Axis } from './axis.ts';
import style from './LifeStrip.module.css';

/** A call's life on the time axis that all rows share: a thin line until it rang, a dotted one while it rang, a bar while they talked, and how it ended. */
export function LifeStrip({ row, axis }: { readonly row: CallRow; readonly axis: Axis }): JSX.Element {
  const { severity } = stateLook(row.state);
  const start = placeOn(axis, row.start);
  const end = placeOn(axis, row.end);
  const after = (ms: number | null): number | null => (ms === null ? null : start + ms / 1000 / axis.span);
  const ringing = after(row.ringingMs);
  const answer = after(row.answerMs);
  const talked = answer === null || row.durationMs === null ? null : answer + row.durationMs / 1000 / axis.span;
  const setupEnd = ringing ?? answer ?? end;
  return (
    <span className={[style.life, style[severity]].join(' ')} aria-hidden>
      <span className={style.setup} style={between(start, setupEnd)} />
      {ringing === null ? null : <span className={style.ringing} style={between(ringing, answer ?? end)} />}
      {answer === null ? (
        <span className={style.end} style={between(end, end)} />
      ) : (
        <span className={style.talk} style={between(answer, talked ?? end)} />
      )}
    </span>
  );
}

function between(from: number, to: number): CSSProperties {
  const left = Math.max(0, Math.min(1, from));
  const right = Math.max(left, Math.min(1, to));
  return { left: `${left * 100}%`, width: `${(right - left) * 100}%` };
}
