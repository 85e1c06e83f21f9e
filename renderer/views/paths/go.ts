import { focusLadder } from '../message/places.ts';
import { useCalls } from '../../state/calls.ts';
import { useLadder } from '../../state/ladder.ts';
import { useView } from '../../state/view.ts';

/** To the ladder of a call, at one of its messages. */
export function toLadder(call: number, row: number): void {
  useCalls.setState({ cursor: call, ticked: [] });
  useLadder.setState({ selected: row });
  useView.setState({ screen: 'calls', ladderOnly: true });
  focusWhenThere(MOST_FRAMES);
}

/** Frames that a ladder may take to be drawn: about two seconds. */
const MOST_FRAMES = 120;

/** The ladder has to be asked for and drawn first. */
function focusWhenThere(left: number): void {
  requestAnimationFrame(() => {
    if (useView.getState().screen === 'calls' && !focusLadder() && left > 0) focusWhenThere(left - 1);
  });
}
