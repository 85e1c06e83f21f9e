import type { JSX } from 'react';
import type { TimeFormat } from '../../state/settings.ts';
import { useCallPages } from '../../state/pages.ts';
import { useCalls } from '../../state/calls.ts';
import type { ShownColumn } from '../../widgets/grid/column.ts';
import heads from '../../widgets/grid/Heads.module.css';
import { HeadRow } from '../../widgets/grid/HeadRow.tsx';
import type { Axis } from './axis.ts';
import { moveColumn, setColumnWidth } from './column-settings.ts';
import type { CallColumn } from './columns.tsx';
import { untickAll, tickAll } from './cursor.ts';
import { LifeScale } from './LifeScale.tsx';
import { focusList } from './places.ts';
import { sortBy } from './sorting.ts';

interface HeaderRowProps {
  readonly columns: readonly ShownColumn<CallColumn>[];
  readonly axis: Axis | null;
  readonly times: TimeFormat;
  /** An edge is being dragged; null once the pointer is up. */
  readonly onDrag: (dragged: { readonly name: string; readonly width: number } | null) => void;
}

/** The heads of the list of calls, with the box that ticks all and the scale of the strips of life. */
export function HeaderRow({ columns, axis, times, onDrag }: HeaderRowProps): JSX.Element {
  const sort = useCalls((state) => state.sort);
  const life = columns.find(({ column }) => column.name === 'life');
  return (
    <HeadRow
      columns={columns}
      sort={sort}
      onSort={(by) => {
        const pressed = columns.find(({ column }) => column.sort === by);
        if (pressed !== undefined) sortBy(pressed.column);
      }}
      onDrag={onDrag}
      onMove={moveColumn}
      onWidth={setColumnWidth}
      toList={focusList}
      before={<TickHead />}
      instead={
        life === undefined || axis === null ? {} : { life: <LifeScale axis={axis} times={times} width={life.width} /> }
      }
    />
  );
}

function TickHead(): JSX.Element {
  const isTicked = useCalls(({ ticked }) => ticked.length > 0);
  const canTick = useCallPages(({ total }) => total !== null && total > 0);
  return (
    <div className={heads.tick} role="columnheader" aria-label="Ticked">
      <button
        type="button"
        tabIndex={-1}
        className={heads.all}
        disabled={!isTicked && !canTick}
        aria-label={isTicked ? 'Untick all' : 'Tick all that match'}
        data-some={isTicked || undefined}
        onClick={() => {
          if (isTicked) untickAll();
          else void tickAll();
        }}
      />
    </div>
  );
}
