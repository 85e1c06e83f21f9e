import { useEffect, type JSX } from 'react';
import type { RegistrationsView } from '../../../core/contract/registrations.ts';
import { useRegistrations } from '../../state/registrations.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { useWindow } from '../../widgets/use-window.ts';
import { goToLadder } from './go.ts';
import { PAGE } from './questions.ts';
import { Row } from './Row.tsx';
import { registrationId, ROW } from './places.ts';
import style from './Table.module.css';

/** Height of the head, pixels. */
const HEAD = 28;

const numbers = new Set(['Expires', 'Refreshes', 'Challenged', 'Failures']);

interface TableProps {
  readonly view: RegistrationsView;
  /** Place of the view's first row. */
  readonly from: number;
  /** Asks for the page around a place. */
  readonly onPage: (at: number) => void;
}

const columns = [
  'Address of record',
  'State',
  'Contact',
  'Expires',
  'Refreshes',
  'Challenged',
  'Failures',
  'Bindings over time',
];

/** The addresses of record that match; only what is on the screen is here. */
export function RegistrationsTable({ view, from, onPage }: TableProps): JSX.Element {
  const cursor = useRegistrations((set) => set.cursor);
  const { total } = view;
  const at = Math.min(cursor, Math.max(0, total - 1));
  const { list, first, last, page } = useWindow({ total, row: ROW, head: HEAD, at });
  const missing = last > first && (first < from || last > from + view.rows.length) && last <= total;
  useEffect(() => {
    if (missing && view.rows.length <= PAGE) onPage(first);
  }, [missing, first, onPage, view.rows.length]);
  const places = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  return (
    <div
      ref={list}
      className={style.table}
      data-place="list"
      role="grid"
      tabIndex={0}
      aria-label="Registrations"
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={total === 0 ? undefined : registrationId(at)}
      onClick={(event) => {
        const row = event.target instanceof Element ? event.target.closest('[data-at]') : null;
        if (row instanceof HTMLElement) useRegistrations.setState({ cursor: Number(row.dataset.at) });
      }}
      onDoubleClick={(event) => {
        if (event.target instanceof Element && event.target.closest('[data-at]') !== null)
          goToLadder(view.rows[at - from]);
      }}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
        const next = new Map([
          ['ArrowDown', at + 1],
          ['ArrowUp', at - 1],
          ['PageDown', at + page],
          ['PageUp', at - page],
          ['Home', 0],
          ['End', total - 1],
        ]).get(event.key);
        if (next !== undefined) useRegistrations.setState({ cursor: Math.max(0, Math.min(total - 1, next)) });
        else if (event.key === 'Enter') goToLadder(view.rows[at - from]);
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
      {total === 0 ? (
        <EmptyState title="No registration matches." hint="Others are hidden by the search or the state above." />
      ) : (
        <div className={style.rows} style={{ height: total * ROW }} role="rowgroup">
          {places.map((place) => (
            <Row
              key={place}
              row={view.rows[place - from] ?? null}
              at={place}
              isCursor={place === at}
              start={Number(view.start ?? 0)}
              end={Number(view.end ?? 0)}
            />
          ))}
        </div>
      )}
    </div>
  );
}
