import { useEffect, useState, type JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import { open, problemText } from '../../app/opening.ts';
import { agoText, bytesText } from '../../app/words.ts';
import { shell } from '../../shell/index.ts';
import type { Offered } from '../../shell/shell.ts';
import { notify } from '../../state/view.ts';
import style from './FileList.module.css';

interface Loaded {
  readonly offered: readonly Offered[];
  /** When they were asked for. */
  readonly now: number;
}

/** Captures of the directory that `sipglass serve` was given. */
export function OfferedList(): JSX.Element | null {
  const [loaded, setLoaded] = useState<Loaded>({ offered: [], now: 0 });
  const { offered, now } = loaded;
  useEffect(() => {
    const load = async (): Promise<void> => {
      try {
        setLoaded({ offered: await shell.offered(), now: Date.now() });
      } catch (error) {
        notify(problemText(error), true);
      }
    };
    void load();
  }, []);
  if (offered.length === 0) return null;
  return (
    <section className={style.files} aria-label="Captures on the server">
      <div className={style.head}>
        <h2 className={style.heading}>On the server</h2>
      </div>
      <ul className={style.list}>
        {offered.map(({ id, name, bytes, modifiedAt }) => (
          <li key={id} className={style.row}>
            <button
              type="button"
              className={style.file}
              title={visible(name)}
              onClick={() => open({ kind: 'offered', id })}
            >
              <span className={style.name}>{visible(name)}</span>
              <span className={style.fact}>{bytesText(bytes)}</span>
              <span className={style.fact}>{agoText(modifiedAt, now)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
