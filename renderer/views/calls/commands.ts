import type { Command } from '../../app/commands.ts';
import { shell } from '../../shell/index.ts';
import { useCalls } from '../../state/calls.ts';
import { moveCursor, useCallPages } from '../../state/pages.ts';
import { notify, useView } from '../../state/view.ts';
import { extendTicks, step, tickAll, tickCursor, toEnd, untickAll } from './cursor.ts';
import { cursorRow, narrowings, narrowTo } from './narrow.ts';
import { isInList } from './places.ts';

let pageRows = 20;

/** How far Page Up and Page Down go. */
export function setPageRows(rows: number): void {
  pageRows = Math.max(1, rows - 1);
}

function here(): boolean {
  return isInList() && useCallPages.getState().cursorAt !== null;
}

function isChosen(): boolean {
  const { screen } = useView.getState();
  return screen === 'calls' && cursorRow() !== null;
}

function moving(id: string, title: string, keys: readonly string[], run: () => void): Command {
  return { id, title, keys, group: 'Calls', enabled: here, run };
}

/** Of the call under the cursor, to the clipboard. */
export async function copyCallId(): Promise<void> {
  const row = cursorRow();
  if (row === null) return;
  try {
    await shell.copyText(row.callId);
    notify('The Call-ID is in the clipboard.');
  } catch (error) {
    notify(error instanceof Error ? error.message : String(error), true);
  }
}

/** What can be done with the list of calls. Keys that move in it act while it has the focus. */
export const callsCommands: readonly Command[] = [
  {
    id: 'calls-open',
    title: 'Ladder of the ticked calls, or of this one',
    keys: ['Enter'],
    group: 'Calls',
    enabled: here,
    run: () => useView.setState({ ladderOnly: true }),
  },
  moving('calls-tick', 'Tick, and one down', ['Space', 'Insert'], () => {
    tickCursor();
    step(1);
  }),
  moving('calls-tick-down', 'Tick down', ['Shift+ArrowDown'], () =>
    extendTicks(Math.min((useCallPages.getState().cursorAt ?? 0) + 1, (useCallPages.getState().total ?? 1) - 1)),
  ),
  moving('calls-tick-up', 'Tick up', ['Shift+ArrowUp'], () =>
    extendTicks(Math.max(0, (useCallPages.getState().cursorAt ?? 0) - 1)),
  ),
  moving('calls-tick-all', 'Tick all that match, or none', ['*', 'Mod+A'], () => {
    if (useCalls.getState().ticked.length > 0) untickAll();
    else void tickAll();
  }),
  moving('calls-down', 'Down', ['ArrowDown', 'j'], () => step(1)),
  moving('calls-up', 'Up', ['ArrowUp', 'k'], () => step(-1)),
  moving('calls-page-down', 'A page down', ['PageDown', 'Mod+D'], () => step(pageRows)),
  moving('calls-page-up', 'A page up', ['PageUp', 'Mod+U'], () => step(-pageRows)),
  moving('calls-first', 'To the first', ['Home', 'g'], () => moveCursor(0)),
  moving('calls-last', 'To the last', ['End', 'Shift+G'], toEnd),
  {
    id: 'calls-copy-id',
    title: 'Copy the Call-ID',
    keys: [],
    group: 'Calls',
    enabled: isChosen,
    run: () => void copyCallId(),
  },
  ...narrowings.map(({ id, title, filter }): Command => ({
    id: `calls-only-${id}`,
    title: `Filter: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
    keys: [],
    group: 'Calls',
    enabled: () => isChosen() && filterOf(filter) !== null,
    run: () => {
      const expression = filterOf(filter);
      if (expression !== null) narrowTo(expression);
    },
  })),
];

function filterOf(filter: (typeof narrowings)[number]['filter']): string | null {
  const row = cursorRow();
  return row === null ? null : filter(row);
}
