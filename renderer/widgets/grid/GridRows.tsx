import type { JSX } from 'react';
import { memo } from 'react';
import { rowAt } from '../../state/long-list.ts';
import { ROW } from '../../views/calls/use-rows.ts';
import type { GridColumn, ShownColumn } from './column.ts';
import style from './GridRows.module.css';

export interface GridRowsProps<Row extends { readonly id: number }, Context> {
  /** `id` of the element of a row. */
  readonly rowId: (at: number) => string;
  /** Places in the list. */
  readonly from: number;
  readonly to: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly rows: ReadonlyMap<number, readonly Row[]>;
  readonly columns: readonly ShownColumn<GridColumn<Row, Context>>[];
  readonly context: Context;
  /** Rows that are ticked; null for a list in which none can be. */
  readonly ticked: ReadonlySet<number> | null;
  /** Place of the cursor where it is among them. */
  readonly cursor: number | null;
  /** Row that is meant although it is not ticked: the one under the cursor, while none is ticked. */
  readonly selects: number | null;
  /** Rows with greater numbers have just come, and appear softly. None without. */
  readonly newAfter?: number;
}

/** Some rows that follow each other. */
function Block<Row extends { readonly id: number }, Context>(props: GridRowsProps<Row, Context>): JSX.Element {
  const { from, to, top, rows, columns, context, ticked, cursor, selects, rowId, newAfter } = props;
  const places = Array.from({ length: to - from }, (_, index) => from + index);
  return (
    <div
      className={style.block}
      role="presentation"
      style={{ transform: `translateY(${top}px)`, height: (to - from) * ROW }}
    >
      {places.map((at) => {
        const row = rowAt(rows, at);
        return row === undefined ? (
          <MissingRow
            key={at}
            id={rowId(at)}
            at={at}
            cells={columns.length + (ticked === null ? 0 : 1)}
            isCursor={cursor === at}
          />
        ) : (
          <Line
            key={at}
            id={rowId(at)}
            at={at}
            row={row}
            columns={columns}
            context={context}
            isTicked={ticked === null ? null : ticked.has(row.id)}
            isSelected={ticked?.has(row.id) === true || selects === row.id}
            isCursor={cursor === at}
            isNew={newAfter !== undefined && row.id > newAfter}
          />
        );
      })}
    </div>
  );
}
/** As it was given: to remember it takes nothing from what it can be given. */
export const GridRows = memo(Block) as typeof Block;

interface LineProps<Row, Context> {
  readonly id: string;
  readonly at: number;
  readonly row: Row;
  readonly columns: readonly ShownColumn<GridColumn<Row, Context>>[];
  readonly context: Context;
  readonly isTicked: boolean | null;
  readonly isSelected: boolean;
  readonly isCursor: boolean;
  readonly isNew: boolean;
}

function LineView<Row, Context>(props: LineProps<Row, Context>): JSX.Element {
  const { id, at, row, columns, context, isTicked, isSelected, isCursor, isNew } = props;
  return (
    // Keys and clicks go to the grid.
    <div
      id={id}
      className={style.row}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={isSelected}
      data-cursor={isCursor || undefined}
      data-new={isNew || undefined}
      data-at={at}
      style={{ height: ROW }}
    >
      {isTicked === null ? null : (
        <div className={style.tick} role="gridcell" aria-label={isTicked ? 'ticked' : 'not ticked'} data-tick>
          <span className={style.box} data-ticked={isTicked || undefined} aria-hidden />
        </div>
      )}
      {columns.map(({ column }) => {
        const text = column.text(row, context);
        return (
          <div
            key={column.name}
            className={[
              style.cell,
              column.align === 'right' ? style.right : '',
              column.mono === true ? 'mono' : '',
            ].join(' ')}
            role="gridcell"
            aria-label={column.drawn === true ? text : undefined}
            title={column.hint?.(row, context) ?? text}
          >
            {column.cell === undefined ? text : column.cell(row, context)}
          </div>
        );
      })}
    </div>
  );
}
const Line = memo(LineView) as typeof LineView;

/** A row that is still to come: one cell, since many of them fly by when the scroll bar is dragged. */
function MissingRow({
  id,
  at,
  cells,
  isCursor,
}: {
  readonly id: string;
  readonly at: number;
  readonly cells: number;
  readonly isCursor: boolean;
}): JSX.Element {
  return (
    <div
      id={id}
      className={style.missing}
      role="row"
      aria-rowindex={at + 2}
      aria-busy
      data-cursor={isCursor || undefined}
      data-at={at}
      style={{ height: ROW }}
    >
      <div className={style.bone} role="gridcell" aria-colspan={cells} aria-label="loading" />
    </div>
  );
}
