import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { DispatcherTicks, DispatcherView } from '../../../core/contract/dispatcher.ts';
import { dispatcherQuery, useDispatcher } from '../../state/dispatcher.ts';
import { useStep } from '../../state/live.ts';
import { useAnswer, type Answer } from '../message/answer.ts';

/** What is set, as one key. */
function useQuery(): { readonly key: string; readonly query: ReturnType<typeof dispatcherQuery> } {
  const set = useDispatcher(
    useShallow(({ probingThreshold, inactiveThreshold, goodCodes, list }) => ({
      probingThreshold,
      inactiveThreshold,
      goodCodes,
      list,
    })),
  );
  return useMemo(() => {
    const { list } = set;
    return {
      key: JSON.stringify([set.probingThreshold, set.inactiveThreshold, set.goodCodes, list?.at]),
      query: dispatcherQuery(set),
    };
  }, [set]);
}

/** Probers and destinations; the host answers when all was read. */
export function useDispatcherView(): Answer<DispatcherView> {
  const { key, query } = useQuery();
  return useAnswer(`${key} ${useStep()}`, (client, signal) => client.ask('dispatcher', query, { signal }));
}

/** Milliseconds between two questions while one zooms. */
const SPACING = 60;

/** Probes of the rows that are seen. */
export function useTicks(
  rows: readonly number[],
  span: { readonly start: string; readonly end: string; readonly steps: number },
): Answer<readonly DispatcherTicks[]> {
  const { key, query } = useQuery();
  const wanted = rows.length === 0 || span.steps < 1 || !(Number(span.end) > Number(span.start));
  return useAnswer(
    wanted ? null : JSON.stringify([key, rows, span]),
    (client, signal) => client.ask('dispatcherTicks', { ...query, ...span, rows }, { signal }),
    SPACING,
  );
}
