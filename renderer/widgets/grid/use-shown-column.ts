import { useEffect, useRef, type RefObject } from 'react';
import type { ColumnHead, ShownColumn } from './column.ts';

/** Brings a column that was added into sight: who asked for it wants to see it. */
export function useShownColumn(
  columns: readonly ShownColumn<ColumnHead>[],
  scroller: RefObject<HTMLElement | null>,
): void {
  const before = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    const names = columns.map(({ column }) => column.name);
    const added = before.current === null ? [] : names.filter((name) => before.current?.has(name) === false);
    before.current = new Set(names);
    const { current } = scroller;
    // Several at once are the settings of another window, or those from the beginning.
    if (current === null || added.length !== 1) return;
    const head = [...current.querySelectorAll('[data-column]')].find(
      (one) => one instanceof HTMLElement && one.dataset.column === added[0],
    );
    if (head === undefined) return;
    bringInto(current, head);
  }, [columns, scroller]);
}

function bringInto(scroller: HTMLElement, head: Element): void {
  const [pane, cell] = [scroller.getBoundingClientRect(), head.getBoundingClientRect()];
  if (cell.right > pane.right) scroller.scrollLeft += cell.right - pane.right;
  else if (cell.left < pane.left) scroller.scrollLeft += cell.left - pane.left;
}
