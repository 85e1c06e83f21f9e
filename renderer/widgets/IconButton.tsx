import type { ComponentProps, ComponentType, JSX } from 'react';
import style from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** Name for screen readers, and what the tooltip says. */
  readonly label: string;
  readonly icon: ComponentType<{ readonly size?: number }>;
  /** As in `Command.keys`; shown in the tooltip. */
  readonly shortcut?: string | undefined;
  /** For a button that stays down. */
  readonly pressed?: boolean;
  readonly size?: number;
}

/** A button with a picture only: it always has a name and a tooltip. */
export function IconButton({
  label,
  icon: Icon,
  shortcut,
  pressed,
  size = 16,
  className,
  ...rest
}: IconButtonProps): JSX.Element {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
        className={[style.button, className].filter(Boolean).join(' ')}
      >
        <Icon size={size} aria-hidden />
      </button>
    </Tooltip>
  );
}
