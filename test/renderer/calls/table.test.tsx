// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { useCalls } from '../../../renderer/state/calls.ts';
import { useSettings } from '../../../renderer/state/settings.ts';
import { useView } from '../../../renderer/state/view.ts';
import { placeFor, ROW } from '../../../renderer/views/calls/use-rows.ts';
import { columnOf, cursorRow, endList, listOf, rowsOf, settled } from './list.tsx';

/** The list of calls on a real host: what is on the screen, where the keyboard is, and what keys and clicks do. */
afterEach(endList);

test('the calls of the capture are rows of a grid that knows how many there are', async () => {
  const grid = await listOf();
  expect(grid.getAttribute('aria-rowcount')).toBe('66');
  expect(useCalls.getState().total).toBe(65);
  const [first] = rowsOf(grid);
  expect(first?.getAttribute('aria-rowindex')).toBe('2');
  const cells = within(first as HTMLElement).getAllByRole('gridcell');
  expect(cells.slice(1, 7).map(({ textContent }) => textContent)).toEqual([
    '07:58:12.400000',
    'REGISTER',
    'Registered',
    'anna Anna Berg',
    'anna',
    '10.0.10.21 → 10.0.20.10',
  ]);
  // Only what is on the screen, and a little more, is there.
  expect(rowsOf(grid).length).toBeLessThan(40);
});

test('the cursor is on the first call, and keys move it', async () => {
  const grid = await listOf();
  expect(document.activeElement).toBe(grid);
  const first = useCalls.getState().cursor;
  expect(cursorRow(grid)?.dataset.at).toBe('0');
  fireEvent.keyDown(grid, { key: 'ArrowDown' });
  fireEvent.keyDown(grid, { key: 'ArrowDown' });
  await waitFor(() => expect(cursorRow(grid)?.dataset.at).toBe('2'));
  expect(useCalls.getState().cursor).not.toBe(first);
  fireEvent.keyDown(grid, { key: 'PageDown' });
  await waitFor(() => expect(cursorRow(grid)?.dataset.at).toBe('21'));
  fireEvent.keyDown(grid, { key: 'End' });
  await settled(grid);
  await waitFor(() => expect(useCalls.getState().cursor).toBe(65));
  fireEvent.keyDown(grid, { key: 'ArrowDown' });
  expect(useCalls.getState().cursor).toBe(65);
  fireEvent.keyDown(grid, { key: 'Home' });
  await waitFor(() => expect(useCalls.getState().cursor).toBe(first));
});

test('Space ticks and goes down, Shift and arrows tick on, * takes all ticks away; Enter shows the ladder', async () => {
  const grid = await listOf();
  fireEvent.keyDown(grid, { key: ' ' });
  expect(useCalls.getState()).toMatchObject({ ticked: [1], cursor: 2 });
  fireEvent.keyDown(grid, { key: 'ArrowDown', shiftKey: true });
  fireEvent.keyDown(grid, { key: 'ArrowDown', shiftKey: true });
  expect(useCalls.getState()).toMatchObject({ ticked: [1, 2, 3, 4], cursor: 4 });
  await waitFor(() =>
    expect(
      rowsOf(grid)
        .slice(0, 5)
        .map((row) => row.getAttribute('aria-selected')),
    ).toEqual(['true', 'true', 'true', 'true', 'false']),
  );
  fireEvent.keyDown(grid, { key: '*' });
  expect(useCalls.getState().ticked).toEqual([]);
  fireEvent.keyDown(grid, { key: '*' });
  await waitFor(() => expect(useCalls.getState().ticked).toHaveLength(65));
  fireEvent.keyDown(grid, { key: 'Enter' });
  expect(useView.getState().ladderOnly).toBe(true);
});

test('a click on a head sorts, of counts the most first, another the other way; the call under the cursor stays under it', async () => {
  const grid = await listOf();
  fireEvent.keyDown(grid, { key: 'ArrowDown' });
  const { cursor } = useCalls.getState();
  const head = within(grid).getByRole('columnheader', { name: /^Msgs/u });
  expect(head.getAttribute('aria-sort')).toBe('none');
  fireEvent.click(within(head).getByRole('button'));
  await settled(grid);
  fireEvent.click(within(head).getByRole('button'));
  await settled(grid);
  expect(head.getAttribute('aria-sort')).toBe('ascending');
  // With the mouse, after which keys go on in the list.
  fireEvent.click(within(head).getByRole('button'), { detail: 1 });
  await settled(grid);
  expect(head.getAttribute('aria-sort')).toBe('descending');
  expect(document.activeElement).toBe(grid);
  expect(useCalls.getState().cursor).toBe(cursor);
  await waitFor(() => expect(cursorRow(grid)).not.toBeNull());
  fireEvent.keyDown(grid, { key: 'Home' });
  await settled(grid);
  await waitFor(() => expect(cursorRow(grid)?.dataset.at).toBe('0'));
  const counts = columnOf(grid, 'Msgs').map(Number);
  expect(counts[0]).toBe(31);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
});

test('a filter keeps the cursor on its call where that matches, else on the first that does', async () => {
  const grid = await listOf();
  fireEvent.keyDown(grid, { key: 'ArrowDown' });
  useCalls.setState({ filter: 'call in {2, 5, 7}' });
  await waitFor(() => expect(useCalls.getState().total).toBe(3));
  await settled(grid);
  expect(useCalls.getState().cursor).toBe(2);
  useCalls.setState({ filter: 'state == cancelled' });
  await waitFor(() => expect(columnOf(grid, 'State')).toEqual(columnOf(grid, 'State').map(() => 'Cancelled')));
  await settled(grid);
  expect(columnOf(grid, 'State')).toHaveLength(useCalls.getState().total ?? -1);
  expect(useCalls.getState().cursor).not.toBe(2);
  expect(cursorRow(grid)?.dataset.at).toBe('0');
});

test('where nothing matches there is a way back', async () => {
  const grid = await listOf();
  useCalls.setState({ filter: 'messages > 9999' });
  const button = await screen.findByRole('button', { name: 'Show all calls' });
  expect(screen.getByText('No call matches.')).toBeDefined();
  expect(screen.getByText('messages > 9999')).toBeDefined();
  fireEvent.click(button);
  await waitFor(() => expect(rowsOf(grid).length).toBeGreaterThan(10));
  expect(useCalls.getState().filter).toBe('');
});

test('the menu of a head sorts and hides its column, that of a row does not', async () => {
  const grid = await listOf();
  fireEvent.contextMenu(within(grid).getByRole('columnheader', { name: /^Talk/u }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Largest first' }));
  expect(useCalls.getState().sort).toEqual({ by: 'talk', descending: true });
  await settled(grid);
  fireEvent.contextMenu(within(grid).getByRole('columnheader', { name: /^Talk/u }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Hide Talk' }));
  await waitFor(() => expect(within(grid).queryByRole('columnheader', { name: /^Talk/u })).toBeNull());
  const [row] = rowsOf(grid);
  if (row !== undefined) fireEvent.contextMenu(row);
  expect(await screen.findByRole('menuitem', { name: 'Copy the Call-ID' })).toBeDefined();
  expect(screen.queryByRole('menuitem', { name: 'Largest first' })).toBeNull();
});

test('while nothing matches no call is meant, and the one from before is meant again afterwards', async () => {
  const grid = await listOf();
  fireEvent.keyDown(grid, { key: 'ArrowDown' });
  expect(useCalls.getState().cursor).toBe(2);
  useCalls.setState({ filter: 'messages > 9999' });
  await waitFor(() => expect(useCalls.getState().total).toBe(0));
  expect(useCalls.getState().cursor).toBeNull();
  useCalls.setState({ filter: '' });
  await waitFor(() => expect(useCalls.getState().cursor).toBe(2));
  await waitFor(() => expect(cursorRow(grid)?.dataset.at).toBe('1'));
});

test('a row is brought into sight by as little as it takes, and not at all while the list has no height', () => {
  const seen = 10 * ROW;
  expect(placeFor(3, 0, seen)).toBeNull();
  expect(placeFor(10, 0, seen)).toBe(ROW);
  expect(placeFor(4, 5 * ROW, seen)).toBe(4 * ROW);
  expect(placeFor(50, 0, seen)).toBe(45 * ROW);
  // Collapsed, as it is when it comes back from behind the ladder: nothing could be seen, so nothing is scrolled.
  for (const height of [-28, 0, ROW - 1]) expect(placeFor(3, 46, height)).toBeNull();
});

test('any header is a column, and can be sorted by', async () => {
  const grid = await listOf();
  useView.setState({ dialog: 'columns' });
  fireEvent.change(await screen.findByLabelText('A header of SIP'), { target: { value: 'user-agent' } });
  fireEvent.click(screen.getByRole('button', { name: 'Add' }));
  // Before the strip of life, which is wide: behind it the column would often be beyond the window.
  expect(
    useSettings
      .getState()
      .columns.slice(-2)
      .map(({ name }) => name),
  ).toEqual(['header:user-agent', 'life']);
  expect(screen.getByText('user-agent is shown, before Life.')).toBeDefined();
  useView.setState({ dialog: null });
  await waitFor(() => expect(columnOf(grid, 'user-agent')[0]).toMatch(/Yealink/u));
  useCalls.setState({ sort: { by: 'header:user-agent', descending: false } });
  await settled(grid);
  fireEvent.keyDown(grid, { key: 'Home' });
  await settled(grid);
  await waitFor(() => {
    const agents = columnOf(grid, 'user-agent').slice(0, 20);
    expect(agents).toEqual([...agents].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
  });
});

test('heads are moved and made wider with the keyboard, and that is kept', async () => {
  const grid = await listOf();
  const button = within(within(grid).getByRole('columnheader', { name: /^State/u })).getByRole('button');
  fireEvent.keyDown(button, { key: 'ArrowRight', altKey: true });
  expect(
    useSettings
      .getState()
      .columns.map(({ name }) => name)
      .slice(1, 4),
  ).toEqual(['method', 'from', 'state']);
  const moved = within(within(grid).getByRole('columnheader', { name: /^State/u })).getByRole('button');
  fireEvent.keyDown(moved, { key: 'ArrowLeft', altKey: true });
  expect(
    useSettings
      .getState()
      .columns.map(({ name }) => name)
      .slice(1, 4),
  ).toEqual(['method', 'state', 'from']);
  fireEvent.keyDown(button, { key: 'ArrowRight', shiftKey: true });
  expect(useSettings.getState().columns[2]).toEqual({ name: 'state', width: 1200 });
});

test('the menu of a row is about that row', async () => {
  const grid = await listOf();
  const row = rowsOf(grid).find(({ textContent }) => textContent.includes('clara')) as HTMLElement;
  fireEvent.contextMenu(row);
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Calls from this caller' }));
  expect(useCalls.getState().filter).toBe('from.user == "clara"');
  await waitFor(() => expect(useCalls.getState().total).toBeLessThan(65));
  await settled(grid);
  expect(columnOf(grid, 'From').every((from) => from.startsWith('clara'))).toBe(true);
});

test('text of a hostile capture is shown as text, with nothing in it that acts', async () => {
  const grid = await listOf(join(import.meta.dirname, '..', '..', '..', 'fixtures', 'hostile.pcap'));
  useSettings.setState({ columns: ['from', 'to', 'callId', 'method', 'why'].map((name) => ({ name, width: null })) });
  await settled(grid);
  const cells = rowsOf(grid).flatMap((row) => within(row).getAllByRole('gridcell'));
  expect(cells.length).toBeGreaterThan(5);
  const shown = cells.map(({ textContent, title }) => `${textContent} ${title.replaceAll('\n', ' ')}`).join(' ');
  expect(shown).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069\u200B-\u200F]/u);
  expect(grid.querySelectorAll('script, img, iframe, style')).toHaveLength(0);
});
