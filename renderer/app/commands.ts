import { shell } from '../shell/index.ts';
import { meantCalls, useCalls } from '../state/calls.ts';
import { useCapture } from '../state/capture.ts';
import { useMedia } from '../state/media.ts';
import { useView, type ScreenName } from '../state/view.ts';
import { exportCommands } from './export/commands.ts';
import { applyFilter } from './filter/filter-state.ts';
import { hasProblem, withoutProblem, withProblem } from './filter/problem-filter.ts';
import { closeCapture, open } from './opening.ts';
import { focusFilter, focusScreen } from './places.ts';
import { switchTheme } from './theme.ts';

/** Something the user can do. Menu, keys, palette and help sheet show the same list. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** As `KeyboardEvent.key` with modifiers in front: `F2`, `/`, `Mod+K` (Ctrl, on a Mac Cmd), `Shift+ArrowUp`. The first is shown. */
  readonly keys: readonly string[];
  readonly group: 'Capture' | 'Calls' | 'Ladder' | 'Message' | 'Media' | 'Window';
  /** Whether it makes sense now. */
  readonly enabled: () => boolean;
  readonly run: () => void;
}

const always = (): boolean => true;

/** Whether there are rows on the screen, or will be. */
export function hasCapture(): boolean {
  const { client, phase } = useCapture.getState();
  return client !== null && phase !== 'failed';
}

function show(screen: ScreenName): () => void {
  return () => {
    useView.setState({ screen });
    // Once it is there.
    requestAnimationFrame(focusScreen);
  };
}

/** What works everywhere. Commands of one screen are listed beside it (views/…/commands.ts) and joined in `all-commands`. */
export const commands: readonly Command[] = [
  {
    id: 'open',
    title: 'Open a capture…',
    keys: ['Mod+O'],
    group: 'Capture',
    enabled: always,
    run: () => open({ kind: 'dialog' }),
  },
  {
    id: 'open-sample',
    title: 'Open the sample capture',
    keys: [],
    group: 'Capture',
    enabled: always,
    run: () => open({ kind: 'sample' }),
  },
  {
    id: 'reopen',
    title: 'Open this capture again',
    keys: ['Mod+Shift+R'],
    group: 'Capture',
    enabled: () => useCapture.getState().names.length > 0,
    run: () => open({ kind: 'again' }),
  },
  {
    id: 'close-capture',
    title: 'Close the capture',
    keys: [],
    group: 'Capture',
    enabled: () => useCapture.getState().names.length > 0,
    run: closeCapture,
  },
  ...exportCommands,
  {
    id: 'find',
    title: 'Filter the calls',
    keys: ['/', 'F3', 'F7', 'Mod+F'],
    group: 'Calls',
    enabled: hasCapture,
    run: () => {
      if (useView.getState().ladderOnly) useView.setState({ ladderOnly: false });
      focusFilter();
    },
  },
  {
    id: 'clear',
    title: 'Show all calls: no filter, no method, no ticks',
    keys: ['F5'],
    group: 'Calls',
    enabled: hasCapture,
    run: () => {
      useCalls.setState({ method: null, ticked: [] });
      // Also what stands in the field and is no filter.
      void applyFilter('');
    },
  },
  ...[
    { id: 'calls-all', title: 'Show calls of every method', method: null },
    { id: 'calls-invite', title: 'Show calls only (INVITE)', method: 'INVITE' },
    { id: 'calls-register', title: 'Show registrations only (REGISTER)', method: 'REGISTER' },
  ].map(({ id, title, method }): Command => ({
    id,
    title,
    keys: [],
    group: 'Calls',
    enabled: () => hasCapture() && useCalls.getState().method !== method,
    run: () => {
      useView.setState({ screen: 'calls', ladderOnly: false });
      useCalls.setState({ method });
    },
  })),
  {
    id: 'calls-problems',
    title: 'Show problems only, or all again',
    keys: [],
    group: 'Calls',
    enabled: hasCapture,
    run: () => {
      useView.setState({ screen: 'calls', ladderOnly: false });
      const { filter } = useCalls.getState();
      void applyFilter(hasProblem(filter) ? withoutProblem(filter) : withProblem(filter));
    },
  },
  {
    id: 'columns',
    title: 'Choose columns…',
    keys: ['F10'],
    group: 'Calls',
    enabled: hasCapture,
    run: () => {
      // Of the list of streams, where that is in front.
      if (useView.getState().screen === 'media' && useMedia.getState().open === null)
        useView.setState({ dialog: 'columns' });
      else useView.setState({ dialog: 'columns', screen: 'calls', ladderOnly: false });
    },
  },
  {
    id: 'palette',
    title: 'Search all',
    keys: ['Mod+K'],
    group: 'Window',
    enabled: always,
    run: () => useView.setState({ dialog: 'palette' }),
  },
  {
    id: 'show-calls',
    title: 'Go to Calls',
    keys: ['Alt+1'],
    group: 'Window',
    enabled: hasCapture,
    run: show('calls'),
  },
  {
    id: 'show-media',
    title: 'Go to Media',
    keys: ['Alt+3'],
    group: 'Window',
    enabled: hasCapture,
    run: () => {
      useMedia.setState({ open: null });
      show('media')();
    },
  },
  {
    id: 'show-registrations',
    title: 'Go to Registrations',
    keys: ['Alt+2'],
    group: 'Window',
    enabled: hasCapture,
    run: show('registrations'),
  },
  {
    id: 'show-dispatcher',
    title: 'Go to Dispatcher',
    keys: ['Alt+5'],
    group: 'Window',
    enabled: hasCapture,
    run: show('dispatcher'),
  },
  {
    id: 'show-statistics',
    title: 'Go to Statistics',
    keys: ['Alt+9'],
    group: 'Window',
    enabled: hasCapture,
    run: show('statistics'),
  },
  {
    id: 'back',
    title: 'Back to the list of calls',
    keys: ['Escape'],
    group: 'Window',
    enabled: () => useView.getState().ladderOnly || useView.getState().screen !== 'calls',
    run: () => {
      useView.setState({ screen: 'calls', ladderOnly: false });
      requestAnimationFrame(focusScreen);
    },
  },
  {
    id: 'settings',
    title: 'Settings…',
    keys: ['F8', 'Mod+,'],
    group: 'Window',
    enabled: always,
    run: () => useView.setState({ dialog: 'settings' }),
  },
  {
    id: 'theme',
    title: 'Switch between light and dark',
    keys: ['Mod+Shift+L'],
    group: 'Window',
    enabled: always,
    run: switchTheme,
  },
  {
    id: 'help',
    title: 'Keys and help',
    keys: ['F1', '?'],
    group: 'Window',
    enabled: always,
    run: () => useView.setState({ dialog: 'help' }),
  },
];

/** The calls that an export or a ladder is about now. */
export function meantNow(): readonly number[] {
  return meantCalls(useCalls.getState());
}

/** Whether the page is in a window of its own, where a menu shows the same commands. */
export const onDesktop = shell.kind === 'desktop';
