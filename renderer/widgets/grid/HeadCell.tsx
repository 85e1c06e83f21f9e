import { useRef, type JSX, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { ColumnHead, ShownColumn } from './column.ts';
import style from './Heads.module.css';

/** Pixels that the pointer moves before a click becomes a drag. */
const SLACK = 5;
/** Pixels by which Shift and an arrow make a column wider. */
const STEP = 10;

export interface HeadCellProps {
  readonly shown: ShownColumn<ColumnHead>;
  /** The list is sorted by it. */
  readonly direction: 'ascending' | 'descending' | null;
  readonly tabIndex: 0 | -1;
  /** The column that is dragged would go before this one, or behind it. */
  readonly isDrop: boolean;
  readonly isDropBehind: boolean;
  /** Pixels while the edge is dragged, null at the end of it. */
  readonly onResize: (width: number | null) => void;
  readonly onFocus: () => void;
  readonly onStep: (by: -1 | 1) => void;
  readonly onMove: (by: -1 | 1) => void;
  /** Where the pointer is while the column is dragged; null at the end of it. */
  readonly onDragOver: (x: number | null) => void;
  readonly onDrop: (x: number) => void;
  readonly onSort: () => void;
  /** Pixels that are to be kept; null for the column's own. */
  readonly onWidth: (width: number | null) => void;
  /** Keys go to the list from now on. */
  readonly toList: () => void;
  /** Seen in place of the title. */
  readonly children: ReactNode;
}

/** One column's head. */
export function HeadCell(props: HeadCellProps): JSX.Element {
  const { shown, tabIndex, isDrop, isDropBehind, onResize, onFocus, onDragOver, onDrop, children } = props;
  const { direction, onSort, onWidth, toList } = props;
  const { column } = shown;
  const cell = useRef<HTMLDivElement>(null);
  const from = useRef<{ readonly x: number; readonly width: number; moved: boolean } | null>(null);

  const press = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width: cell.current?.offsetWidth ?? shown.width, moved: false };
  };
  const isMoved = (event: PointerEvent<HTMLElement>): boolean => {
    const { current } = from;
    if (current === null) return false;
    if (Math.abs(event.clientX - current.x) > SLACK) current.moved = true;
    return current.moved;
  };
  const widthAt = (event: PointerEvent<HTMLElement>): number =>
    Math.max(0, (from.current?.width ?? shown.width) + event.clientX - (from.current?.x ?? event.clientX));

  return (
    <div
      ref={cell}
      className={[style.cell, column.align === 'right' ? style.right : ''].join(' ')}
      role="columnheader"
      aria-sort={direction ?? (column.sort === null ? undefined : 'none')}
      data-column={column.name}
      data-drop={isDrop ? 'before' : isDropBehind ? 'behind' : undefined}
    >
      <button
        type="button"
        className={style.title}
        tabIndex={tabIndex}
        title={column.about}
        onFocus={onFocus}
        onKeyDown={(event) => headerKey(event, props, cell.current?.offsetWidth ?? shown.width)}
        onClick={(event) => {
          // A click that ends a drag sorts nothing.
          if (event.detail > 0 && from.current?.moved === true) return;
          onSort();
          // Pressed with the mouse, keys go on in the list.
          if (event.detail > 0) toList();
        }}
        onPointerDown={press}
        onPointerMove={(event) => {
          if (isMoved(event)) onDragOver(event.clientX);
        }}
        onPointerUp={(event) => {
          if (isMoved(event)) onDrop(event.clientX);
          onDragOver(null);
        }}
        onPointerCancel={() => onDragOver(null)}
      >
        <span className={children === null ? style.word : 'visually-hidden'}>{column.title}</span>
        {direction === null ? null : (
          <span className={style.arrow} aria-hidden>
            {direction === 'descending' ? '▾' : '▴'}
          </span>
        )}
      </button>
      {children === null ? null : <span className={style.instead}>{children}</span>}
      <span
        className={style.edge}
        aria-hidden
        onPointerDown={press}
        onPointerMove={(event) => {
          if (from.current !== null && event.currentTarget.hasPointerCapture(event.pointerId)) onResize(widthAt(event));
        }}
        onPointerUp={(event) => {
          if (isMoved(event)) onWidth(widthAt(event));
          from.current = null;
          onResize(null);
        }}
        onPointerCancel={() => onResize(null)}
        onDoubleClick={() => onWidth(null)}
      />
    </div>
  );
}

function headerKey(event: KeyboardEvent, { onStep, onMove, onWidth, toList }: HeadCellProps, width: number): void {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    toList();
    return;
  }
  const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  if (by === 0) return;
  event.preventDefault();
  if (event.altKey) onMove(by);
  else if (event.shiftKey) onWidth(width + by * STEP);
  else onStep(by);
}
