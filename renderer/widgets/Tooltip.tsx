import { Tooltip as Radix } from 'radix-ui';
import { useEffect, type ComponentProps, type JSX, type ReactNode } from 'react';
import { Kbd } from './Kbd.tsx';
import { followMoves, wasMovedTo } from './moves.ts';
import style from './Tooltip.module.css';

export interface TooltipProps {
  readonly text: ReactNode;
  /** As in `Command.keys`. */
  readonly shortcut?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that takes a ref and the props of a trigger. */
  readonly children: ReactNode;
}

/**
 * What something is, at hover and focus. It describes, it does not name: what it hangs on has a name of its own. What a
 * trigger around it hands down (a menu's, a dialog's) goes on to the child.
 */
export function Tooltip({
  text,
  shortcut,
  side = 'bottom',
  children,
  ...handedDown
}: TooltipProps & Omit<ComponentProps<'button'>, 'children'>): JSX.Element {
  useEffect(followMoves, []);
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={300}>
      <Radix.Root>
        <Radix.Trigger
          {...handedDown}
          asChild
          // Not where the focus only came back from a menu or a dialog.
          onFocus={(event) => {
            handedDown.onFocus?.(event);
            if (!wasMovedTo()) event.preventDefault();
          }}
        >
          {children}
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content className={style.tooltip} side={side} sideOffset={6} collisionPadding={8}>
            {text}
            {shortcut === undefined ? null : <Kbd keys={shortcut} />}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
