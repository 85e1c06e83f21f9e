import { create } from 'zustand';

/** What is being listened to, and where it is: the ladder and the charts draw a line there. */
export interface ListeningState {
  /** Numbers of the streams (`StreamRow.id`) that are played, and of their call; empty and null when nothing is. */
  readonly streams: readonly number[];
  readonly call: number | null;
  readonly playing: boolean;
  /** Seconds since 1970 of what is heard now; null while nothing is loaded. */
  readonly at: number | null;
}

export const useListening = create<ListeningState>(() => ({ streams: [], call: null, playing: false, at: null }));
