import { useEffect, useState } from 'react';
import type { CallRow } from '../../../core/contract/model.ts';
import { useCapture } from '../../state/capture.ts';
import { problemText } from '../opening.ts';
import { isCancelled } from '../../state/asking.ts';

export interface FoundCalls {
  /** The words that were looked for. */
  readonly words: string;
  readonly calls: readonly CallRow[];
  readonly total: number;
  readonly problem: string | null;
}

const PAUSE_MS = 150;
const MOST = 20;

/** Calls that have all of these words somewhere in their messages; null while nobody knows. */
export function useFoundCalls(words: string): FoundCalls | null {
  const client = useCapture((state) => (state.phase === 'gone' ? null : state.client));
  const [found, setFound] = useState<FoundCalls | null>(null);
  useEffect(() => {
    const filter = wordsFilter(words);
    if (client === null || filter === '') return undefined;
    const abort = new AbortController();
    const look = async (): Promise<void> => {
      try {
        const { rows, total } = await client.ask('calls', { from: 0, count: MOST, filter }, { signal: abort.signal });
        setFound({ words, calls: rows, total, problem: null });
      } catch (error) {
        if (!isCancelled(error)) setFound({ words, calls: [], total: 0, problem: problemText(error) });
      }
    };
    const pause = setTimeout(() => void look(), PAUSE_MS);
    return () => {
      clearTimeout(pause);
      abort.abort();
    };
  }, [client, words]);
  return found?.words === words ? found : null;
}

/** A filter that looks for each of these words, whatever signs they hold. */
export function wordsFilter(words: string): string {
  return words
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, 8)
    .map((word) => `"${word.replaceAll(/["\\]/gu, (sign) => `\\${sign}`)}"`)
    .join(' ');
}
