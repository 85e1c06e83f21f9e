import type { Command } from '../../app/commands.ts';
import { openExport } from '../../app/export/choice.ts';
import { useCapture } from '../../state/capture.ts';
import { meantCalls, useCalls } from '../../state/calls.ts';
import { useMedia } from '../../state/media.ts';
import { useView } from '../../state/view.ts';
import { copySentence } from './copy.ts';
import { closeMedia, openMedia, showLadderOf } from './go.ts';
import { listenPanel } from './listen-panel.ts';
import { cursorStream, moveStreamCursor, useStreamPages } from './pages.ts';
import { isInStreams } from './places.ts';
import { shownStreams } from './shown.ts';

let pageRows = 20;

/** How far Page Up and Page Down go. */
export function setStreamPageRows(rows: number): void {
  pageRows = Math.max(1, rows - 1);
}

function inList(): boolean {
  return isInStreams() && useStreamPages.getState().cursorAt !== null;
}

function isMedia(): boolean {
  return useView.getState().screen === 'media';
}

function isStream(): boolean {
  return isMedia() && useMedia.getState().open !== null;
}

function isListed(): boolean {
  return isMedia() && useMedia.getState().open === null;
}

function step(rows: number): void {
  moveStreamCursor((useStreamPages.getState().cursorAt ?? 0) + rows);
}

/** Call of what is in front; null where it has none. */
function callNow(): number | null {
  if (isStream()) return shownStreams().find(({ call }) => call !== null)?.call ?? null;
  return cursorStream()?.call ?? null;
}

/** The call whose media a key in the list of calls or the ladder means. */
function meantCall(): number | null {
  const { cursor, ticked } = useCalls.getState();
  return cursor ?? meantCalls({ ticked, cursor })[0] ?? null;
}

function moving(id: string, title: string, keys: readonly string[], run: () => void): Command {
  return { id, title, keys, group: 'Media', enabled: inList, run };
}

/** What can be done with the list of streams and with the stream view. Keys that move in the list act while it has the focus. */
export const mediaCommands: readonly Command[] = [
  {
    id: 'media-of-call',
    title: 'Media of this call',
    keys: ['m'],
    group: 'Calls',
    enabled: () => useView.getState().screen === 'calls' && meantCall() !== null,
    run: () => {
      const call = meantCall();
      if (call !== null) openMedia({ call });
    },
  },
  {
    id: 'media-open',
    title: 'Packet time and quality of the stream',
    keys: ['Enter'],
    group: 'Media',
    enabled: inList,
    run: () => {
      const { cursor } = useMedia.getState();
      if (cursor !== null) openMedia({ stream: cursor });
    },
  },
  moving('media-down', 'Down', ['ArrowDown', 'j'], () => step(1)),
  moving('media-up', 'Up', ['ArrowUp', 'k'], () => step(-1)),
  moving('media-page-down', 'A page down', ['PageDown', 'Mod+D'], () => step(pageRows)),
  moving('media-page-up', 'A page up', ['PageUp', 'Mod+U'], () => step(-pageRows)),
  moving('media-first', 'To the first', ['Home', 'g'], () => moveStreamCursor(0)),
  moving('media-last', 'To the last', ['End', 'Shift+G'], () =>
    moveStreamCursor((useStreamPages.getState().total ?? 1) - 1),
  ),
  {
    id: 'media-ladder',
    title: 'Ladder of the stream’s call',
    keys: ['l'],
    group: 'Media',
    enabled: () => isMedia() && callNow() !== null,
    run: () => {
      const call = callNow();
      if (call !== null) showLadderOf(call);
    },
  },
  {
    id: 'media-close',
    title: 'Back to where the stream view was opened',
    keys: ['Escape'],
    group: 'Media',
    enabled: isStream,
    run: closeMedia,
  },
  {
    id: 'media-export',
    title: 'Save or copy the list of streams…',
    keys: ['F2', 'Shift+F2', 'Mod+S'],
    group: 'Media',
    enabled: () => isMedia() && useCapture.getState().phase === 'ready',
    run: () => openExport('streams'),
  },
  {
    id: 'media-copy',
    title: 'Copy what is said of the packet time',
    keys: ['y'],
    group: 'Media',
    enabled: () => isStream() || (isListed() && cursorStream() !== null),
    run: () => {
      const row = cursorStream();
      void copySentence(isStream() ? shownStreams() : row === null ? [] : [row]);
    },
  },
  {
    id: 'media-as',
    title: 'Charts, or the same as a table',
    keys: ['t'],
    group: 'Media',
    enabled: isStream,
    run: () => useMedia.setState(({ as }) => ({ as: as === 'chart' ? 'table' : 'chart' })),
  },
  {
    id: 'media-beside',
    title: 'Both directions, or leg beside leg',
    keys: ['b'],
    group: 'Media',
    enabled: () => isStream() && shownStreams().some(({ leg }) => leg !== null),
    run: () => useMedia.setState(({ beside }) => ({ beside: beside === 'directions' ? 'legs' : 'directions' })),
  },
  {
    id: 'media-listen',
    title: 'Listen',
    keys: ['p'],
    group: 'Media',
    enabled: () => isStream() && listenPanel !== null,
    run: () => useMedia.setState(({ listening }) => ({ listening: !listening })),
  },
];
