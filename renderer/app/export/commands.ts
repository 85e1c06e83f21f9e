import { meantCalls, useCalls } from '../../state/calls.ts';
import { useCapture } from '../../state/capture.ts';
import type { Command } from '../commands.ts';
import { openExport } from './choice.ts';
import { ladderDocument } from './documents.ts';
import { copy } from './write.ts';

/** All was read, its host is there, and a call is meant. */
function canWriteCalls(): boolean {
  return canWrite() && meantCalls(useCalls.getState()).length > 0;
}

function canWrite(): boolean {
  return useCapture.getState().phase === 'ready';
}

/** Saving and copying. */
export const exportCommands: readonly Command[] = [
  {
    id: 'save-ladder',
    title: 'Save or copy the ladder…',
    keys: ['F2', 'Mod+S'],
    group: 'Capture',
    enabled: canWriteCalls,
    run: () => openExport('ladder'),
  },
  {
    id: 'save-table',
    title: 'Save or copy the list of calls…',
    keys: ['Shift+F2'],
    group: 'Capture',
    enabled: canWrite,
    run: () => openExport('calls'),
  },
  {
    id: 'save-packets',
    title: 'Save the packets of these calls…',
    keys: ['Mod+Shift+S'],
    group: 'Capture',
    enabled: canWriteCalls,
    run: () => openExport('packets'),
  },
  {
    id: 'copy-ladder',
    title: 'Copy the ladder as text',
    keys: ['Mod+Shift+C'],
    group: 'Ladder',
    enabled: canWriteCalls,
    run: () => void copy(ladderDocument('text')),
  },
  {
    id: 'copy-picture',
    title: 'Copy the ladder as a picture',
    keys: [],
    group: 'Ladder',
    enabled: canWriteCalls,
    run: () => void copy(ladderDocument('png')),
  },
  {
    id: 'copy-markdown',
    title: 'Copy the ladder as Markdown',
    keys: [],
    group: 'Ladder',
    enabled: canWriteCalls,
    run: () => void copy(ladderDocument('markdown')),
  },
];
