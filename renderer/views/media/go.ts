import { useCalls } from '../../state/calls.ts';
import { useMedia, type MediaTarget } from '../../state/media.ts';
import { useView } from '../../state/view.ts';
import { goToCall } from '../../app/palette/go.ts';
import { focusScreen } from '../../app/places.ts';
import { focusStreamView } from './places.ts';

/**
 * Shows the stream view of a call's media, or of one stream (`StreamRow.id`) and what belongs to it. Escape goes back to
 * where it was opened: the list of streams, or calls and ladder.
 */
export function openMedia(target: MediaTarget): void {
  const { screen } = useView.getState();
  useMedia.setState(({ open }) => ({
    open: target,
    from: screen === 'media' && open === null ? 'list' : screen === 'media' ? useMedia.getState().from : 'calls',
    section: null,
    ...('stream' in target ? { cursor: target.stream } : { leg: 1 }),
  }));
  useView.setState({ screen: 'media' });
  requestAnimationFrame(focusStreamView);
}

/** To where the stream view was opened. */
export function closeMedia(): void {
  const { from } = useMedia.getState();
  useMedia.setState({ open: null, listening: false });
  if (from === 'calls') useView.setState({ screen: 'calls' });
  requestAnimationFrame(focusScreen);
}

/** The ladder of a call, with the cursor of the list of calls on it. */
export function showLadderOf(call: number): void {
  useCalls.setState({ ticked: [] });
  void goToCall(call).then(() => useView.setState({ ladderOnly: true }));
}
