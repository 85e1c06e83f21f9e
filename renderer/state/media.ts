import { create } from 'zustand';
import type { StreamSort } from '../../core/contract/streams.ts';

/** Which media the stream view is about: all of a call, or one stream and what belongs to it. */
export type MediaTarget = { readonly call: number } | { readonly stream: number };

/** What of the RTP streams is shown. Rows themselves stay in the host. */
export interface MediaState {
  readonly sort: StreamSort;
  /** Number (`StreamRow.id`) of the stream under the cursor of the list; null while there is none. */
  readonly cursor: number | null;
  /** How many streams match, as of the last answer; null while nobody knows. */
  readonly total: number | null;
  /** What the stream view shows; null: the list is in front. */
  readonly open: MediaTarget | null;
  /** Where the stream view was opened from, and Escape goes back to. */
  readonly from: 'list' | 'calls';
  /** What stands beside each other: both directions of a leg, or one direction on two legs. */
  readonly beside: 'directions' | 'legs';
  /** The leg of both directions, or the first of two; from 1. */
  readonly leg: number;
  /** The direction that two legs are compared in. */
  readonly toCallee: boolean;
  /** Media section of the SDP, from 1; null: that of the stream, or the first. */
  readonly section: number | null;
  readonly as: 'chart' | 'table';
  readonly listening: boolean;
}

export const useMedia = create<MediaState>()(() => ({
  sort: { by: 'start', descending: false },
  cursor: null,
  total: null,
  open: null,
  from: 'list',
  beside: 'directions',
  leg: 1,
  toCallee: true,
  section: null,
  as: 'chart',
  listening: false,
}));

/** For another capture: what is meant goes, how it is shown stays. */
export function forgetMedia(): void {
  useMedia.setState({ cursor: null, total: null, open: null, listening: false, section: null });
}
