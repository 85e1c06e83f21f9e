import type { JSX, ReactNode } from 'react';
import type { Severity } from './severity.ts';
import style from './Pill.module.css';

/** A few words on a ground that has the colour of their severity. The words say it all; colour only helps. */
export function Pill({
  severity,
  children,
  title,
}: {
  readonly severity: Severity;
  readonly children: ReactNode;
  readonly title?: string;
}): JSX.Element {
  return (
    <span className={[style.pill, style[severity]].join(' ')} title={title}>
      {children}
    </span>
  );
}
