import { create } from 'zustand';
import type { CallSort } from '../../core/contract/api.ts';

/** What of the calls is shown, and which of them are meant. Rows themselves stay in the host. */
export interface CallsState {
  /** The filter in force; '' for all. */
  readonly filter: string;
  /** Only calls that this method began; null for all. */
  readonly method: string | null;
  readonly sort: CallSort;
  /** Number (`CallRow.id`) of the call under the cursor, null while there is none. */
  readonly cursor: number | null;
  /** Numbers of the calls that are ticked, in the order of ticking. */
  readonly ticked: readonly number[];
  /** How many match, as of the last answer; null while nobody knows. */
  readonly total: number | null;
}

const atFirst: CallsState = {
  filter: '',
  method: null,
  sort: { by: 'start', descending: false },
  cursor: null,
  ticked: [],
  total: null,
};

export const useCalls = create<CallsState>()(() => atFirst);

/** For another capture: what is meant goes, how it is shown stays. */
export function forgetCalls(): void {
  useCalls.setState({ cursor: null, ticked: [], total: null });
}

export function tick(call: number): void {
  useCalls.setState(({ ticked }) => ({
    ticked: ticked.includes(call) ? ticked.filter((one) => one !== call) : [...ticked, call],
  }));
}

/** Calls that a ladder or an export is about: those ticked, else the one under the cursor. */
export function meantCalls({ ticked, cursor }: Pick<CallsState, 'ticked' | 'cursor'>): readonly number[] {
  return ticked.length > 0 ? ticked : cursor === null ? [] : [cursor];
}
