import { useRef, useState } from 'react';
import type { Completion } from '../../../core/contract/model.ts';
import { useCapture } from '../../state/capture.ts';
import { useSettings } from '../../state/settings.ts';
import { isCancelled } from '../../state/asking.ts';

export interface Suggestion {
  readonly text: string;
  readonly about: string;
  /** The whole field, and where the caret stands, once it is taken. */
  readonly becomes: { readonly text: string; readonly caret: number };
}

export interface Suggestions {
  readonly kind: 'completions' | 'history';
  readonly list: readonly Suggestion[];
  /** Index of the one under the cursor; -1 for none. */
  readonly active: number;
}

export interface SuggestionControl {
  readonly shown: Suggestions | null;
  /** `asked`: by a key of its own, not because something was typed. */
  readonly complete: (text: string, at: number, asked?: boolean) => void;
  readonly remember: () => void;
  readonly move: (step: number) => void;
  readonly close: () => void;
}

/** What could be typed next, or was typed before, for the popup below the filter. */
export function useSuggestions(): SuggestionControl {
  const [shown, setShown] = useState<Suggestions | null>(null);
  const asking = useRef<AbortController | null>(null);
  const close = (): void => {
    asking.current?.abort();
    setShown(null);
  };
  return {
    shown,
    close,
    complete: (text, at, asked = false) => {
      asking.current?.abort();
      const { client } = useCapture.getState();
      if (client === null) return;
      const abort = new AbortController();
      asking.current = abort;
      const ask = async (): Promise<void> => {
        try {
          const found = await client.ask('completions', { filter: text, at }, { signal: abort.signal });
          if (abort.signal.aborted) return;
          const list = (asked || !isFinished(found) ? found : []).map((one) => ({
            text: one.text,
            about: one.about,
            becomes: taken(text, one),
          }));
          // A word that is already there as a whole is no suggestion.
          const better = list.filter(({ becomes }) => becomes.text.trimEnd() !== text.trimEnd());
          setShown(better.length === 0 ? null : { kind: 'completions', list: better, active: -1 });
        } catch (error) {
          // Without suggestions one types on; why there are none is told by the mark of the field.
          if (!isCancelled(error)) setShown(null);
        }
      };
      void ask();
    },
    remember: () => {
      asking.current?.abort();
      const list = useSettings
        .getState()
        .filters.map((text) => ({ text, about: '', becomes: { text, caret: text.length } }));
      setShown(list.length === 0 ? null : { kind: 'history', list, active: 0 });
    },
    move: (step) =>
      setShown((before) => {
        if (before === null) return null;
        const count = before.list.length;
        const from = before.active === -1 && step < 0 ? 0 : before.active;
        return { ...before, active: (from + step + count) % count };
      }),
  };
}

/** Whether the filter is one as it stands, with nothing begun behind it: all that could follow is more of it. */
function isFinished(found: readonly Completion[]): boolean {
  return (
    found.some(({ kind, text }) => kind === 'word' && text === 'and') &&
    found.every(({ kind, from, to }) => kind !== 'operator' && from === to)
  );
}

/** `filter` with a completion in its place, a blank behind it, and the caret behind that. */
function taken(
  filter: string,
  completion: { readonly text: string; readonly from: number; readonly to: number },
): Suggestion['becomes'] {
  const before = filter.slice(0, completion.from) + completion.text;
  const behind = filter.slice(completion.to).trimStart();
  return { text: `${before} ${behind}`, caret: before.length + 1 };
}
