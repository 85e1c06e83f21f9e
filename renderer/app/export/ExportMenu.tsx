import { ChevronDown, Download } from 'lucide-react';
import type { JSX } from 'react';
import { meantCalls, useCalls } from '../../state/calls.ts';
import { useCapture } from '../../state/capture.ts';
import { Button } from '../../widgets/Button.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Menu, type MenuEntry } from '../../widgets/Menu.tsx';
import { countOf } from '../words.ts';
import { openExport } from './choice.ts';
import { ladderDocument, packetDocument, tableDocument } from './documents.ts';
import { ladderFormats } from './formats.ts';
import { copy, save } from './write.ts';

/** What is on the screen, to a file or the clipboard. Stands in the bar of the ladder, and of the window for the list of calls. */
export function ExportMenu({ of }: { readonly of: 'ladder' | 'calls' }): JSX.Element {
  const ready = useCapture(({ phase }) => phase === 'ready');
  const ticked = useCalls((state) => state.ticked.length);
  const meant = useCalls((state) => meantCalls(state).length);
  const entries = of === 'ladder' ? ladderEntries(meant) : callEntries(ticked, meant);
  return (
    <Menu
      trigger={
        of === 'ladder' ? (
          <Button disabled={!ready || meant === 0}>
            Export
            <ChevronDown size={14} aria-hidden />
          </Button>
        ) : (
          <IconButton label="Export the list of calls" icon={Download} disabled={!ready} />
        )
      }
      entries={entries}
    />
  );
}

function ladderEntries(meant: number): readonly MenuEntry[] {
  return [
    { kind: 'heading', title: `Ladder of ${countOf(meant, 'call')}` },
    ...ladderFormats.map(({ name, title, about }): MenuEntry => ({
      title: `${title} – ${about}`,
      onSelect: () => void save(ladderDocument(name)),
    })),
    {
      kind: 'more',
      title: 'Copy as',
      entries: ladderFormats
        .filter(({ name, kind }) => name === 'png' || name === 'svg' || kind === 'text')
        .map(({ name, title }) => ({ title, onSelect: () => void copy(ladderDocument(name)) })),
    },
    ...packetEntries(meant),
    { kind: 'line' },
    { title: 'With choices…', shortcut: 'F2', onSelect: () => openExport('ladder') },
  ];
}

function callEntries(ticked: number, meant: number): readonly MenuEntry[] {
  const tables = (which: 'listed' | 'ticked'): MenuEntry[] => [
    { title: 'CSV – for spreadsheets', onSelect: () => void save(tableDocument('csv', which)) },
    { title: 'JSON – for programs', onSelect: () => void save(tableDocument('json', which)) },
    { title: 'Copy as CSV', onSelect: () => void copy(tableDocument('csv', which)) },
  ];
  return [
    { kind: 'heading', title: 'All calls that are listed' },
    ...tables('listed'),
    ...(ticked === 0 ? [] : [{ kind: 'heading', title: countOf(ticked, 'ticked call') } as const, ...tables('ticked')]),
    ...packetEntries(meant),
    { kind: 'line' },
    { title: 'With choices…', shortcut: 'Shift+F2', onSelect: () => openExport('calls') },
  ];
}

function packetEntries(meant: number): readonly MenuEntry[] {
  if (meant === 0) return [];
  return [
    { kind: 'heading', title: `Packets of ${countOf(meant, 'call')}` },
    { title: 'pcapng with media', onSelect: () => void save(packetDocument(true)) },
    { title: 'pcapng, SIP only', onSelect: () => void save(packetDocument(false)) },
  ];
}
