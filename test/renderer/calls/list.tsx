import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { join } from 'node:path';
import { vi } from 'vitest';
import { serve } from '../../../core/contract/channel.ts';
import { memoryPair } from '../../../core/contract/pipe.ts';
import { CaptureHost } from '../../../core/host/handlers.ts';
import { useCalls } from '../../../renderer/state/calls.ts';
import { attach, detach } from '../../../renderer/state/capture.ts';
import { settingsAtFirst, useSettings } from '../../../renderer/state/settings.ts';
import { useView } from '../../../renderer/state/view.ts';
import { CallsTable } from '../../../renderer/views/calls/CallsTable.tsx';

/** Pixels of the list that the tests see: 20 rows and the head. */
const HEIGHT = 28 + 20 * 26;

const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures');
let lastId = 0;
let open: CaptureHost | null = null;

/** A list on the screen, of a host that has read a capture, or (`early`) begins to. */
export async function listOf(path = join(fixtures, 'sample-day.pcapng'), early = false): Promise<HTMLElement> {
  await endList();
  // The page has no layout here: the list is told how high it is.
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(HEIGHT);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1200);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(HEIGHT);
  useSettings.setState({ ...settingsAtFirst, times: 'utc' });
  useCalls.setState({
    filter: '',
    method: null,
    sort: { by: 'start', descending: false },
    cursor: null,
    ticked: [],
    total: null,
  });
  useView.setState({ screen: 'calls', ladderOnly: false, dialog: null });
  const [ours, theirs] = memoryPair();
  open = new CaptureHost();
  open.tell(serve(theirs, open.handlers));
  const answering = { signal: new AbortController().signal, chunk: () => Promise.resolve() };
  await open.handlers.open({ inputs: [path] }, answering);
  if (!early) await open.handlers.done({}, answering);
  attach({ id: ++lastId, names: [path], pipe: ours });
  render(<CallsTable />);
  const grid = screen.getByRole('grid', { name: 'Calls' });
  // Nor does anything scroll here, or say that it did.
  let scrolled = 0;
  Object.defineProperty(grid, 'scrollTop', {
    get: () => scrolled,
    set: (top: number) => {
      scrolled = top;
      grid.dispatchEvent(new Event('scroll'));
    },
  });
  if (early) return grid;
  await waitFor(() => {
    if (within(grid).queryAllByRole('gridcell').length === 0) throw new Error('no rows');
  });
  await settled(grid);
  return grid;
}

/** What is shown answers the question of now. */
export async function settled(grid: HTMLElement): Promise<void> {
  await waitFor(() => {
    if (grid.getAttribute('aria-busy') === 'true') throw new Error('still busy');
    if (within(grid).queryAllByRole('gridcell', { name: 'loading' }).length > 0) throw new Error('rows are missing');
  });
}

export async function endList(): Promise<void> {
  cleanup();
  detach();
  await open?.close();
  open = null;
  vi.restoreAllMocks();
}

/** Rows of calls that are there, from the top. */
export function rowsOf(grid: HTMLElement): HTMLElement[] {
  return within(grid)
    .getAllByRole('row')
    .filter((row) => row.dataset.at !== undefined)
    .sort((a, b) => Number(a.dataset.at) - Number(b.dataset.at));
}

/** Texts of one column, from the top. */
export function columnOf(grid: HTMLElement, title: string): string[] {
  const heads = within(grid).getAllByRole('columnheader');
  const at = heads.findIndex((head) => head.textContent.startsWith(title));
  return rowsOf(grid).map((row) => within(row).getAllByRole('gridcell')[at]?.textContent ?? '');
}

/** The row that the keyboard is on. */
export function cursorRow(grid: HTMLElement): HTMLElement | null {
  return grid.ownerDocument.querySelector(`#${grid.getAttribute('aria-activedescendant') ?? 'none'}`);
}
