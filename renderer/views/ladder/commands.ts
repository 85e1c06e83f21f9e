import type { Command } from '../../app/commands.ts';
import { focusScreen } from '../../app/places.ts';
import { useLadder } from '../../state/ladder.ts';
import { useSettings } from '../../state/settings.ts';
import { useView } from '../../state/view.ts';
import { showTab } from '../message/commands.ts';
import { focusLadder, focusMessage, isInLadder, LADDER_ARROWS } from '../message/places.ts';
import { chosenBand, openChosenBand } from './band-actions.ts';
import { forgetOrder } from './order.ts';
import { toggleMark } from './selection.ts';

function isShown(): boolean {
  return document.querySelector(`#${LADDER_ARROWS}`) !== null;
}

function isPair(): boolean {
  const { selected, marked } = useLadder.getState();
  return isShown() && selected !== null && marked !== null && selected !== marked;
}

/** What can be done with the ladder. Arrow keys, Page Up and Down, Home and End move over its arrows. */
export const ladderCommands: readonly Command[] = [
  {
    id: 'ladder-mark',
    title: 'Mark the arrow, to compare it with another',
    keys: ['Space'],
    group: 'Ladder',
    enabled: () => isInLadder() && useLadder.getState().selected !== null && useLadder.getState().band === null,
    run: toggleMark,
  },
  {
    id: 'ladder-diff',
    title: 'Difference of marked and selected',
    keys: ['d'],
    group: 'Ladder',
    enabled: isPair,
    run: () => showTab('diff'),
  },
  {
    id: 'ladder-hop-diff',
    title: 'What the last hop changed',
    keys: ['d'],
    group: 'Ladder',
    enabled: () => isShown() && useLadder.getState().selected !== null,
    run: () => showTab('diff'),
  },
  {
    id: 'ladder-stream',
    title: 'To the RTP stream of the band',
    keys: ['Enter'],
    group: 'Ladder',
    enabled: () => isInLadder() && chosenBand() !== null,
    run: openChosenBand,
  },
  {
    id: 'ladder-message',
    title: 'To the message of the arrow',
    keys: ['Enter'],
    group: 'Ladder',
    enabled: isInLadder,
    run: () => void focusMessage(),
  },
  {
    id: 'ladder-leave',
    title: 'Back to the list of calls',
    keys: ['Escape'],
    group: 'Ladder',
    enabled: () => isInLadder() && !useView.getState().ladderOnly,
    run: focusScreen,
  },
  {
    id: 'ladder-focus',
    title: 'To the ladder',
    keys: ['l'],
    group: 'Ladder',
    enabled: isShown,
    run: () => void focusLadder(),
  },
  {
    id: 'ladder-scale',
    title: 'Rows to scale of time, or at the same distance',
    keys: ['t'],
    group: 'Ladder',
    enabled: isShown,
    run: () => useLadder.setState(({ scale }) => ({ scale: scale === 'time' ? 'even' : 'time' })),
  },
  {
    id: 'ladder-sdp',
    title: 'SDP below the arrows, or not',
    keys: ['s'],
    group: 'Ladder',
    enabled: isShown,
    run: () => useLadder.setState(({ sdp }) => ({ sdp: !sdp })),
  },
  {
    id: 'ladder-rtp',
    title: 'RTP streams as bands, or not',
    keys: ['v'],
    group: 'Ladder',
    enabled: isShown,
    run: () => useSettings.setState(({ rtp }) => ({ rtp: !rtp })),
  },
  {
    id: 'ladder-fold',
    title: 'Fold loops, or unfold them',
    keys: [],
    group: 'Ladder',
    enabled: isShown,
    run: () => useLadder.setState(({ fold }) => ({ fold: !fold })),
  },
  {
    id: 'ladder-hosts',
    title: 'Fold lanes into hosts, or unfold them',
    keys: ['h'],
    group: 'Ladder',
    enabled: isShown,
    run: () => useLadder.setState(({ lanes }) => ({ lanes: lanes === 'host' ? 'auto' : 'host' })),
  },
  {
    id: 'ladder-order',
    title: 'Lanes in the order as found',
    keys: [],
    group: 'Ladder',
    enabled: () => useLadder.getState().order.length > 0,
    run: forgetOrder,
  },
];
