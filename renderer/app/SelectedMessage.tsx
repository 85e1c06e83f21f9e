import { useEffect, useState, type JSX } from 'react';
import type { MessageRow } from '../../core/contract/model.ts';
import { useCapture } from '../state/capture.ts';
import { useLadder } from '../state/ladder.ts';
import { useSettings } from '../state/settings.ts';
import { isCancelled } from '../state/asking.ts';
import style from './StatusBar.module.css';
import { secondsBetween, timeText } from './time-text.ts';
import { countText } from './words.ts';

/** Frame and time of the arrow that is selected, and how far the marked one is from it. */
export function SelectedMessage(): JSX.Element | null {
  const selected = useRow(useLadder((state) => state.selected));
  const marked = useRow(useLadder((state) => state.marked));
  const times = useSettings((state) => state.times);
  const start = useCapture(({ progress }) => progress?.start ?? null);
  if (start === null) return null;
  if (selected === null) return <span className={style.piece}>No message selected</span>;
  return (
    <>
      <span className={style.piece}>
        frame {countText(selected.frame)} · {timeText(selected.ts, times, start)}
        {times === 'relative' ? ' s' : ` · +${short(secondsBetween(start, selected.ts))} s`}
      </span>
      {marked === null || marked.row === selected.row ? null : (
        <span className={style.piece}>
          Δ marked {countText(marked.frame)} → {countText(selected.frame)}:{' '}
          {short(secondsBetween(marked.ts, selected.ts))} s
        </span>
      )}
    </>
  );
}

/** The message in a row of the session; null while it is not known. */
function useRow(row: number | null): MessageRow | null {
  const client = useCapture((state) => (state.phase === 'gone' ? null : state.client));
  const [found, setFound] = useState<MessageRow | null>(null);
  useEffect(() => {
    if (row === null || client === null) return undefined;
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const { rows } = await client.ask('messages', { from: row, count: 1 }, { signal: abort.signal });
        setFound(rows[0] ?? null);
      } catch (error) {
        // The message pane says what is wrong with it.
        if (!isCancelled(error)) setFound(null);
      }
    };
    void ask();
    return () => abort.abort();
  }, [row, client]);
  return found?.row === row ? found : null;
}

/** Seconds without the noughts that say nothing: `3871.700000` is `3871.7`. */
function short(seconds: string): string {
  return seconds.includes('.') ? seconds.replace(/0+$/u, '').replace(/\.$/u, '.0') : seconds;
}
