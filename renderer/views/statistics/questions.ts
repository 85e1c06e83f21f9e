import { useEffect, useState } from 'react';
import type { ResponseTimes, Stats, Timeline } from '../../../core/contract/model.ts';
import { useCalls } from '../../state/calls.ts';
import { isWhole, useCapture } from '../../state/capture.ts';
import { useStep } from '../../state/live.ts';
import { useAnswer, type Answer } from '../message/answer.ts';
import { faultCondition } from './go.ts';

/** Steps of a chart at most: a bar is some pixels wide then. */
export const BUCKETS = 120;

/** Milliseconds between two questions while the capture is being read. */
const WHILE_READING = 2500;

/** Which calls the statistics are about: those of the list. */
export interface Scope {
  readonly filter?: string;
  readonly method?: string;
}

export function useScope(): Scope {
  const filter = useCalls((state) => state.filter);
  const method = useCalls((state) => state.method);
  return { ...(filter === '' ? {} : { filter }), ...(method === null ? {} : { method }) };
}

/** Counts; the host answers when all was read. */
export function useStats(): Answer<Stats> {
  const scope = useScope();
  const read = useCapture(isWhole);
  const key = JSON.stringify([scope, read, useStep()]);
  return useAnswer(key, (client, signal) => client.ask('stats', { ...scope, of: 'calls' }, { signal }));
}

export function useTimeline(): Answer<Timeline> {
  const scope = useScope();
  return useAnswer(useKey(scope), (client, signal) =>
    client.ask('timeline', { ...scope, buckets: BUCKETS }, { signal }),
  );
}

export function useResponseTimes(): Answer<readonly ResponseTimes[]> {
  const scope = useScope();
  return useAnswer(useKey(scope), (client, signal) =>
    client.ask('responseTimes', { ...scope, of: 'calls' }, { signal }),
  );
}

/** Reason phrases of status codes, as the completion of filters has them: a question for each class, because it tells 50 at most. */
export function usePhrases(): ReadonlyMap<string, string> {
  const { value } = useAnswer('phrases', async (client, signal) => {
    const asked = ['1', '2', '3', '4', '5', '6'].map((digit) => {
      const filter = `status:${digit}`;
      return client.ask('completions', { filter, at: filter.length }, { signal });
    });
    return (await Promise.all(asked)).flat();
  });
  return new Map((value ?? []).map(({ text, about }) => [text, about]));
}

/** Which of these faults messages have: others befell what never became one, and lead to no call. */
export function useFaultsOfMessages(codes: readonly string[]): ReadonlySet<string> {
  const { value } = useAnswer(JSON.stringify(codes), (client, signal) => {
    const totals = codes.map(async (code) => {
      const page = { from: 0, count: 0, filter: faultCondition(code) };
      return (await client.ask('messages', page, { signal })).total;
    });
    return Promise.all(totals);
  });
  return new Set(codes.filter((_, at) => (value?.[at] ?? 0) > 0));
}

/**
 * What is there so far changes while the capture is being read, and no more after that. Asked again now and then, not
 * with each report of progress: a newer question cancels the older, and the host is busy.
 */
function useKey(scope: Scope): string {
  const read = useCapture(isWhole);
  const step = useStep();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (read) return undefined;
    const timer = setInterval(() => setTurn((before) => before + 1), WHILE_READING);
    return () => clearInterval(timer);
  }, [read]);
  return JSON.stringify([scope, read, read ? step : turn]);
}
