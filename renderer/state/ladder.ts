import { create } from 'zustand';
import type { LadderQuery } from '../../core/contract/api.ts';
import type { LegChoices } from '../../core/contract/legs.ts';
import type { LadderHost } from '../../core/contract/ladder.ts';
import { useCapture } from './capture.ts';
import { legChoices } from './legs.ts';
import { useSettings, type TimeFormat } from './settings.ts';

/** How the ladder is drawn, and which of its arrows are meant. */
export interface LadderState {
  readonly lanes: NonNullable<LadderQuery['lanes']>;
  readonly scale: NonNullable<LadderQuery['scale']>;
  readonly fold: boolean;
  readonly sdp: boolean;
  /** Also the other legs of the calls, across a B2BUA or SBC. */
  readonly legs: boolean;
  /** Of several calls: the list of them above the drawing is open. */
  readonly listed: boolean;
  /** Keys of lanes from left to right, as dragged; [] for their own order. Of this capture only. */
  readonly order: readonly string[];
  /** Row of the message that the pane beside shows. */
  readonly selected: number | null;
  /** Key of the band of media that is chosen; null where an arrow is. */
  readonly band: string | null;
  /** Row of the other one of a pair: time between and difference. */
  readonly marked: number | null;
}

export const useLadder = create<LadderState>()(() => ({
  lanes: 'auto',
  scale: 'even',
  fold: false,
  sdp: true,
  legs: false,
  listed: true,
  order: [],
  selected: null,
  band: null,
  marked: null,
}));

/**
 * The question for the ladder of `calls` as the user wants to see it: the screen asks it, and exports ask the very same.
 * In a component, use `useLadder` and `useSettings` to be told of changes.
 */
export function ladderQuery(
  calls: readonly number[],
  {
    lanes,
    scale,
    fold,
    sdp,
    order,
    legs,
  }: Pick<LadderState, 'lanes' | 'scale' | 'fold' | 'sdp' | 'order' | 'legs'> = useLadder.getState(),
  hosts: readonly LadderHost[] = useSettings.getState().hosts,
  times: LadderTimes = ladderTimes(useSettings.getState().times, useCapture.getState().progress?.start ?? null),
  rtp: boolean = useSettings.getState().rtp,
  choices: LegChoices = legChoices(),
): LadderQuery {
  const together = legs ? { withLegs: true, legs: choices } : {};
  return { calls, lanes, scale, fold, sdp, hosts, order, rtp, ...times, ...together };
}

type LadderTimes = Pick<LadderQuery, 'times' | 'utcOffset'>;

/**
 * The ladder's times as the settings want times to be: of day, where the list shows that; else since the first message.
 * `start` is when the capture began (epoch seconds as text): what the clocks here were ahead of UTC then, they are for all of it.
 */
export function ladderTimes(times: TimeFormat, start: string | null): LadderTimes {
  if (times === 'relative' || times === 'epoch') return { times: 'relative' };
  const here = -new Date(Number(start ?? 0) * 1000).getTimezoneOffset();
  return { times: 'clock', utcOffset: times === 'utc' || Number.isNaN(here) ? 0 : Math.round(here) };
}
