import type { JSX } from 'react';
import { goToFrame } from '../dispatcher/go.ts';
import { useSecurity } from '../../state/security.ts';
import { ROW, securityRowId } from './places.ts';
import { useWindow } from '../../widgets/use-window.ts';
import { Row } from './Row.tsx';
import type { SecurityRow } from './rows.ts';
import style from './Table.module.css';

/** Height of the head, pixels. */
const HEAD = 28;

const columns = ['State', 'SPI', 'From → to', 'Algorithms', 'Key', 'Opened', 'ICV', 'Replays'] as const;
const numbers: ReadonlySet<string> = new Set(['Opened', 'Replays']);

/** Puts the cursor on a row, and what is known of it beside the list. */
export function chooseRow(row: SecurityRow): void {
  useSecurity.setState({ cursor: row.key, beside: 'details' });
}

/** Registrations with their associations; only what is on the screen is drawn. */
export function AssociationsTable({
  rows,
  at,
}: {
  readonly rows: readonly SecurityRow[];
  readonly at: number;
}): JSX.Element {
  const { list, first, last, page } = useWindow({ total: rows.length, row: ROW, head: HEAD, at });
  return (
    <div
      ref={list}
      className={style.table}
      role="treegrid"
      aria-label="Security associations"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={securityRowId(at)}
      tabIndex={0}
      data-place="list"
      onClick={({ target }) => {
        const place = target instanceof Element ? target.closest<HTMLElement>('[data-at]')?.dataset.at : undefined;
        const row = rows[Number(place ?? -1)];
        if (row !== undefined) chooseRow(row);
      }}
      onKeyDown={(event) => {
        const next = new Map([
          ['ArrowUp', at - 1],
          ['k', at - 1],
          ['ArrowDown', at + 1],
          ['j', at + 1],
          ['PageUp', at - page],
          ['PageDown', at + page],
          ['Home', 0],
          ['End', rows.length - 1],
        ]).get(event.key);
        const row = rows[Math.max(0, Math.min(rows.length - 1, next ?? at))];
        if (row === undefined || event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey)
          return;
        if (next !== undefined) chooseRow(row);
        else if (event.key === 'Enter') openRow(rows, at);
        else return;
        event.preventDefault();
      }}
    >
      <div className={style.head} role="row" aria-rowindex={1}>
        {columns.map((title) => (
          <span
            key={title}
            role="columnheader"
            className={[style.columnHead, numbers.has(title) ? style.number : ''].join(' ')}
          >
            {title}
          </span>
        ))}
      </div>
      <div className={style.rows} style={{ height: rows.length * ROW }} role="rowgroup">
        {rows.slice(first, last).map((row, index) => (
          <Row key={row.key} row={row} at={first + index} isCursor={first + index === at} />
        ))}
      </div>
    </div>
  );
}

/** The ladder of the registration that a row belongs to. */
function openRow(rows: readonly SecurityRow[], at: number): void {
  const head = rows.slice(0, at + 1).findLast(({ kind }) => kind !== 'association');
  if (head?.kind === 'registration') void goToFrame(head.registration.frame);
}
