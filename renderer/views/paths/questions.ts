import type { PathPage, Rows } from '../../../core/contract/api.ts';
import type { Path, PathList, PathRow } from '../../../core/contract/paths.ts';
import { meantCalls, useCalls } from '../../state/calls.ts';
import { isWhole, useCapture } from '../../state/capture.ts';
import { useStep } from '../../state/live.ts';
import { useAnswer, type Answer } from '../message/answer.ts';
import { useScope } from '../statistics/questions.ts';
import { usePathChoice } from './choice.ts';

/** Rows that are asked for at once, and to what their first is rounded: a screen and some more on both sides. */
const PAGE = 200;
const STEP = 50;

/** Which paths are listed; null where there are no calls to be about. */
export function usePathList(): PathList | null {
  const { filter, method } = useScope();
  const which = usePathChoice((state) => state.which);
  const ofCalls = usePathChoice((state) => state.ofCalls);
  const cursor = useCalls((state) => state.cursor);
  const ticked = useCalls((state) => state.ticked);
  const calls = meantCalls({ cursor, ticked });
  if (ofCalls && calls.length === 0) return null;
  return {
    ...(ofCalls ? { calls } : {}),
    ...(ofCalls || filter === undefined ? {} : { filter }),
    ...(ofCalls || method === undefined ? {} : { method }),
    ...(which === 'odd' ? { odd: true } : {}),
    ...(which === 'forked' ? { forked: true } : {}),
  };
}

/** A page of the list around what is on the screen, with the place of its first row. */
export interface Listed extends Rows<PathRow> {
  readonly from: number;
}

export function usePathRows(list: PathList | null, first: number): Answer<Listed> {
  const read = useCapture(isWhole);
  const step = useStep();
  const from = Math.max(0, Math.floor(first / STEP) * STEP - STEP);
  const key = list === null || !read ? null : JSON.stringify([list, from, step]);
  const page: PathPage = { ...list, from, count: PAGE };
  return useAnswer(key, async (client, signal) => ({ ...(await client.ask('paths', page, { signal })), from }));
}

export function usePath(path: number | null): Answer<Path> {
  const key = path === null ? null : `path ${path}`;
  return useAnswer(key, (client, signal) => client.ask('path', { path: path ?? 0 }, { signal }));
}
