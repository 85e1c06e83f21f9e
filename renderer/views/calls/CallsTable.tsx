import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type JSX,
  type MouseEvent,
} from 'react';
import { useShallow } from 'zustand/react/shallow';
import { commandFor } from '../../app/shortcuts.ts';
import { tick, useCalls } from '../../state/calls.ts';
import { useCapture } from '../../state/capture.ts';
import { useAppeared } from '../../state/following.ts';
import { rowAt } from '../../state/long-list.ts';
import { followCalls, moveCursor, showRows, useCallPages } from '../../state/pages.ts';
import { useSettings } from '../../state/settings.ts';
import { useView } from '../../state/view.ts';
import { GridRows } from '../../widgets/grid/GridRows.tsx';
import { shownColumns, templateOf, TICKS, widthOf } from '../../widgets/grid/shown-columns.ts';
import { useShownColumn } from '../../widgets/grid/use-shown-column.ts';
import { axisOf } from './axis.ts';
import style from './CallsTable.module.css';
import { ColumnsDialog } from './ColumnsDialog.tsx';
import { columnNamed, type CellContext } from './columns.tsx';
import { callsCommands, setPageRows } from './commands.ts';
import { extendTicks } from './cursor.ts';
import { EmptyCalls } from './EmptyCalls.tsx';
import { FollowChip } from './FollowChip.tsx';
import { HeaderRow } from './HeaderRow.tsx';
import { LIST_ID, rowId } from './places.ts';
import { RowMenu } from './RowMenu.tsx';
import { useFollowing } from './use-following.ts';
import { followHeight, useRows } from './use-rows.ts';

/** The calls that match, a page at a time: only what is on the screen is here, the rest stays in the host. */
export function CallsTable(): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const shift = useRef<HTMLDivElement>(null);
  const { total, pages, cursorAt, jumps, reveals, shift: moved, headers, waiting, problem } = useCallPages();
  const newAfter = useAppeared(({ upTo }) => upTo);
  const times = useSettings((state) => state.times);
  const hosts = useSettings((state) => state.hosts);
  const settings = useSettings((state) => state.columns);
  const ticked = useCalls((state) => state.ticked);
  const cursor = useCalls((state) => state.cursor);
  const [start, end] = useCapture(useShallow(({ progress }) => [progress?.start ?? null, progress?.end ?? null]));
  const choosing = useView(({ dialog }) => dialog === 'columns');
  // While an edge is dragged its width is only here; it is kept when the pointer goes up.
  const [dragged, setDragged] = useState<{ readonly name: string; readonly width: number } | null>(null);
  const rows = useRows(total ?? 0, scroller, shift);
  const columns = useMemo(() => shownColumns(settings, columnNamed, times, dragged), [settings, times, dragged]);
  const axis = useMemo(() => axisOf(start, end), [start, end]);
  const context = useMemo((): CellContext => ({ times, hosts, axis, headers }), [times, hosts, axis, headers]);
  const tickedSet = useMemo(() => new Set(ticked), [ticked]);

  useEffect(followCalls, []);
  useEffect(() => setPageRows(rows.fitting), [rows.fitting]);
  useEffect(() => showRows(rows.from, rows.to), [rows.from, rows.to]);
  const { reveal, isSeen } = rows;
  // To where the cursor is: when it was moved, and when another list has come (`jumps`), also one in which it stands where it stood.
  const at = useRef(cursorAt);
  useLayoutEffect(() => {
    at.current = cursorAt;
  });
  useLayoutEffect(() => {
    if (jumps + reveals === 0) return;
    if (at.current !== null) reveal(at.current);
    else if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [jumps, reveals, reveal]);
  useFollowing(scroller, total ?? 0, moved, rows.scrollBy);

  // With less height (the divider was dragged) the cursor stays in sight where it was; it comes into sight when the list
  // has its first height, which is after it was laid out.
  useEffect(() => {
    const { current } = scroller;
    if (current === null) return undefined;
    return followHeight(current, (before) => {
      if (at.current === null) return;
      if (isSeen(at.current, before)) reveal(at.current);
    });
  }, [reveal, isSeen]);
  useShownColumn(columns, scroller);

  // Keys go to the list as soon as there is one, unless they go somewhere else already.
  const there = total !== null && total > 0;
  useEffect(() => {
    if (there && document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [there]);

  const empty = total === 0 || total === null || problem !== null;
  const cursorIsHere = cursorAt !== null && rows.blocks.some(({ from, to }) => cursorAt >= from && cursorAt < to);
  const template: CSSProperties & Record<'--grid-columns' | '--grid-width', string> = {
    '--grid-columns': templateOf(columns, TICKS),
    '--grid-width': `${widthOf(columns, TICKS)}px`,
  };
  return (
    <section className={style.table} aria-label="Calls">
      <RowMenu>
        <div
          ref={scroller}
          id={LIST_ID}
          data-place="list"
          className={style.scroller}
          style={template}
          role="grid"
          tabIndex={0}
          aria-label="Calls"
          aria-multiselectable
          aria-busy={waiting}
          aria-rowcount={(total ?? 0) + 1}
          aria-colcount={columns.length + 1}
          aria-activedescendant={cursorIsHere && !empty ? rowId(cursorAt) : undefined}
          onClick={clicked}
          onDoubleClick={(event) => {
            if (placeOf(event.target) !== null) useView.setState({ ladderOnly: true });
          }}
          onKeyDown={(event) => {
            if (event.target !== event.currentTarget) return;
            const command = commandFor(event.nativeEvent, callsCommands);
            if (command === null) return;
            event.preventDefault();
            command.run();
          }}
        >
          <div className={style.body} role="presentation" style={{ height: empty ? '100%' : rows.height }}>
            <HeaderRow columns={columns} axis={axis} times={times} onDrag={setDragged} />
            {empty ? null : (
              <div ref={shift} className={style.rows} role="rowgroup" data-waiting={waiting || undefined}>
                {rows.blocks.map((block) => (
                  <GridRows
                    key={block.from}
                    rowId={rowId}
                    {...block}
                    rows={pages}
                    columns={columns}
                    context={context}
                    ticked={tickedSet}
                    cursor={cursorAt !== null && cursorAt >= block.from && cursorAt < block.to ? cursorAt : null}
                    selects={ticked.length === 0 ? cursor : null}
                    newAfter={newAfter}
                  />
                ))}
              </div>
            )}
          </div>
        </div>
      </RowMenu>
      {empty ? (
        <div className={style.empty}>
          <EmptyCalls total={total} problem={problem} />
        </div>
      ) : null}
      <FollowChip shownTo={rows.to} />
      {choosing ? <ColumnsDialog /> : null}
    </section>
  );
}

/** A click goes to its row, one on the box or with Ctrl ticks it, one with Shift ticks all up to it. */
function clicked(event: MouseEvent): void {
  const at = placeOf(event.target);
  if (at === null) return;
  const isBox = event.target instanceof Element && event.target.closest('[data-tick]') !== null;
  if (event.shiftKey) extendTicks(at);
  else moveCursor(at);
  const row = rowAt(useCallPages.getState().pages, at);
  if (row !== undefined && !event.shiftKey && (isBox || event.ctrlKey || event.metaKey)) tick(row.id);
}

/** The place in the list of the row that this element is in; null for none. */
function placeOf(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest('[data-at]') : null;
  return row instanceof HTMLElement ? Number(row.dataset.at) : null;
}
