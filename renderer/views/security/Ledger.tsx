import type { JSX } from 'react';
import type { SecurityList } from '../../../core/contract/security.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { countOf, countText } from '../../app/words.ts';
import { useSecurity } from '../../state/security.ts';
import { Mark } from '../../widgets/StateMark.tsx';
import style from './Ledger.module.css';
import { closedOf, placeOf, type SecurityRow } from './rows.ts';
import { hostText, stateLooks } from './words.ts';

/** Lines shown at most. */
const MOST = 500;

/** It scrolls, so that keys have to reach it. */
const scrolled = { tabIndex: 0 };

/** Every SPI of which packets stayed closed, with the reason; nothing where all were opened. */
export function Ledger({
  list,
  rows,
}: {
  readonly list: SecurityList;
  readonly rows: readonly SecurityRow[];
}): JSX.Element | null {
  const closed = closedOf(list);
  if (closed.length === 0) return null;
  const packets = closed.reduce((sum, one) => sum + one.packets - one.opened, 0);
  return (
    <section className={style.ledger} aria-label="Stayed closed" {...scrolled}>
      <h2 className={style.title}>
        Stayed closed{' '}
        <span className={style.about}>
          {`${countOf(packets, 'packet')} of ${countOf(closed.length, 'association')}; no ladder shows what is in them`}
        </span>
      </h2>
      <table className={style.table} aria-label="Packets that stayed closed">
        <thead>
          <tr>
            <th scope="col">SPI</th>
            <th scope="col">From → to</th>
            <th scope="col" className={style.number}>
              Closed
            </th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {closed.slice(0, MOST).map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <button
                  type="button"
                  className={[style.go, 'mono'].join(' ')}
                  onClick={() => {
                    const row = rows[placeOf(rows, one.id)];
                    if (row !== undefined) useSecurity.setState({ cursor: row.key, beside: 'details' });
                  }}
                >
                  {visible(one.spi)}
                </button>
              </th>
              <td className="mono">{visible(`${hostText(one.src, one.sport)} → ${hostText(one.dst, one.dport)}`)}</td>
              <td className={style.number}>{countText(one.packets - one.opened)}</td>
              <td>
                <Mark severity={stateLooks[one.state].severity}>{stateLooks[one.state].word}</Mark>{' '}
                <span className={style.why}>{visible(one.reason)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {closed.length > MOST ? <p className={style.about}>{`${countText(closed.length - MOST)} more.`}</p> : null}
    </section>
  );
}
