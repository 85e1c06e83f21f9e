// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { useCalls } from '../../../renderer/state/calls.ts';
import { useListening } from '../../../renderer/state/listening.ts';
import { useMedia } from '../../../renderer/state/media.ts';
import { useView } from '../../../renderer/state/view.ts';
import { openMedia } from '../../../renderer/views/media/go.ts';
import { MediaScreen } from '../../../renderer/views/media/MediaScreen.tsx';
import { clientOfPage, forgetPage, openOnPage } from '../capture-page.ts';
import { surroundings } from '../test-shell.ts';

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));

/** List and stream view on a real host. */
let close: () => Promise<void>;
beforeAll(async () => {
  close = await openOnPage('sample-day.pcapng');
});
beforeEach(() => {
  forgetPage();
  useCalls.setState(useCalls.getInitialState(), true);
  useMedia.setState(useMedia.getInitialState(), true);
  useView.setState({ screen: 'media' });
  // The page has no layout here: the list is told how high it is.
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(28 + 20 * 26);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1200);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(28 + 20 * 26);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});
afterAll(() => close());

async function listed(rows = 17): Promise<HTMLElement> {
  const grid = await screen.findByRole('grid', { name: 'RTP streams' });
  await waitFor(() => {
    expect(grid.getAttribute('aria-busy')).toBe('false');
    expect(grid.getAttribute('aria-rowcount')).toBe(String(rows));
  });
  return grid;
}

function lines(grid: HTMLElement): string[] {
  return within(grid)
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);
}

test('the streams of all calls, with what their packet time comes to in words', async () => {
  render(<MediaScreen />);
  const grid = await listed();
  expect(lines(grid)).toHaveLength(16);
  expect(lines(grid)[0]).toMatch(/anna → ben.*PCMA.*218.*agrees/u);
  expect(lines(grid).filter((text) => text.includes('changes'))).toHaveLength(2);
});

test('a head sorts in the host, the most first; the stream under the cursor stays under it', async () => {
  render(<MediaScreen />);
  const grid = await listed();
  fireEvent.keyDown(grid, { key: 'End' });
  const { cursor } = useMedia.getState();
  fireEvent.click(within(grid).getByRole('button', { name: /^Packet time/u }));
  await waitFor(() => expect(lines(grid)[0]).toContain('changes'));
  expect(
    within(grid)
      .getByRole('columnheader', { name: /^Packet time/u })
      .getAttribute('aria-sort'),
  ).toBe('descending');
  expect(useMedia.getState().cursor).toBe(cursor);
});

test('the filter in force chooses; one that no stream matches says so, and is taken away', async () => {
  useCalls.setState({ filter: 'from:elena' });
  render(<MediaScreen />);
  await listed(5);
  useCalls.setState({ filter: 'method:REGISTER' });
  await screen.findByText('No stream belongs to a call that matches.');
  fireEvent.click(screen.getByRole('button', { name: 'Show all streams' }));
  await listed();
});

test('arrows move, Enter opens the stream view, whose cards say what was asked for and what came', async () => {
  render(<MediaScreen />);
  const grid = await listed();
  grid.focus();
  fireEvent.keyDown(grid, { key: 'End' });
  fireEvent.keyDown(grid, { key: 'ArrowUp' });
  fireEvent.keyDown(grid, { key: 'ArrowDown' });
  fireEvent.keyDown(grid, { key: 'Enter' });
  const good = await screen.findByRole('region', { name: /caller to callee: agrees$/u });
  expect(within(good).getByText('20 ms, all four')).toBeTruthy();
  const bad = screen.getByRole('region', { name: /callee to caller: changes$/u });
  expect(bad.textContent).toContain('changes at 00:03.5');
  expect(bad.textContent).toMatch(/Asked for by the caller20 ms a=ptime · at most 20 ms/u);
  expect(bad.textContent).toMatch(/RTP timestamp step≠ 20 → 40 ms/u);
  expect(screen.getByRole('region', { name: 'What to change' }).textContent).toContain('should');
  await screen.findByRole('table', { name: 'Offers and answers' });
});

test('leg beside leg, and the charts as a table', async () => {
  const user = userEvent.setup();
  const { rows } = await clientOfPage().ask('streams', { from: 0, count: 100 });
  openMedia({ call: rows.at(-1)?.call ?? 0 });
  render(<MediaScreen />);
  await user.click(await screen.findByRole('radio', { name: 'Leg A | Leg B' }));
  await user.click(screen.getByRole('radio', { name: 'To caller' }));
  expect(screen.getAllByRole('region', { name: /callee to caller: changes$/u })).toHaveLength(2);
  await user.click(screen.getByRole('radio', { name: 'Table' }));
  const table = await screen.findByRole('table', { name: 'Over time' });
  await waitFor(() => expect(within(table).getAllByRole('row').length).toBeGreaterThan(20));
});

test('the cursor tells all values at a moment, and a line stands where it is listened to', async () => {
  const { rows } = await clientOfPage().ask('streams', { from: 0, count: 100 });
  const [stream] = rows;
  openMedia({ stream: stream?.id ?? 0 });
  const { container } = render(<MediaScreen />);
  const cursor = await screen.findByRole('slider', { name: 'Moment in the charts' });
  expect(cursor.getAttribute('aria-valuetext')).toBe('none');
  fireEvent.keyDown(cursor, { key: 'End' });
  for (let step = 0; step < 20; step++) fireEvent.keyDown(cursor, { key: 'ArrowLeft' });
  await waitFor(() =>
    expect(cursor.getAttribute('aria-valuetext')).toMatch(
      /^00:03\.\d+\. .*callee: Arrival spacing 2\d(\.\d)? ms, Jitter/u,
    ),
  );
  const before = container.querySelectorAll('[class*="playing"]').length;
  useListening.setState({ at: Number(stream?.start) + 1 });
  await waitFor(() => expect(container.querySelectorAll('[class*="playing"]')).toHaveLength(before + 1));
  useListening.setState({ at: null });
});

test('a call without RTP says so; Escape’s command goes back to the calls', async () => {
  useView.setState({ screen: 'calls' });
  openMedia({ call: 1 });
  render(<MediaScreen />);
  await screen.findByText('There is no RTP of this call in the capture.');
  fireEvent.click(screen.getByRole('button', { name: 'Back' }));
  expect(useView.getState().screen).toBe('calls');
});

test('the sentence is copied with the stream that it is about', async () => {
  const { rows } = await clientOfPage().ask('streams', { from: 0, count: 100 });
  openMedia({ call: rows.at(-1)?.call ?? 0 });
  render(<MediaScreen />);
  fireEvent.click(await screen.findByRole('button', { name: 'Copy what is said of the packet time' }));
  await waitFor(() => expect(surroundings.texts.at(-1)).toMatch(/PCMA, 0x2735230f, Call-ID .*: changes\./u));
});
