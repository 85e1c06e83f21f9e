// @vitest-environment happy-dom
import { fireEvent, waitFor } from '@testing-library/react';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { useCalls } from '../../../renderer/state/calls.ts';
import { useCapture } from '../../../renderer/state/capture.ts';
import { rowAt } from '../../../renderer/state/long-list.ts';
import { moveCursor, showRows, useCallPages } from '../../../renderer/state/pages.ts';
import { endList, listOf, rowsOf, settled } from './list.tsx';

/** Only pages around the screen are here, however many calls there are. */
const CALLS = 6000;
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-pages-'));
const path = join(scratch, 'dialogs.pcap');

beforeAll(() => {
  const maker = join(import.meta.dirname, '..', '..', 'bench', 'generate.mjs');
  const { status, stderr } = spawnSync(process.execPath, [maker, 'dialogs', String(CALLS), path]);
  if (status !== 0) throw new Error(String(stderr));
});
afterEach(endList);
afterAll(() => rmSync(scratch, { recursive: true }));

test('pages come as the screen moves, and those far away are forgotten', async () => {
  await listOf(path);
  await waitFor(() => expect(useCallPages.getState().total).toBe(CALLS));
  for (let from = 0; from < CALLS; from += 100) {
    showRows(from, from + 20);
    await waitFor(() => expect(rowAt(useCallPages.getState().pages, from)?.id).toBe(from + 1));
    expect(useCallPages.getState().pages.size).toBeLessThanOrEqual(30);
  }
  expect(rowAt(useCallPages.getState().pages, 0)).toBeUndefined();
});

test('a page that is not on the screen any more is given up', async () => {
  await listOf(path);
  await waitFor(() => expect(useCallPages.getState().total).toBe(CALLS));
  const { client } = useCapture.getState();
  if (client === null) throw new Error('no client');
  const asked: { readonly from: number; readonly signal: AbortSignal }[] = [];
  const ask = client.ask.bind(client);
  vi.spyOn(client, 'ask').mockImplementation((name, params, asking) => {
    if (name === 'calls' && 'from' in params && typeof params.from === 'number' && asking?.signal !== undefined)
      asked.push({ from: params.from, signal: asking.signal });
    return ask(name, params, asking);
  });
  showRows(3050, 3070);
  showRows(5050, 5070);
  expect(asked.map(({ from, signal }) => [from, signal.aborted])).toEqual([
    [3000, true],
    [3100, true],
    [5000, false],
    [5100, false],
  ]);
  await waitFor(() => expect(rowAt(useCallPages.getState().pages, 5050)?.id).toBe(5051));
  expect(rowAt(useCallPages.getState().pages, 3050)).toBeUndefined();
});

test('the rows before stay until those of another order are there, and the cursor goes along', async () => {
  const grid = await listOf(path);
  await waitFor(() => expect(useCallPages.getState().total).toBe(CALLS));
  moveCursor(4321);
  await waitFor(() => expect(useCalls.getState().cursor).toBe(4322));
  await waitFor(() => expect(grid.getAttribute('aria-activedescendant')).toBe('calls-row-4321'));
  await settled(grid);
  const before = rowsOf(grid).map(({ textContent }) => textContent);
  useCalls.setState({ sort: { by: 'callId', descending: false } });
  expect(useCallPages.getState().waiting).toBe(true);
  expect(rowsOf(grid).map(({ textContent }) => textContent)).toEqual(before);
  await settled(grid);
  const { cursorAt, pages } = useCallPages.getState();
  expect(rowAt(pages, cursorAt ?? -1)?.id).toBe(4322);
  expect(useCalls.getState().cursor).toBe(4322);
  await waitFor(() => expect(grid.getAttribute('aria-activedescendant')).toBe(`calls-row-${cursorAt}`));
});

test('the cursor can go where the page has no rows yet', async () => {
  const grid = await listOf(path);
  await waitFor(() => expect(useCallPages.getState().total).toBe(CALLS));
  fireEvent.keyDown(grid, { key: 'End' });
  await waitFor(() => expect(useCalls.getState().cursor).toBe(CALLS));
  useCalls.setState({ cursor: 77 });
  await waitFor(() => expect(useCallPages.getState().cursorAt).toBe(76));
  await waitFor(() => expect(grid.getAttribute('aria-activedescendant')).toBe('calls-row-76'));
});

test('rows come while the capture is read, and at the end all of them are right', async () => {
  const grid = await listOf(path, true);
  await waitFor(() => expect(useCapture.getState().phase).toBe('ready'), { timeout: 20_000 });
  await waitFor(() => expect(useCallPages.getState().total).toBe(CALLS));
  await settled(grid);
  expect(useCalls.getState()).toMatchObject({ total: CALLS, cursor: 1 });
  expect(grid.getAttribute('aria-rowcount')).toBe(String(CALLS + 1));
  expect(rowsOf(grid).some(({ textContent }) => textContent.includes('Calling'))).toBe(false);
});
