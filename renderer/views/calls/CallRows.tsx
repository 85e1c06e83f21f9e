import { memo, type JSX } from 'react';
import type { CallRow } from '../../../core/contract/model.ts';
import { rowAt } from '../../state/pages.ts';
import style from './CallRows.module.css';
import type { CellContext } from './columns.tsx';
import { rowId } from './places.ts';
import type { ShownColumn } from './shown-columns.ts';
import { ROW } from './use-rows.ts';

interface RowsProps {
  /** Places in the list. */
  readonly from: number;
  readonly to: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly rows: ReadonlyMap<number, readonly CallRow[]>;
  readonly columns: readonly ShownColumn[];
  readonly context: CellContext;
  readonly ticked: ReadonlySet<number>;
  /** Place of the cursor where it is among them. */
  readonly cursor: number | null;
  /** Call that is meant although it is not ticked: the one under the cursor, while none is ticked. */
  readonly selects: number | null;
}

/** Some rows that follow each other. */
function Block(props: RowsProps): JSX.Element {
  const { from, to, top, rows, columns, context, ticked, cursor, selects } = props;
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
          <MissingRow key={at} at={at} columns={columns.length} isCursor={cursor === at} />
        ) : (
          <Row
            key={at}
            at={at}
            row={row}
            columns={columns}
            context={context}
            isTicked={ticked.has(row.id)}
            isSelected={ticked.has(row.id) || selects === row.id}
            isCursor={cursor === at}
          />
        );
      })}
    </div>
  );
}
export const CallRows = memo(Block);

interface RowProps {
  readonly at: number;
  readonly row: CallRow;
  readonly columns: readonly ShownColumn[];
  readonly context: CellContext;
  readonly isTicked: boolean;
  readonly isSelected: boolean;
  readonly isCursor: boolean;
}

function CallRowView({ at, row, columns, context, isTicked, isSelected, isCursor }: RowProps): JSX.Element {
  return (
    // Keys and clicks go to the grid.
    <div
      id={rowId(at)}
      className={style.row}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={isSelected}
      data-cursor={isCursor || undefined}
      data-at={at}
      style={{ height: ROW }}
    >
      <div className={style.tick} role="gridcell" aria-label={isTicked ? 'ticked' : 'not ticked'} data-tick>
        <span className={style.box} data-ticked={isTicked || undefined} aria-hidden />
      </div>
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
            aria-label={column.name === 'life' ? text : undefined}
            title={column.hint?.(row, context) ?? text}
          >
            {column.cell === undefined ? text : column.cell(row, context)}
          </div>
        );
      })}
    </div>
  );
}
const Row = memo(CallRowView);

/** A row that is still to come: one cell, since many of them fly by when the scroll bar is dragged. */
function MissingRow({
  at,
  columns,
  isCursor,
}: {
  readonly at: number;
  readonly columns: number;
  readonly isCursor: boolean;
}): JSX.Element {
  return (
    <div
      id={rowId(at)}
      className={style.missing}
      role="row"
      aria-rowindex={at + 2}
      aria-busy
      data-cursor={isCursor || undefined}
      data-at={at}
      style={{ height: ROW }}
    >
      <div className={style.bone} role="gridcell" aria-colspan={columns + 1} aria-label="loading" />
    </div>
  );
}
