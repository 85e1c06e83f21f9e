import type { JSX, ReactNode } from 'react';
import { countText } from '../../app/words.ts';
import style from './Tables.module.css';
import { shareText } from './words.ts';

export interface Count {
  readonly key: string;
  readonly name: ReactNode;
  /** Another cell behind the name. */
  readonly more?: ReactNode;
  readonly count: number;
  /** Colour of the bar, a token of ours. */
  readonly colour?: string;
  /** What a press on the name shows, in words; with `onPick`. */
  readonly hint?: string;
  readonly onPick?: () => void;
}

export interface CountTableProps {
  /** Name of the table for screen readers. */
  readonly label: string;
  /** Titles of the columns: name, maybe more, count. */
  readonly titles: readonly string[];
  readonly rows: readonly Count[];
  /** Stands there where there are no rows. */
  readonly none: string;
}

/** Names with how often each occurs, and how much of the whole that is. */
export function CountTable({ label, titles, rows, none }: CountTableProps): JSX.Element {
  const whole = rows.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...rows.map(({ count }) => count));
  if (rows.length === 0) return <p className={style.none}>{none}</p>;
  return (
    <div className={style.scroll}>
      <table className={style.table} aria-label={label}>
        <thead>
          <tr>
            {titles.map((title, at) => (
              <th key={title} scope="col" className={at === titles.length - 1 ? style.number : undefined}>
                {title}
              </th>
            ))}
            <th scope="col" className={style.number}>
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, more, count, colour = 'var(--faint)', hint, onPick }) => (
            <tr key={key}>
              <th scope="row" className={style.name}>
                {onPick === undefined ? (
                  name
                ) : (
                  <button type="button" className={style.pick} title={hint} onClick={onPick}>
                    {name}
                  </button>
                )}
              </th>
              {titles.length > 2 ? <td className={style.more}>{more}</td> : null}
              <td className={style.number}>{countText(count)}</td>
              <td className={style.share}>
                <span className={style.percent}>{shareText(count, whole)}</span>
                <span className={style.bar} style={{ width: `${(56 * count) / most}px`, background: colour }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
