import { useId, type JSX, type ReactNode } from 'react';
import style from './Panel.module.css';

export interface PanelProps {
  readonly title: string;
  /** Behind the title: what is counted, in some words. */
  readonly about?: ReactNode;
  /** At the right: how it is shown, and its export. */
  readonly actions?: ReactNode;
  /** Takes the whole width of the screen. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** One subject of the statistics. */
export function Panel({ title, about, actions, wide = false, children }: PanelProps): JSX.Element {
  const id = useId();
  return (
    <section className={[style.panel, wide ? style.wide : ''].filter(Boolean).join(' ')} aria-labelledby={id}>
      <div className={style.head}>
        <h2 id={id} className={style.title}>
          {title}
        </h2>
        {about === undefined ? null : <p className={style.about}>{about}</p>}
        <div className={style.actions}>{actions}</div>
      </div>
      {children}
    </section>
  );
}
