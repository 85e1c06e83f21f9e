import { Toggle as Radix } from 'radix-ui';
import type { JSX } from 'react';
import style from './Toggle.module.css';

/** A button that is on or off. */
export function Toggle({
  on,
  onChange,
  title,
  about,
  disabled = false,
}: {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly title: string;
  /** What it does, for the tooltip. */
  readonly about: string;
  readonly disabled?: boolean;
}): JSX.Element {
  return (
    <Radix.Root className={style.toggle} pressed={on} onPressedChange={onChange} title={about} disabled={disabled}>
      {title}
    </Radix.Root>
  );
}
