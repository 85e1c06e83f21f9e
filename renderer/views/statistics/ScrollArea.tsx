import type { JSX, ReactNode } from 'react';
import style from './Tables.module.css';

/** What scrolls and holds nothing that takes the focus has to take it itself: else the keyboard does not get there. */
const reachable = { tabIndex: 0 } as const;

/** A table that may be higher than its panel. */
export function ScrollArea({
  label,
  tall = false,
  children,
}: {
  readonly label: string;
  readonly tall?: boolean;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <section className={[style.scroll, tall ? style.tall : ''].join(' ')} aria-label={label} {...reachable}>
      {children}
    </section>
  );
}
