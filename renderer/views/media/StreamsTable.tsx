import { useEffect, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type JSX } from 'react';
import { commandFor } from '../../app/shortcuts.ts';
import { columnChanges } from '../../state/columns.ts';
import { useCapture } from '../../state/capture.ts';
import { useMedia } from '../../state/media.ts';
import { useSettings } from '../../state/settings.ts';
import { useView } from '../../state/view.ts';
import { ColumnChooser } from '../../widgets/grid/ColumnChooser.tsx';
import { GridRows } from '../../widgets/grid/GridRows.tsx';
import { HeadRow } from '../../widgets/grid/HeadRow.tsx';
import { shownColumns, templateOf, widthOf } from '../../widgets/grid/shown-columns.ts';
import { useShownColumn } from '../../widgets/grid/use-shown-column.ts';
import grid from '../calls/CallsTable.module.css';
import { followHeight, useRows } from '../calls/use-rows.ts';
import { streamColumnNamed, streamColumns, type StreamContext } from './columns.tsx';
import { mediaCommands, setStreamPageRows } from './commands.ts';
import { EmptyStreams } from './EmptyStreams.tsx';
import { openMedia } from './go.ts';
import { moveStreamCursor, showStreams, useStreamPages } from './pages.ts';
import { focusStreams, streamRowId, STREAMS_ID } from './places.ts';
import { sortStreamsBy } from './sorting.ts';
import { StreamMenu } from './StreamMenu.tsx';

const changes = columnChanges('streamColumns', 'note');

/** The RTP streams of the calls that match, a page at a time: only what is on the screen is here. */
export function StreamsTable(): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const shift = useRef<HTMLDivElement>(null);
  const { total, pages, cursorAt, jumps, waiting, problem } = useStreamPages();
  const times = useSettings((state) => state.times);
  const hosts = useSettings((state) => state.hosts);
  const settings = useSettings((state) => state.streamColumns);
  const sort = useMedia((state) => state.sort);
  const cursor = useMedia((state) => state.cursor);
  const start = useCapture(({ progress }) => progress?.start ?? null);
  const choosing = useView(({ dialog }) => dialog === 'columns');
  // While an edge is dragged its width is only here; it is kept when the pointer goes up.
  const [dragged, setDragged] = useState<{ readonly name: string; readonly width: number } | null>(null);
  const rows = useRows(total ?? 0, scroller, shift, 'streams');
  const columns = useMemo(() => shownColumns(settings, streamColumnNamed, times, dragged), [settings, times, dragged]);
  const context = useMemo((): StreamContext => ({ times, hosts, start }), [times, hosts, start]);

  useEffect(() => setStreamPageRows(rows.fitting), [rows.fitting]);
  useEffect(() => showStreams(rows.from, rows.to), [rows.from, rows.to]);
  const { reveal } = rows;
  // To where the cursor is: when it moves, and when another list has come (`jumps`).
  const goal = useMemo(() => ({ at: cursorAt, jumps }), [cursorAt, jumps]);
  useLayoutEffect(() => {
    if (goal.at !== null) reveal(goal.at);
  }, [goal, reveal]);
  useEffect(() => {
    const { current } = scroller;
    // It comes into sight when the list has its height, which is after it was laid out.
    return current === null ? undefined : followHeight(current, () => revealCursor(reveal));
  }, [reveal]);
  useShownColumn(columns, scroller);
  const there = total !== null && total > 0;
  useEffect(() => {
    if (there && document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [there]);

  const empty = !there || problem !== null;
  const cursorIsHere = cursorAt !== null && rows.blocks.some(({ from, to }) => cursorAt >= from && cursorAt < to);
  const template: CSSProperties & Record<'--grid-columns' | '--grid-width', string> = {
    '--grid-columns': templateOf(columns, 0),
    '--grid-width': `${widthOf(columns, 0)}px`,
  };
  return (
    <section className={grid.table} aria-label="Streams">
      <StreamMenu changes={changes}>
        <div
          ref={scroller}
          id={STREAMS_ID}
          data-place="list"
          className={grid.scroller}
          style={template}
          role="grid"
          tabIndex={0}
          aria-label="RTP streams"
          aria-busy={waiting}
          aria-rowcount={(total ?? 0) + 1}
          aria-colcount={columns.length}
          aria-activedescendant={cursorIsHere && !empty ? streamRowId(cursorAt) : undefined}
          onClick={({ target }) => {
            const at = placeOf(target);
            if (at !== null) moveStreamCursor(at);
          }}
          onDoubleClick={({ target }) => {
            const { cursor: stream } = useMedia.getState();
            if (placeOf(target) !== null && stream !== null) openMedia({ stream });
          }}
          onKeyDown={(event) => {
            if (event.target !== event.currentTarget) return;
            const command = commandFor(event.nativeEvent, mediaCommands);
            if (command === null) return;
            event.preventDefault();
            command.run();
          }}
        >
          <div className={grid.body} role="presentation" style={{ height: empty ? '100%' : rows.height }}>
            <HeadRow
              columns={columns}
              sort={sort}
              onSort={sortStreamsBy}
              onDrag={setDragged}
              onMove={changes.move}
              onWidth={changes.setWidth}
              toList={focusStreams}
            />
            {empty ? null : (
              <div ref={shift} className={grid.rows} role="rowgroup" data-waiting={waiting || undefined}>
                {rows.blocks.map((block) => (
                  <GridRows
                    key={block.from}
                    rowId={streamRowId}
                    {...block}
                    rows={pages}
                    columns={columns}
                    context={context}
                    ticked={null}
                    cursor={cursorAt !== null && cursorAt >= block.from && cursorAt < block.to ? cursorAt : null}
                    selects={cursor}
                  />
                ))}
              </div>
            )}
          </div>
        </div>
      </StreamMenu>
      {empty ? (
        <div className={grid.empty}>
          <EmptyStreams total={total} problem={problem} />
        </div>
      ) : null}
      {choosing ? (
        <ColumnChooser
          about="What the list of streams shows, from left to right. Heads can also be dragged; so can their edges."
          settings={settings}
          columns={streamColumns}
          named={streamColumnNamed}
          changes={changes}
          onClose={() => useView.setState({ dialog: null })}
        />
      ) : null}
    </section>
  );
}

function revealCursor(reveal: (at: number) => void): void {
  const { cursorAt } = useStreamPages.getState();
  if (cursorAt !== null) reveal(cursorAt);
}

/** The place in the list of the row that this element is in; null for none. */
function placeOf(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest('[data-at]') : null;
  return row instanceof HTMLElement ? Number(row.dataset.at) : null;
}
