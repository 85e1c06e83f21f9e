import type { Command } from '../../app/commands.ts';
import { focusScreen } from '../../app/places.ts';
import { useCapture } from '../../state/capture.ts';
import { useLadder } from '../../state/ladder.ts';
import { notify, useView } from '../../state/view.ts';
import { usePathChoice } from './choice.ts';

function isOpen(): boolean {
  const { client, phase } = useCapture.getState();
  return client !== null && phase !== 'failed';
}

function show(): void {
  useView.setState({ screen: 'paths', ladderOnly: false });
  requestAnimationFrame(focusScreen);
}

/** To the way that the message under the ladder's cursor took. */
async function showPathOf(row: number): Promise<void> {
  const found = await useCapture.getState().client?.ask('pathOf', { row });
  if (found === null || found === undefined) {
    notify('This message was seen on one hop only: it has no path.', true);
    return;
  }
  usePathChoice.setState({ which: 'all', ofCalls: true, path: found.path, hop: found.hop, of: null });
  show();
}

/** The way between this screen and others. */
export const pathCommands: readonly Command[] = [
  { id: 'show-paths', title: 'Go to Paths', keys: ['Alt+4'], group: 'Window', enabled: isOpen, run: show },
  {
    id: 'path-of-message',
    title: 'The path of this message',
    keys: ['p'],
    group: 'Ladder',
    enabled: () => useView.getState().screen === 'calls' && useLadder.getState().selected !== null,
    run: () => {
      const { selected } = useLadder.getState();
      if (selected !== null) void showPathOf(selected);
    },
  },
];
