import type { Command } from '../../app/commands.ts';
import { focusScreen } from '../../app/places.ts';
import { isRunning, pause, stopLive, useLive } from '../../state/live.ts';
import { useView } from '../../state/view.ts';
import { saveLive } from './save-live.ts';

const running = (): boolean => isRunning(useLive.getState());

/** What can be done with live captures, wherever the focus is. */
export const liveCommands: readonly Command[] = [
  {
    id: 'show-live',
    title: 'Capture live',
    keys: ['Alt+8'],
    group: 'Window',
    enabled: () => true,
    run: () => {
      useView.setState({ screen: 'live', ladderOnly: false });
      requestAnimationFrame(focusScreen);
    },
  },
  {
    id: 'live-pause',
    title: 'Pause the view of the live capture, or go on showing',
    keys: ['Mod+Shift+Space'],
    group: 'Capture',
    enabled: running,
    run: () => pause(!useLive.getState().paused),
  },
  {
    id: 'live-follow',
    title: 'Go along with the newest calls',
    keys: [],
    group: 'Calls',
    enabled: () => running() && !useLive.getState().follows,
    run: () => useLive.setState({ follows: true }),
  },
  {
    id: 'live-stop',
    title: 'Stop the live capture',
    keys: ['Mod+E'],
    group: 'Capture',
    enabled: running,
    run: () => void stopLive(),
  },
  {
    id: 'live-save',
    title: 'Save the live capture…',
    keys: [],
    group: 'Capture',
    enabled: () => (useLive.getState().state?.packets ?? 0) > 0,
    run: () => void saveLive(),
  },
];
