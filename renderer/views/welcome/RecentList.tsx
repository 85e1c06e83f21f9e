import { X } from 'lucide-react';
import { useEffect, useState, type JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import type { Recent } from '../../../core/contract/desktop.ts';
import { open, problemText } from '../../app/opening.ts';
import { agoText, bytesText } from '../../app/words.ts';
import { shell } from '../../shell/index.ts';
import { notify } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import style from './FileList.module.css';

interface Loaded {
  readonly recents: readonly Recent[];
  /** When they were asked for. */
  readonly now: number;
}

/** Captures that were open before; those that are gone can only be forgotten. */
export function RecentList(): JSX.Element | null {
  const [loaded, setLoaded] = useState<Loaded>({ recents: [], now: 0 });
  const { recents, now } = loaded;
  useEffect(() => {
    let here = true;
    const load = async (): Promise<void> => {
      const first = await loadRecents();
      if (here) setLoaded(first);
    };
    void load();
    return () => {
      here = false;
    };
  }, []);
  const forget = async (paths: readonly string[] | null): Promise<void> => {
    try {
      await shell.forgetRecent(paths);
    } catch (error) {
      notify(problemText(error), true);
    }
    setLoaded(await loadRecents());
  };
  if (recents.length === 0) return null;
  return (
    <section className={style.files} aria-label="Recent captures">
      <div className={style.head}>
        <h2 className={style.heading}>Recent</h2>
        <Button kind="quiet" className={style.forget} onClick={() => void forget(null)}>
          Forget all
        </Button>
      </div>
      <ul className={style.list}>
        {recents.map((recent) => (
          <li key={recent.paths.join('\n')} className={style.row}>
            <button
              type="button"
              className={style.file}
              disabled={!recent.present}
              title={recent.paths.map((path) => visible(path)).join('\n')}
              onClick={() => open({ kind: 'recent', paths: recent.paths })}
            >
              <span className={style.name}>{recent.names.map((name) => visible(name)).join(', ')}</span>
              <span className={style.fact}>{factOf(recent)}</span>
              <span className={style.fact}>{agoText(recent.openedAt, now)}</span>
            </button>
            <IconButton
              label={`Forget ${recent.names.map((name) => visible(name)).join(', ')}`}
              icon={X}
              size={14}
              onClick={() => void forget(recent.paths)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

async function loadRecents(): Promise<Loaded> {
  try {
    return { recents: await shell.recents(), now: Date.now() };
  } catch (error) {
    notify(problemText(error), true);
    return { recents: [], now: 0 };
  }
}

function factOf({ present, bytes }: Recent): string {
  if (!present) return 'no longer there';
  return bytes === null ? '' : bytesText(bytes);
}
