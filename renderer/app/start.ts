import { shell } from '../shell/index.ts';
import { forgetCalls } from '../state/calls.ts';
import { attach, gone, useCapture } from '../state/capture.ts';
import { useLadder } from '../state/ladder.ts';
import { followRereads } from '../state/rereads.ts';
import { forgetSecurity } from '../state/security.ts';
import { followSettings, useSettings } from '../state/settings.ts';
import { runDesktopCommand } from './desktop-commands.ts';
import { tellProblem } from './opening.ts';
import { listenToKeys } from './shortcuts.ts';
import { followTheme } from './theme.ts';

/** Ties the surroundings to the stores. Once for each page. */
export function start(): void {
  followTheme();
  followSettings();
  listenToKeys();
  shell.onCapture((capture) => {
    forgetCalls();
    forgetSecurity();
    useLadder.setState({ order: [], selected: null, band: null, marked: null });
    attach(capture);
  });
  followRereads();
  shell.onGone(({ id, text }) => gone(id, text));
  shell.onProblem((text) => {
    useCapture.setState({ awaited: false });
    tellProblem(text);
  });
  shell.onCommand(runDesktopCommand);
  useSettings.subscribe(({ ports }, before) => {
    if (ports !== before.ports) shell.use({ ports });
  });
  useCapture.subscribe(({ names }, before) => {
    if (names === before.names) return;
    document.title = names.length === 0 ? 'Sipglass' : `${names.join(', ')} – Sipglass`;
  });
  shell.ready({ ports: useSettings.getState().ports });
}
