import type { ComponentType, JSX, ReactNode } from 'react';
import style from './EmptyState.module.css';

export interface EmptyStateProps {
  readonly icon?: ComponentType<{ readonly size?: number }>;
  /** One sentence: what is not there. */
  readonly title: string;
  /** What to do about it. */
  readonly hint?: ReactNode;
  /** `bad` for what failed: it is announced at once. */
  readonly severity?: 'idle' | 'bad';
  /** Buttons. */
  readonly children?: ReactNode;
}

/** In place of content that is not there. */
export function EmptyState({ icon: Icon, title, hint, severity = 'idle', children }: EmptyStateProps): JSX.Element {
  return (
    <div className={style.empty} role={severity === 'bad' ? 'alert' : 'status'}>
      {Icon === undefined ? null : (
        <span className={severity === 'bad' ? style.bad : style.icon}>
          <Icon size={28} aria-hidden />
        </span>
      )}
      <p className={style.title}>{title}</p>
      {hint === undefined ? null : <p className={style.hint}>{hint}</p>}
      {children === undefined ? null : <div className={style.buttons}>{children}</div>}
    </div>
  );
}
