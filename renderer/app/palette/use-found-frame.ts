import { useEffect, useState } from 'react';
import type { MessageRow } from '../../../core/contract/model.ts';
import { useCapture } from '../../state/capture.ts';
import { isCancelled } from '../../state/asking.ts';

/** A frame that was asked for by its number, and the first message in it; null where it holds none. */
export interface FoundFrame {
  readonly frame: number;
  readonly message: MessageRow | null;
}

/** `1501`, `1,501`, `#1501`, `frame 1501`; null for all else. */
export function frameNumber(words: string): number | null {
  const digits = /^(?:frame\s*|#)?(?<digits>\d{1,3}(?:,\d{3})+|\d{1,15})$/iu.exec(words.trim())?.groups?.digits;
  const frame = digits === undefined ? 0 : Number(digits.replaceAll(',', ''));
  return frame > 0 ? frame : null;
}

/** The message in the frame of that number; null where no number was typed, and until it is known. */
export function useFoundFrame(words: string): FoundFrame | null {
  const client = useCapture((state) => (state.phase === 'gone' ? null : state.client));
  const frame = frameNumber(words);
  const [found, setFound] = useState<FoundFrame | null>(null);
  useEffect(() => {
    if (client === null || frame === null) return undefined;
    const abort = new AbortController();
    const look = async (): Promise<void> => {
      try {
        const { rows } = await client.ask(
          'messages',
          { from: 0, count: 1, filter: `frame == ${frame}` },
          { signal: abort.signal },
        );
        setFound({ frame, message: rows[0] ?? null });
      } catch (error) {
        // The search for calls beside it tells what is wrong.
        if (!isCancelled(error)) setFound(null);
      }
    };
    void look();
    return () => abort.abort();
  }, [client, frame]);
  return found?.frame === frame ? found : null;
}
