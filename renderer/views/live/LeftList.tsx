import { FolderOpen, Save, Trash2 } from 'lucide-react';
import { useEffect, useMemo, useState, type JSX } from 'react';
import type { LeftBehind } from '../../../core/contract/live-desk.ts';
import { open, problemText } from '../../app/opening.ts';
import { timeText } from '../../app/time-text.ts';
import { agoText, bytesText } from '../../app/words.ts';
import type { LiveShell } from '../../shell/shell.ts';
import { useCapture } from '../../state/capture.ts';
import { notify } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import style from './LeftList.module.css';

interface Loaded {
  readonly left: readonly LeftBehind[];
  /** When they were asked for. */
  readonly now: number;
}

/** Milliseconds after which is looked once more: what has just been let go of is given free by its process. */
const SOON = 1500;

/** Live captures that nobody saved: of a program that crashed, of a window that was closed. */
export function LeftList({ live }: { readonly live: LiveShell }): JSX.Element | null {
  const [loaded, setLoaded] = useState<Loaded>({ left: [], now: 0 });
  const { left, now } = loaded;
  /** Asked once more before it is gone for good. */
  const [sure, setSure] = useState<string | null>(null);
  const capture = useCapture(({ id }) => id);
  const key = useMemo(() => ({ live, capture }), [live, capture]);
  useEffect(() => {
    let here = true;
    const load = async (): Promise<void> => {
      const found = await leftOf(key.live);
      if (here) setLoaded(found);
    };
    void load();
    const soon = setTimeout(() => void load(), SOON);
    return () => {
      here = false;
      clearTimeout(soon);
    };
  }, [key]);
  const act = async (work: Promise<unknown>): Promise<void> => {
    setSure(null);
    try {
      await work;
    } catch (error) {
      notify(problemText(error), true);
    }
    setLoaded(await leftOf(live));
  };
  const save = async (id: string): Promise<void> => {
    const saved = await live.saveLeft(id);
    if (saved !== null) notify(`Saved ${saved.name}, ${bytesText(saved.bytes)}.`);
  };
  if (left.length === 0) return null;
  return (
    <section className={style.left} aria-label="Live captures that were not saved">
      <h2 className={style.heading}>Live captures that were not saved</h2>
      <ul className={style.list}>
        {left.map(({ id, began, bytes }) => (
          <li key={id} className={style.row}>
            <span className={style.name}>{timeText(String(Math.floor(Date.parse(began) / 1000)), 'date')}</span>
            <span className={style.fact}>{agoText(Date.parse(began), now)}</span>
            <span className={style.fact}>{bytesText(bytes)}</span>
            <Button icon={FolderOpen} onClick={() => open({ kind: 'left', id })}>
              Open
            </Button>
            <IconButton label="Save…" icon={Save} onClick={() => void act(save(id))} />
            {sure === id ? (
              <Button kind="danger" onClick={() => void act(live.removeLeft(id))}>
                Delete for good
              </Button>
            ) : (
              <IconButton label="Delete" icon={Trash2} onClick={() => setSure(id)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

async function leftOf(live: LiveShell): Promise<Loaded> {
  try {
    return { left: await live.left(), now: Date.now() };
  } catch (error) {
    notify(problemText(error), true);
    return { left: [], now: 0 };
  }
}
