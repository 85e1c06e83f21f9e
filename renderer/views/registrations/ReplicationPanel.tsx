import type { JSX } from 'react';
import type { Replication, ReplicationRow } from '../../../core/contract/registrations.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { bytesText, countOf, countText } from '../../app/words.ts';
import { Mark } from '../../widgets/StateMark.tsx';
import style from './Replication.module.css';

/** Nodes shown at most. */
const MOST = 100;

/** What servers of a cluster tell each other (Kamailio DMQ): no calls of users. */
export function ReplicationPanel({ replication: { nodes, rows } }: { readonly replication: Replication }): JSX.Element {
  return (
    <section className={style.panel} aria-label="Replication between nodes">
      <h2 className={style.title}>
        Replication between nodes <span className={style.about}>KDMQ, {countOf(nodes.length, 'node')}</span>
      </h2>
      <div className={style.two}>
        <ul className={style.nodes} aria-label="Nodes">
          {nodes.slice(0, MOST).map(({ node, status, seen }) => (
            <li key={node}>
              <span className="mono">{visible(node)}</span>
              <Mark severity={status === 'active' ? 'ok' : status === null ? 'idle' : 'warn'}>
                {`${visible(status ?? 'not named')}${seen ? '' : ', not seen'}`}
              </Mark>
            </li>
          ))}
        </ul>
        <table className={style.table} aria-label="Replication">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col" className={style.number}>
                Requests
              </th>
              <th scope="col" className={style.number}>
                Failed
              </th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST).map((row) => (
              <Line key={`${row.from} ${row.to}`} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Line({ row: { from, to, requests, failed, kinds } }: { readonly row: ReplicationRow }): JSX.Element {
  return (
    <tr>
      <th scope="row" className="mono">
        {visible(from)}
      </th>
      <td className="mono">{visible(to)}</td>
      <td className={style.number}>{countText(requests)}</td>
      <td className={style.number}>{countText(failed)}</td>
      <td>
        {kinds
          .slice(0, 8)
          .map(({ kind, requests: count, bytes }) => `${visible(kind)} ${countText(count)} (${bytesText(bytes)})`)
          .join(', ')}
      </td>
    </tr>
  );
}
