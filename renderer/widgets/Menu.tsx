import { Check, ChevronRight } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ComponentType, JSX, ReactNode } from 'react';
import { Kbd } from './Kbd.tsx';
import style from './Menu.module.css';

export interface MenuItem {
  readonly kind?: 'item';
  readonly title: ReactNode;
  readonly icon?: ComponentType<{ readonly size?: number }>;
  /** As in `Command.keys`. */
  readonly shortcut?: string | undefined;
  readonly disabled?: boolean;
  /** For what is on or off: shown with a tick, and told to screen readers. */
  readonly checked?: boolean;
  readonly onSelect: () => void;
}

export type MenuEntry =
  | MenuItem
  | { readonly kind: 'line' }
  | { readonly kind: 'heading'; readonly title: string }
  | {
      readonly kind: 'more';
      readonly title: string;
      readonly disabled?: boolean;
      readonly entries: readonly MenuEntry[];
    };

export interface MenuProps {
  /** One element, `Button` or `IconButton`. */
  readonly trigger: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'center' | 'end';
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

/** A menu that hangs on a button. Not modal: a modal one would write a style element, which the page's policy forbids. */
export function Menu({ trigger, entries, align = 'end', ...control }: MenuProps): JSX.Element {
  return (
    <DropdownMenu.Root modal={false} {...control}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={style.menu} align={align} sideOffset={4} collisionPadding={8} loop>
          <Entries entries={entries} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Entries({ entries }: { readonly entries: readonly MenuEntry[] }): ReactNode {
  // Entries of a menu don't move while it is open: their place is their identity.
  return entries.map((entry, at) => <Entry key={keyOf(entry, at)} entry={entry} />);
}

function keyOf(entry: MenuEntry, at: number): string {
  return `${at} ${'title' in entry && typeof entry.title === 'string' ? entry.title : ''}`;
}

function Entry({ entry }: { readonly entry: MenuEntry }): JSX.Element {
  switch (entry.kind) {
    case 'line':
      return <DropdownMenu.Separator className={style.line} />;
    case 'heading':
      return <DropdownMenu.Label className={style.heading}>{entry.title}</DropdownMenu.Label>;
    case 'more':
      return (
        <DropdownMenu.Sub>
          <DropdownMenu.SubTrigger className={style.item} disabled={entry.disabled ?? false}>
            <span className={style.icon} />
            <span className={style.title}>{entry.title}</span>
            <ChevronRight size={14} aria-hidden />
          </DropdownMenu.SubTrigger>
          <DropdownMenu.Portal>
            <DropdownMenu.SubContent className={style.menu} sideOffset={2} collisionPadding={8} loop>
              <Entries entries={entry.entries} />
            </DropdownMenu.SubContent>
          </DropdownMenu.Portal>
        </DropdownMenu.Sub>
      );
    default:
      return <Item item={entry} />;
  }
}

function Item({ item }: { readonly item: MenuItem }): JSX.Element {
  const { icon: Icon, title, shortcut, checked, disabled = false, onSelect } = item;
  const inside = (
    <>
      <span className={style.icon}>
        {checked === true ? (
          <Check size={14} aria-hidden />
        ) : Icon === undefined ? null : (
          <Icon size={14} aria-hidden />
        )}
      </span>
      <span className={style.title}>{title}</span>
      {shortcut === undefined ? null : <Kbd keys={shortcut} />}
    </>
  );
  return checked === undefined ? (
    <DropdownMenu.Item className={style.item} disabled={disabled} onSelect={onSelect}>
      {inside}
    </DropdownMenu.Item>
  ) : (
    <DropdownMenu.CheckboxItem className={style.item} disabled={disabled} checked={checked} onSelect={onSelect}>
      {inside}
    </DropdownMenu.CheckboxItem>
  );
}
