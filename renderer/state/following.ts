import { create } from 'zustand';
import type { CallSort } from '../../core/contract/api.ts';
import type { CallRow } from '../../core/contract/model.ts';
import { useCalls } from './calls.ts';
import { isRunning, useLive } from './live.ts';
import { rowAt } from './long-list.ts';

/** Milliseconds that a new row takes to appear. */
export const APPEARS_MS = 700;

/** Where new calls come in: at the end of the list, on top of it, or anywhere. */
export function newestAt({ by, descending }: CallSort): 'end' | 'top' | null {
  if (by !== 'start') return null;
  return descending ? 'top' : 'end';
}

/** Whether the list goes along with the newest calls now. */
export function isFollowing(): boolean {
  const live = useLive.getState();
  return live.follows && !live.paused && isRunning(live) && newestAt(useCalls.getState().sort) !== null;
}

/** A row by which the list is held still while others come in above it. */
export interface Anchor {
  readonly at: number;
  readonly id: number;
  readonly callId: string;
}

/** The first row on the screen that is there. Null for a list that need not be held: it goes along, or stands at its top. */
export function anchorOf(
  pages: ReadonlyMap<number, readonly CallRow[]>,
  screen: { readonly from: number; readonly to: number },
): Anchor | null {
  if (isFollowing() || (screen.from === 0 && !isRunning(useLive.getState()))) return null;
  for (let at = screen.from; at < screen.to; at++) {
    const row = rowAt(pages, at);
    if (row !== undefined) return { at, id: row.id, callId: row.callId };
  }
  return null;
}

/** Calls with greater numbers have just come, and are shown as they appear. */
export const useAppeared = create<{ readonly upTo: number }>()(() => ({ upTo: Number.POSITIVE_INFINITY }));

/** How many calls there were when; calls are numbered in the order in which they began. */
const counts: { readonly at: number; readonly calls: number }[] = [];
let appearing: ReturnType<typeof setTimeout> | null = null;

/** A list came as a whole, with so many calls in the capture (null where that is not known yet): none of them is new. */
export function settleNew(calls: number | null): void {
  counts.splice(0, counts.length, ...(calls === null ? [] : [{ at: performance.now(), calls }]));
}

/** There are so many calls now: those that have not been there a moment ago appear. */
export function tellNew(calls: number): void {
  if (appearing !== null) clearTimeout(appearing);
  appearing = null;
  const running = isRunning(useLive.getState());
  if (!running) settleNew(calls);
  const upTo = running ? countThen(performance.now(), calls) : Number.POSITIVE_INFINITY;
  if (useAppeared.getState().upTo !== upTo) useAppeared.setState({ upTo });
  if (upTo < calls) appearing = setTimeout(() => tellNew(calls), APPEARS_MS);
}

/** How many there were before those that appear now. */
function countThen(now: number, calls: number): number {
  // Begun anew with fewer: numbers are others.
  if ((counts.at(-1)?.calls ?? 0) > calls) counts.length = 0;
  counts.push({ at: now, calls });
  while ((counts[1]?.at ?? now) <= now - APPEARS_MS) counts.shift();
  return counts[0]?.calls ?? calls;
}
