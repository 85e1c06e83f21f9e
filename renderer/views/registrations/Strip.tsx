import type { JSX } from 'react';
import type { RegistrationRow } from '../../../core/contract/registrations.ts';
import { eventSeverity } from './words.ts';
import style from './Strip.module.css';

/** Bars and marks of one row at most; more could not be told apart. */
const MOST = 60;

/** When contacts were bound (bars), and what happened (marks), on the time axis of the capture. */
export function Strip({
  row: { bindings, events },
  start,
  end,
}: {
  readonly row: RegistrationRow;
  readonly start: number;
  readonly end: number;
}): JSX.Element {
  const span = Math.max(1e-6, end - start);
  const place = (ts: string): number => Math.min(1, Math.max(0, (Number(ts) - start) / span));
  return (
    <span className={style.strip} aria-hidden>
      {bindings.slice(0, MOST).map(({ contact, from, until, ended }) => {
        const left = place(from);
        const right = until === null ? 1 : place(until);
        return (
          <span
            key={`${from} ${contact}`}
            className={[style.bar, style[ended]].join(' ')}
            style={{ left: `${left * 100}%`, width: `${Math.max(0, right - left) * 100}%` }}
          />
        );
      })}
      {events.slice(0, MOST).map(({ ts, frame, what }) => (
        <span
          key={`${frame} ${what}`}
          className={[style.mark, style[eventSeverity[what]]].join(' ')}
          style={{ left: `${place(ts) * 100}%` }}
        />
      ))}
    </span>
  );
}
