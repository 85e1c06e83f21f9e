import { Progress as Radix } from 'radix-ui';
import type { JSX } from 'react';
import style from './Progress.module.css';

/** How much of something is done, from 0 to 1; null where nobody knows how much there is. */
export function Progress({ value, label }: { readonly value: number | null; readonly label: string }): JSX.Element {
  const part = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <Radix.Root
      className={style.track}
      aria-label={label}
      value={part === null ? null : Math.round(part * 100)}
      max={100}
    >
      <Radix.Indicator
        className={part === null ? style.unknown : style.done}
        style={part === null ? undefined : { transform: `scaleX(${part})` }}
      />
    </Radix.Root>
  );
}

/** Something is under way; `label` says what. */
export function Spinner({ label, size = 14 }: { readonly label: string; readonly size?: number }): JSX.Element {
  return <output className={style.spinner} aria-label={label} style={{ width: size, height: size }} />;
}
