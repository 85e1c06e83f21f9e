import {
  Activity,
  ArrowDownWideNarrow,
  ArrowUpNarrowWide,
  Columns3,
  Copy,
  EyeOff,
  Filter,
  Waypoints,
} from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { useState, type JSX, type ReactElement } from 'react';
import type { ColumnChanges } from '../../state/columns.ts';
import { useView } from '../../state/view.ts';
import { ContextItem } from '../../widgets/ContextItem.tsx';
import menu from '../../widgets/Menu.module.css';
import { narrowTo, quoted } from '../calls/narrow.ts';
import { streamColumnNamed, type StreamColumn } from './columns.tsx';
import { copySentence } from './copy.ts';
import { openMedia, showLadderOf } from './go.ts';
import { cursorStream, moveStreamCursor, useStreamPages } from './pages.ts';
import { sortStreamsAs } from './sorting.ts';

/** What can be done with a stream, or with a column on its head: at a click with the other button, and at the menu key. */
export function StreamMenu({
  changes,
  children,
}: {
  readonly changes: ColumnChanges;
  readonly children: ReactElement;
}): JSX.Element {
  const [head, setHead] = useState<StreamColumn | null>(null);
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger
        asChild
        onContextMenu={({ target }) => {
          const column = target instanceof Element ? target.closest('[data-column]') : null;
          setHead(column instanceof HTMLElement ? streamColumnNamed(column.dataset.column ?? '') : null);
          const row = target instanceof Element ? target.closest('[data-at]') : null;
          if (row instanceof HTMLElement) moveStreamCursor(Number(row.dataset.at));
        }}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={menu.menu} collisionPadding={8} loop>
          {head === null ? <Entries /> : <HeadEntries column={head} changes={changes} />}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** About the row under the cursor. */
function Entries(): JSX.Element {
  useStreamPages(({ cursorAt, pages }) => `${cursorAt} ${pages.size}`);
  const row = cursorStream();
  const call = row?.call ?? null;
  const callId = row?.callId ?? null;
  return (
    <>
      <ContextItem
        icon={Activity}
        title="Packet time and quality"
        keys="Enter"
        run={row === null ? null : () => openMedia({ stream: row.id })}
      />
      <ContextItem
        icon={Waypoints}
        title="Ladder of its call"
        keys="l"
        run={call === null ? null : () => showLadderOf(call)}
      />
      <ContextMenu.Separator className={menu.line} />
      <ContextItem
        icon={Filter}
        title="Streams of this call only"
        run={callId === null ? null : () => narrowTo(`call-id == ${quoted(callId)}`)}
      />
      <ContextMenu.Separator className={menu.line} />
      <ContextItem
        icon={Copy}
        title="Copy what is said of its packet time"
        run={row === null ? null : () => void copySentence([row])}
      />
    </>
  );
}

/** About the column whose head was clicked. */
function HeadEntries({
  column,
  changes,
}: {
  readonly column: StreamColumn;
  readonly changes: ColumnChanges;
}): JSX.Element {
  const { sort } = column;
  return (
    <>
      <ContextItem
        icon={ArrowUpNarrowWide}
        title="Smallest first"
        run={sort === null ? null : () => sortStreamsAs(sort, false)}
      />
      <ContextItem
        icon={ArrowDownWideNarrow}
        title="Largest first"
        run={sort === null ? null : () => sortStreamsAs(sort, true)}
      />
      <ContextMenu.Separator className={menu.line} />
      <ContextItem icon={EyeOff} title={`Hide ${column.title}`} run={() => changes.show(column.name, false)} />
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
