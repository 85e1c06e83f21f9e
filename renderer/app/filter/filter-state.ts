import { create } from 'zustand';
import type { FilterProblem } from '../../../core/contract/api.ts';
import type { Client } from '../../../core/contract/channel.ts';
import { useCalls } from '../../state/calls.ts';
import { useCapture } from '../../state/capture.ts';
import { rememberFilter } from '../../state/settings.ts';
import { notify } from '../../state/view.ts';
import { problemText } from '../opening.ts';
import { isCancelled } from '../../state/asking.ts';

/** The text in the filter bar, and what the host thinks of it. In force is `useCalls.filter`: the last good one. */
export interface FilterState {
  readonly text: string;
  /** The text that was judged last; null for none. */
  readonly judged: string | null;
  /** What is wrong with it. */
  readonly problem: FilterProblem | null;
}

export const useFilter = create<FilterState>()(() => ({
  text: useCalls.getState().filter,
  judged: null,
  problem: null,
}));

/** How long nothing must have been typed before a filter is judged and put in force. */
const PAUSE_MS = 200;

let pause: ReturnType<typeof setTimeout> | undefined;
let asking = new AbortController();

/** Each key pressed: judged and put in force after a pause; what was asked before is given up. */
export function typeFilter(text: string): void {
  useFilter.setState({ text });
  clearTimeout(pause);
  asking.abort();
  pause = setTimeout(() => void judge(text, true), PAUSE_MS);
}

/** Judged and put in force at once, and remembered. False for a bad one: the last good one stays in force. */
export async function applyFilter(text: string): Promise<boolean> {
  clearTimeout(pause);
  asking.abort();
  useFilter.setState({ text });
  const good = await judge(text, false);
  if (good) rememberFilter(text.trim());
  return good;
}

async function judge(text: string, typing: boolean): Promise<boolean> {
  const filter = text.trim();
  const { client } = useCapture.getState();
  if (client === null) return false;
  if (filter === '') {
    useFilter.setState({ judged: text, problem: null });
    useCalls.setState({ filter: '' });
    return true;
  }
  asking = new AbortController();
  const { signal } = asking;
  try {
    // The text as typed, so that the place of a mistake is one in the field.
    const problem = await client.ask('checkFilter', { filter: text }, { signal });
    if (useFilter.getState().text !== text) return false;
    useFilter.setState({ judged: text, problem });
    if (problem !== null) return false;
    if (typing && (await isHalfName(client, text, signal))) return true;
    // Something newer was typed meanwhile.
    if (signal.aborted) return false;
    useCalls.setState({ filter });
    return true;
  } catch (error) {
    if (!isCancelled(error)) notify(problemText(error), true);
    return false;
  }
}

/**
 * Whether the text ends in what may become the name of a field. It is a good filter as it stands (a word to search for),
 * but hardly the one that is meant: the list would be empty for a moment. Enter puts it in force all the same.
 */
async function isHalfName(client: Client, text: string, signal: AbortSignal): Promise<boolean> {
  const found = await client.ask('completions', { filter: text, at: text.length }, { signal });
  return found.some(({ kind, from, to }) => kind === 'field' && from < to && to === text.length);
}

/** Shows in the field what was put in force elsewhere (a recent filter, `F5`). What ends it is returned. */
export function followFilter(): () => void {
  return useCalls.subscribe(({ filter }, before) => {
    if (filter === before.filter || filter === useFilter.getState().text.trim()) return;
    clearTimeout(pause);
    asking.abort();
    useFilter.setState({ text: filter, judged: filter, problem: null });
  });
}
