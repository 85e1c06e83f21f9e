import { create } from 'zustand';
import type { DispatcherQuery } from '../../core/contract/dispatcher.ts';

/** What the dispatcher's screen is asked to show. The list and the thresholds are of this capture only. */
export interface DispatcherState {
  /** Null: learnt from the capture. */
  readonly probingThreshold: number | null;
  readonly inactiveThreshold: number | null;
  readonly goodCodes: readonly number[] | null;
  /** Output of `kamcmd dispatcher.list` that was imported, and when (milliseconds since 1970). */
  readonly list: { readonly text: string; readonly at: number } | null;
  /** Destination under the cursor (`keyOf`), null for the first. */
  readonly selected: string | null;
  /** The moment that is told of, as part of the capture (0 to 1). */
  readonly moment: number;
  /** What part of the capture is shown: 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly dialog: 'thresholds' | 'import' | null;
}

const atFirst: DispatcherState = {
  probingThreshold: null,
  inactiveThreshold: null,
  goodCodes: null,
  list: null,
  selected: null,
  moment: 1,
  from: 0,
  to: 1,
  dialog: null,
};

export const useDispatcher = create<DispatcherState>()(() => atFirst);

/** For another capture. */
export function forgetDispatcher(): void {
  useDispatcher.setState(atFirst);
}

/** The question for what is set. */
export function dispatcherQuery({
  probingThreshold,
  inactiveThreshold,
  goodCodes,
  list,
}: Pick<DispatcherState, 'probingThreshold' | 'inactiveThreshold' | 'goodCodes' | 'list'>): DispatcherQuery {
  return {
    ...(probingThreshold === null ? {} : { probingThreshold }),
    ...(inactiveThreshold === null ? {} : { inactiveThreshold }),
    ...(goodCodes === null ? {} : { goodCodes }),
    ...(list === null ? {} : { list: list.text }),
  };
}

/** Shortest stretch that is shown, of the capture. */
const SHORTEST = 1 / 2000;

/** Shows more (`factor` above 1) or less of the time around a place (0 to 1 of the capture). */
export function zoom(factor: number, around: number): void {
  useDispatcher.setState(({ from, to }) => {
    const span = Math.min(1, Math.max(SHORTEST, (to - from) * factor));
    const share = (around - from) / (to - from);
    const start = Math.min(1 - span, Math.max(0, around - share * span));
    return { from: start, to: start + span };
  });
}

/** Moves the moment, and what is shown with it where it would leave it. */
export function goToMoment(moment: number): void {
  const next = Math.min(1, Math.max(0, moment));
  useDispatcher.setState(({ from, to }) => {
    const span = to - from;
    if (next >= from && next <= to) return { moment: next };
    const start = Math.min(1 - span, Math.max(0, next < from ? next : next - span));
    return { moment: next, from: start, to: start + span };
  });
}
