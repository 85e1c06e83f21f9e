import { AudioLines, Copy, Diff, FileText, Filter, GitCompareArrows, Pin } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import type { JSX, ReactElement } from 'react';
import { useLadder } from '../../state/ladder.ts';
import { ContextItem } from '../../widgets/ContextItem.tsx';
import menu from '../../widgets/Menu.module.css';
import { copySelected, showTab } from '../message/commands.ts';
import { focusMessage } from '../message/places.ts';
import { copyRow, narrowToCall } from './arrow-actions.ts';
import { copyBand, openBand } from './band-actions.ts';
import type { Shown } from './scene.ts';
import { toggleMark } from './selection.ts';

/** What can be done with an arrow: at a click with the other button, and at the menu key for the selected one. */
export function ArrowMenu({
  shown,
  onPoint,
  children,
}: {
  readonly shown: Shown;
  /** The pointer asks for the menu of the arrow under it. */
  readonly onPoint: (event: React.MouseEvent<HTMLElement>) => void;
  readonly children: ReactElement;
}): JSX.Element {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger
        asChild
        onContextMenu={(event) => {
          if (event.button === 2 || event.ctrlKey) onPoint(event);
        }}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={menu.menu} collisionPadding={8} loop>
          <Entries shown={shown} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Entries({ shown }: { readonly shown: Shown }): JSX.Element {
  const selected = useLadder((state) => state.selected);
  const marked = useLadder((state) => state.marked);
  const arrow = selected === null ? null : shown.items.arrow(selected);
  const isPair = selected !== null && marked !== null && marked !== selected;
  const diff = (): void => showTab('diff');
  const chosen = useLadder((state) => state.band);
  const band = chosen === null ? null : shown.items.band(chosen);
  if (band !== null) {
    return (
      <>
        <ContextItem icon={AudioLines} title="Show the RTP stream" keys="Enter" run={() => openBand(shown, band)} />
        <ContextItem icon={Copy} title="Copy this line" run={() => void copyBand(band)} />
      </>
    );
  }
  return (
    <>
      <ContextItem
        icon={FileText}
        title="Show the message"
        keys="Enter"
        run={() => {
          showTab('raw');
          focusMessage();
        }}
      />
      <ContextItem
        icon={Pin}
        title={marked !== null && marked === selected ? 'Forget the mark' : 'Mark for comparing'}
        keys="Space"
        run={toggleMark}
      />
      <ContextItem icon={GitCompareArrows} title="Compare with the marked one" keys="d" run={isPair ? diff : null} />
      <ContextItem icon={Diff} title="What the last hop changed" run={isPair ? null : diff} />
      <ContextMenu.Separator className={menu.line} />
      <ContextItem
        icon={Filter}
        title="This Call-ID only"
        run={selected === null ? null : () => void narrowToCall(selected)}
      />
      <ContextMenu.Separator className={menu.line} />
      <ContextItem icon={Copy} title="Copy the message" keys="y" run={() => void copySelected()} />
      <ContextItem icon={Copy} title="Copy this line" run={arrow === null ? null : () => void copyRow(arrow)} />
    </>
  );
}
