import { create } from 'zustand';
import type { StreamLine } from '../../../core/contract/streams.ts';

/** The streams that the stream view has beside each other; [] while it is not in front. */
export const useShownStreams = create<{ readonly streams: readonly StreamLine[] }>()(() => ({ streams: [] }));

export function shownStreams(): readonly StreamLine[] {
  return useShownStreams.getState().streams;
}
