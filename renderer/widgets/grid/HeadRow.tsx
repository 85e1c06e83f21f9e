import { useRef, useState, type JSX, type ReactNode } from 'react';
import type { ColumnHead, ShownColumn } from './column.ts';
import { HeadCell } from './HeadCell.tsx';
import style from './Heads.module.css';

export interface HeadRowProps {
  readonly columns: readonly ShownColumn<ColumnHead>[];
  readonly sort: { readonly by: string; readonly descending: boolean };
  /** A head was pressed: what its column is sorted by. */
  readonly onSort: (by: string) => void;
  /** An edge is being dragged; null once the pointer is up. */
  readonly onDrag: (dragged: { readonly name: string; readonly width: number } | null) => void;
  /** Puts a column before the one that stands at `to` now. */
  readonly onMove: (name: string, to: number) => void;
  /** Pixels that are to be kept; null for the column's own. */
  readonly onWidth: (name: string, width: number | null) => void;
  /** Keys go to the list from now on. */
  readonly toList: () => void;
  /** The head of a column before them all. */
  readonly before?: ReactNode;
  /** What is seen in place of titles, by name of the column. */
  readonly instead?: Readonly<Record<string, ReactNode>>;
}

/** The heads of the columns: sorted by a click, moved and made wider by dragging or by Alt and Shift with the arrows. */
export function HeadRow(props: HeadRowProps): JSX.Element {
  const { columns, sort, onSort, onDrag, onMove, onWidth, toList, before, instead } = props;
  const row = useRef<HTMLDivElement>(null);
  /** Only one head can be reached by Tab; arrows go on from there. */
  const [reached, setReached] = useState(0);
  /** Before which column the one that is dragged would go. */
  const [drop, setDrop] = useState<number | null>(null);
  const heads = (): HTMLElement[] =>
    [...(row.current?.querySelectorAll('[role="columnheader"][data-column]') ?? [])].filter(
      (one) => one instanceof HTMLElement,
    );
  const placeFor = (x: number): number => {
    const all = heads();
    const at = all.findIndex((one) => {
      const { left, width } = one.getBoundingClientRect();
      return x < left + width / 2;
    });
    return at === -1 ? all.length : at;
  };
  const focus = (at: number): void => {
    const place = Math.max(0, Math.min(columns.length - 1, at));
    setReached(place);
    heads()[place]?.querySelector('button')?.focus();
  };
  return (
    <div className={style.head} role="rowgroup">
      <div ref={row} className={style.row} role="row" aria-rowindex={1}>
        {before}
        {columns.map((shown, at) => (
          <HeadCell
            key={shown.column.name}
            shown={shown}
            direction={
              shown.column.sort === null || sort.by !== shown.column.sort
                ? null
                : sort.descending
                  ? 'descending'
                  : 'ascending'
            }
            tabIndex={at === Math.min(reached, columns.length - 1) ? 0 : -1}
            isDrop={drop === at}
            isDropBehind={drop === columns.length && at === columns.length - 1}
            onSort={() => {
              if (shown.column.sort !== null) onSort(shown.column.sort);
            }}
            onWidth={(width) => onWidth(shown.column.name, width)}
            toList={toList}
            onResize={(width) => onDrag(width === null ? null : { name: shown.column.name, width })}
            onFocus={() => setReached(at)}
            onStep={(by) => focus(at + by)}
            onMove={(by) => {
              onMove(shown.column.name, by < 0 ? at - 1 : at + 2);
              // The head keeps the focus: it is the same element in another place.
              setReached(Math.max(0, Math.min(columns.length - 1, at + by)));
            }}
            onDragOver={(x) => setDrop(x === null ? null : placeFor(x))}
            onDrop={(x) => onMove(shown.column.name, placeFor(x))}
          >
            {instead?.[shown.column.name] ?? null}
          </HeadCell>
        ))}
      </div>
    </div>
  );
}
