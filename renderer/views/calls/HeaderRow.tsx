import { useRef, useState, type JSX } from 'react';
import type { TimeFormat } from '../../state/settings.ts';
import { useCallPages } from '../../state/pages.ts';
import { useCalls } from '../../state/calls.ts';
import type { Axis } from './axis.ts';
import { moveColumn } from './column-settings.ts';
import { untickAll, tickAll } from './cursor.ts';
import { HeaderCell } from './HeaderCell.tsx';
import style from './HeaderRow.module.css';
import { LifeScale } from './LifeScale.tsx';
import type { ShownColumn } from './shown-columns.ts';

interface HeaderRowProps {
  readonly columns: readonly ShownColumn[];
  readonly axis: Axis | null;
  readonly times: TimeFormat;
  /** An edge is being dragged; null once the pointer is up. */
  readonly onDrag: (dragged: { readonly name: string; readonly width: number } | null) => void;
}

/** The heads of the columns: sorted by a click, moved and made wider by dragging or by Alt and Shift with the arrows. */
export function HeaderRow({ columns, axis, times, onDrag }: HeaderRowProps): JSX.Element {
  const row = useRef<HTMLDivElement>(null);
  /** Only one head can be reached by Tab; arrows go on from there. */
  const [reached, setReached] = useState(0);
  /** Before which column the one that is dragged would go. */
  const [drop, setDrop] = useState<number | null>(null);
  const isTicked = useCalls(({ ticked }) => ticked.length > 0);
  const canTick = useCallPages(({ total }) => total !== null && total > 0);
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
        <div className={style.tick} role="columnheader" aria-label="Ticked">
          <button
            type="button"
            tabIndex={-1}
            className={style.all}
            disabled={!isTicked && !canTick}
            aria-label={isTicked ? 'Untick all' : 'Tick all that match'}
            data-some={isTicked || undefined}
            onClick={() => {
              if (isTicked) untickAll();
              else void tickAll();
            }}
          />
        </div>
        {columns.map((shown, at) => (
          <HeaderCell
            key={shown.column.name}
            shown={shown}
            tabIndex={at === Math.min(reached, columns.length - 1) ? 0 : -1}
            isDrop={drop === at}
            isDropBehind={drop === columns.length && at === columns.length - 1}
            onResize={(width) => onDrag(width === null ? null : { name: shown.column.name, width })}
            onFocus={() => setReached(at)}
            onStep={(by) => focus(at + by)}
            onMove={(by) => {
              moveColumn(shown.column.name, by < 0 ? at - 1 : at + 2);
              // The head keeps the focus: it is the same element in another place.
              setReached(Math.max(0, Math.min(columns.length - 1, at + by)));
            }}
            onDragOver={(x) => setDrop(x === null ? null : placeFor(x))}
            onDrop={(x) => moveColumn(shown.column.name, placeFor(x))}
          >
            {shown.column.name === 'life' && axis !== null ? (
              <LifeScale axis={axis} times={times} width={shown.width} />
            ) : null}
          </HeaderCell>
        ))}
      </div>
    </div>
  );
}
