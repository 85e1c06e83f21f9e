import {
  Activity,
  ArrowDownWideNarrow,
  ArrowUpNarrowWide,
  Columns3,
  Copy,
  EyeOff,
  Filter,
  SquareCheck,
  Waypoints,
} from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { useState, type JSX, type ReactElement } from 'react';
import { moveCursor, useCallPages } from '../../state/pages.ts';
import { useView } from '../../state/view.ts';
import { ContextItem } from '../../widgets/ContextItem.tsx';
import menu from '../../widgets/Menu.module.css';
import { openMedia } from '../media/go.ts';
import { showColumn } from './column-settings.ts';
import { columnNamed, type CallColumn } from './columns.tsx';
import { copyCallId } from './commands.ts';
import { tickCursor } from './cursor.ts';
import { cursorRow, narrowings, narrowTo } from './narrow.ts';
import { sortAs } from './sorting.ts';

/** What can be done with a call, or with a column on its head: at a click with the other button, and at the menu key for the one under the cursor. */
export function RowMenu({ children }: { readonly children: ReactElement }): JSX.Element {
  const [head, setHead] = useState<CallColumn | null>(null);
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger
        asChild
        onContextMenu={(event) => {
          const column = event.target instanceof Element ? event.target.closest('[data-column]') : null;
          setHead(column instanceof HTMLElement ? columnNamed(column.dataset.column ?? '') : null);
          const row = event.target instanceof Element ? event.target.closest('[data-at]') : null;
          if (row instanceof HTMLElement) moveCursor(Number(row.dataset.at));
        }}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={menu.menu} collisionPadding={8} loop>
          {head === null ? <Entries /> : <HeadEntries column={head} />}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** About the row under the cursor. */
function Entries(): JSX.Element {
  useCallPages(({ cursorAt, pages }) => `${cursorAt} ${pages.size}`);
  const row = cursorRow();
  return (
    <>
      <ContextItem
        icon={Waypoints}
        title="Show the ladder"
        keys="Enter"
        run={() => useView.setState({ ladderOnly: true })}
      />
      <ContextItem
        icon={Activity}
        title="Media of this call"
        keys="m"
        run={row === null ? null : () => openMedia({ call: row.id })}
      />
      <ContextItem icon={SquareCheck} title="Tick or untick" keys="Space" run={tickCursor} />
      <ContextMenu.Separator className={menu.line} />
      {narrowings.map(({ id, title, filter }) => {
        const expression = row === null ? null : filter(row);
        return (
          <ContextItem
            key={id}
            icon={Filter}
            title={title}
            run={expression === null ? null : () => narrowTo(expression)}
          />
        );
      })}
      <ContextMenu.Separator className={menu.line} />
      <ContextItem icon={Copy} title="Copy the Call-ID" run={row === null ? null : () => void copyCallId()} />
    </>
  );
}

/** About the column whose head was clicked. */
function HeadEntries({ column }: { readonly column: CallColumn }): JSX.Element {
  const canSort = column.sort !== null;
  return (
    <>
      <ContextItem icon={ArrowUpNarrowWide} title="Smallest first" run={canSort ? () => sortAs(column, false) : null} />
      <ContextItem icon={ArrowDownWideNarrow} title="Largest first" run={canSort ? () => sortAs(column, true) : null} />
      <ContextMenu.Separator className={menu.line} />
      <ContextItem icon={EyeOff} title={`Hide ${column.title}`} run={() => showColumn(column.name, false)} />
      <ContextItem
        icon={Columns3}
        title="Choose columns…"
        keys="F10"
        // When the menu has closed and the focus is back.
        run={() => void setTimeout(() => useView.setState({ dialog: 'columns' }), 0)}
      />
    </>
  );
}
