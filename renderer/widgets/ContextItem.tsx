import { ContextMenu } from 'radix-ui';
import type { ComponentType, JSX } from 'react';
import { Kbd } from './Kbd.tsx';
import style from './Menu.module.css';

/** A line of a context menu. */
export function ContextItem({
  icon: Icon,
  title,
  keys,
  run,
}: {
  readonly icon: ComponentType<{ readonly size?: number }>;
  readonly title: string;
  readonly keys?: string;
  /** Null where it makes no sense for what was clicked. */
  readonly run: (() => void) | null;
}): JSX.Element {
  return (
    <ContextMenu.Item className={style.item} disabled={run === null} onSelect={() => run?.()}>
      <span className={style.icon}>
        <Icon size={14} aria-hidden />
      </span>
      <span className={style.title}>{title}</span>
      {keys === undefined ? null : <Kbd keys={keys} />}
    </ContextMenu.Item>
  );
}
