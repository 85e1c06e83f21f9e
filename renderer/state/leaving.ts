import { create } from 'zustand';
import { isRunning, useLive } from './live.ts';

/** What waits for a word of the user, because it would end a live capture that runs; null where nothing does. */
export const useLeaving = create<{ readonly waiting: (() => void) | null }>()(() => ({ waiting: null }));

/** Does it at once, or asks first where a live capture would end with it. */
export function orAsk(then: () => void): void {
  if (isRunning(useLive.getState())) useLeaving.setState({ waiting: then });
  else then();
}
