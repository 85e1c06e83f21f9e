import { useEffect, useState } from 'react';
import { useCalls } from '../../state/calls.ts';
import { useCapture } from '../../state/capture.ts';
import { isCancelled } from '../../state/asking.ts';
import { hasProblem, withProblem } from './problem-filter.ts';

/** How many of the calls that are listed have a problem; null until all was read, and where the filter asks for them already. */
export function useProblems(): number | null {
  const client = useCapture(({ phase, client: now }) => (phase === 'ready' ? now : null));
  const filter = useCalls((state) => state.filter);
  const method = useCalls((state) => state.method);
  const [found, setFound] = useState<{ readonly list: string; readonly total: number } | null>(null);
  const list = `${method ?? ''} ${filter}`;
  useEffect(() => {
    if (client === null || hasProblem(filter)) return undefined;
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      const asked = { filter: withProblem(filter), ...(method === null ? {} : { method }) };
      try {
        const { total } = await client.ask('calls', { ...asked, from: 0, count: 1 }, { signal: abort.signal });
        setFound({ list, total });
      } catch (error) {
        // The list says what is wrong with the filter; the button works without a number.
        if (!isCancelled(error)) setFound(null);
      }
    };
    void ask();
    return () => abort.abort();
  }, [client, filter, method, list]);
  return client !== null && found?.list === list && !hasProblem(filter) ? found.total : null;
}
