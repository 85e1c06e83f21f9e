// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { connect } from '../../../core/contract/channel.ts';
import type { MessageRow } from '../../../core/contract/model.ts';
import { memoryPair } from '../../../core/contract/pipe.ts';
import type { Shell } from '../../../renderer/shell/shell.ts';
import { useCalls } from '../../../renderer/state/calls.ts';
import { useCapture } from '../../../renderer/state/capture.ts';
import { useLadder } from '../../../renderer/state/ladder.ts';
import { useSettings } from '../../../renderer/state/settings.ts';
import { useView } from '../../../renderer/state/view.ts';
import { pick } from '../../../renderer/views/ladder/arrow-actions.ts';
import { ladderCommands } from '../../../renderer/views/ladder/commands.ts';
import { LadderPane } from '../../../renderer/views/ladder/LadderPane.tsx';
import { forgetPage, openOnPage, rowsWhere } from '../capture-page.ts';

vi.mock(import('../../../renderer/shell/index.ts'), () => ({ shell: { kind: 'browser' } as unknown as Shell }));

let close: () => Promise<void>;
let rows: readonly MessageRow[] = [];
beforeAll(async () => {
  close = await openOnPage('sample-day.pcapng');
  rows = await rowsWhere();
});
beforeEach(() => {
  forgetPage();
  // Of bands there is more in bands.test.tsx.
  useSettings.setState({ rtp: false });
  // Nothing is laid out here: the room for rows is told by hand.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(900);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});
afterAll(() => close());

async function draw(...calls: number[]): Promise<HTMLElement> {
  useCalls.setState(calls.length === 1 ? { cursor: calls[0] ?? null } : { ticked: calls });
  render(<LadderPane />);
  const list = await screen.findByRole('listbox');
  await waitFor(() => {
    expect(list.querySelectorAll('[role="option"]').length).toBeGreaterThan(0);
  });
  return list;
}

function words(list: HTMLElement): string[] {
  return [...list.querySelectorAll('[role="option"]')].map((option) => option.getAttribute('aria-label') ?? '');
}

function lanes(): string[] {
  return [...document.querySelectorAll('[data-lane]')].map(
    (lane) => lane.getAttribute('aria-label')?.split(',')[0] ?? '',
  );
}

function run(id: string): void {
  const command = ladderCommands.find((one) => one.id === id);
  if (command?.enabled() !== true) throw new Error(`“${id}” makes no sense now`);
  command.run();
}

test('no call chosen: says what to do', () => {
  render(<LadderPane />);
  expect(screen.getByText('No call is chosen.')).toBeTruthy();
});

test('an arrow for each message of the call, named in words; the bar says what became of it', async () => {
  const list = await draw(34);
  const messages = rows.filter(({ call }) => call === 34);
  expect(words(list)).toHaveLength(messages.length);
  for (const [at, { frame }] of messages.entries()) expect(words(list)[at]).toContain(`frame ${frame}`);
  expect(words(list)[0]).toContain('INVITE (CSeq 691 INVITE) from 10.0.10.21:5060 to 10.0.20.10:5060');
  expect(list.getAttribute('aria-label')).toContain('Ladder diagram of 16 messages');
  expect(screen.getByRole('heading').textContent).toContain('Anna Berg');
  expect(screen.getByText('Completed')).toBeTruthy();
});

test('a ladder begins with the arrow that shows what went wrong, else with the first', async () => {
  await draw(49);
  await waitFor(() => {
    expect(rows[useLadder.getState().selected ?? -1]?.frame).toBe(1501);
  });
  useCalls.setState({ cursor: 34 });
  await waitFor(() => {
    expect(useLadder.getState().selected).toBe(rows.find(({ call }) => call === 34)?.row);
  });
});

test('keys move over the arrows; Space marks one, and the time to it is told', async () => {
  const list = await draw(34);
  const mine = rows.filter(({ call }) => call === 34);
  await waitFor(() => {
    expect(useLadder.getState().selected).toBe(mine[0]?.row);
  });
  list.focus();
  run('ladder-mark');
  expect(useLadder.getState().marked).toBe(mine[0]?.row);
  fireEvent.keyDown(list, { key: 'ArrowDown' });
  fireEvent.keyDown(list, { key: 'ArrowDown' });
  expect(useLadder.getState().selected).toBe(mine[2]?.row);
  const active = list.getAttribute('aria-activedescendant') ?? '';
  expect(document.querySelector(`#${active}`)?.getAttribute('aria-selected')).toBe('true');
  expect(words(list)[0]).toMatch(/, marked$/u);
  await screen.findByText(`Δ #${mine[0]?.frame ?? ''} → #${mine[2]?.frame ?? ''}: 0.001 449 s`);
  run('ladder-diff');
  expect(useView.getState().tab).toBe('diff');
  fireEvent.click(screen.getByRole('button', { name: 'Forget the mark' }));
  expect(useLadder.getState().marked).toBeNull();
});

test('a mark that is not in the next ladder is forgotten', async () => {
  await draw(34);
  useLadder.setState({ marked: rows.find(({ call }) => call === 34)?.row ?? null });
  useCalls.setState({ cursor: 11 });
  await waitFor(() => {
    expect(useLadder.getState().marked).toBeNull();
  });
});

test('lanes are moved with Alt and arrows, and stand as found again', async () => {
  await draw(34);
  const found = lanes();
  expect(found).toHaveLength(4);
  const last = screen.getByRole('button', { name: /lane 4 of 4/u });
  fireEvent.keyDown(last, { key: 'ArrowLeft', altKey: true });
  await waitFor(() => {
    expect(lanes()).toEqual([found[0], found[1], found[3], found[2]]);
  });
  run('ladder-order');
  await waitFor(() => {
    expect(lanes()).toEqual(found);
  });
});

test('a lane is renamed by double-click, and named again in every ladder', async () => {
  await draw(34);
  fireEvent.doubleClick(screen.getByRole('button', { name: /^10\.0\.20\.10, proxy/u }));
  fireEvent.change(await screen.findByRole('textbox', { name: 'Name' }), { target: { value: ' px ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Rename' }));
  await waitFor(() => {
    expect(lanes()).toContain('px');
  });
  expect(useSettings.getState().hosts).toEqual([
    { name: 'px', role: null, ends: [{ address: '10.0.20.10', port: null }] },
  ]);
  useCalls.setState({ cursor: 11 });
  await waitFor(() => {
    expect(lanes()).toEqual(['10.0.10.21', 'px', '10.0.10.22']);
  });
});

test('two lanes are folded into one and unfolded again from the lane’s menu', async () => {
  await draw(34);
  const found = lanes();
  fireEvent.contextMenu(screen.getByRole('button', { name: /lane 3 of 4/u }));
  fireEvent.click(await screen.findByRole('menuitem', { name: /to the right$/u }));
  await waitFor(() => {
    expect(lanes()).toEqual([found[0], found[1], found[2]]);
  });
  expect(useSettings.getState().hosts[0]?.ends).toHaveLength(2);
  fireEvent.contextMenu(screen.getByRole('button', { name: /lane 3 of 3/u }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Unfold, and forget the name' }));
  await waitFor(() => {
    expect(lanes()).toEqual(found);
  });
});

test('what is drawn follows the switches of the bar', async () => {
  const drawn = (): string =>
    [...screen.getByRole('listbox').querySelectorAll('text')].map(({ textContent }) => textContent).join(' ');
  await draw(34);
  expect(drawn()).toContain('PCMU');
  fireEvent.click(screen.getByRole('button', { name: 'SDP' }));
  await waitFor(() => {
    expect(drawn()).not.toContain('PCMU');
  });
  fireEvent.click(screen.getByRole('radio', { name: 'To scale' }));
  await waitFor(() => {
    expect(words(screen.getByRole('listbox')).some((text) => text.endsWith(' later'))).toBe(true);
  });
});

test('of a long ladder only the rows that can be seen are there', async () => {
  const all = [...new Set(rows.map(({ call }) => call ?? 0))];
  expect(all.length).toBeLessThan(200);
  const list = await draw(...all);
  expect(list.querySelectorAll('[role="option"]').length).toBeLessThan(60);
  expect(list.querySelector('[role="option"]')?.getAttribute('aria-setsize')).toMatch(/^\d{3,}$/u);
});

test('more calls than can be read are only drawn when the user says so', async () => {
  useCalls.setState({ ticked: Array.from({ length: 201 }, (_, at) => (at % 60) + 1) });
  render(<LadderPane />);
  expect(await screen.findByText(/^A ladder of 201 calls/u)).toBeTruthy();
  expect(screen.queryByRole('listbox')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Draw it anyway' }));
  expect(await screen.findByRole('listbox')).toBeTruthy();
});

test('what a lane is, can be chosen, and the evidence for hosts is told', async () => {
  await draw(34);
  fireEvent.click(screen.getByRole('button', { name: 'Lanes: Automatic' }));
  const card = await screen.findByRole('dialog', { name: 'Lanes' });
  expect(within(card).getAllByRole('radio')).toHaveLength(4);
  expect(await within(card).findByText('In these calls, nothing shows that two ends are one host.')).toBeTruthy();
  fireEvent.click(within(card).getByRole('radio', { name: /^Each address and port/u }));
  await waitFor(() => {
    expect(lanes()).toContain('10.0.20.10:5060');
  });
});

test('while the capture is being read, the ladder says that it will come', async () => {
  const { id, client } = useCapture.getState();
  const [ours] = memoryPair();
  useCapture.setState({ id: id + 1, client: connect(ours), phase: 'reading' });
  useCalls.setState({ cursor: 1 });
  render(<LadderPane />);
  expect(screen.getByText('Reading the capture …')).toBeTruthy();
  useCapture.setState({ id, client, phase: 'ready' });
  expect(await screen.findByRole('listbox')).toBeTruthy();
});

test('a call that is not there: one sentence', async () => {
  useCalls.setState({ cursor: 999_999 });
  render(<LadderPane />);
  const alert = await screen.findByRole('alert');
  expect(within(alert).getByText(/999999/u).textContent).not.toContain('\n');
});

test('with Ctrl or Shift, a click makes a pair with the arrow that was selected', async () => {
  const list = await draw(34);
  const mine = rows.filter(({ call }) => call === 34);
  await waitFor(() => {
    expect(useLadder.getState().selected).toBe(mine[0]?.row);
  });
  pick(mine[2]?.row ?? -1, true);
  expect(useLadder.getState()).toMatchObject({ marked: mine[0]?.row, selected: mine[2]?.row });
  // The mark stays where it is, until the marked one itself is clicked.
  pick(mine[3]?.row ?? -1, true);
  expect(useLadder.getState()).toMatchObject({ marked: mine[0]?.row, selected: mine[3]?.row });
  pick(mine[0]?.row ?? -1, true);
  expect(useLadder.getState()).toMatchObject({ marked: mine[3]?.row, selected: mine[0]?.row });
  pick(mine[1]?.row ?? -1, false);
  expect(useLadder.getState()).toMatchObject({ marked: mine[3]?.row, selected: mine[1]?.row });
  expect(list.isConnected).toBe(true);
});

test('the menu of an arrow marks it and narrows the list to its Call-ID', async () => {
  const list = await draw(34);
  const mine = rows.find(({ call }) => call === 34);
  await waitFor(() => {
    expect(useLadder.getState().selected).toBe(mine?.row);
  });
  fireEvent.contextMenu(list);
  fireEvent.click(await screen.findByRole('menuitem', { name: /Mark for comparing/u }));
  expect(useLadder.getState().marked).toBe(mine?.row);
  fireEvent.contextMenu(list);
  const compare = await screen.findByRole('menuitem', { name: /Compare with the marked/u });
  expect(compare.getAttribute('aria-disabled')).toBe('true');
  fireEvent.click(screen.getByRole('menuitem', { name: 'This Call-ID only' }));
  await waitFor(() => {
    expect(useCalls.getState().filter).toBe(`call-id == "${mine?.callId ?? ''}"`);
  });
});

test('several calls: all are listed with their letters, and the one of the selected arrow stands out', async () => {
  await draw(34, 49, 11);
  const head = screen.getByRole('region', { name: 'Calls of this ladder' });
  expect(
    within(head)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent.slice(0, 1)),
  ).toEqual(['A', 'B', 'C']);
  for (const [call, letter] of [
    [49, 'C'],
    [11, 'A'],
  ] as const) {
    useLadder.setState({ selected: rows.find((row) => row.call === call)?.row ?? null });
    await waitFor(() => {
      expect(head.querySelector('[aria-current]')?.textContent.slice(0, 1)).toBe(letter);
    });
  }
  fireEvent.click(within(head).getByRole('button', { name: 'Calls' }));
  expect(within(head).queryAllByRole('listitem')).toEqual([]);
  expect(head.textContent).toMatch(/^SelectedA/u);
});

test('times of day where the settings want them, seconds where not', async () => {
  useSettings.setState({ times: 'utc' });
  const list = await draw(34);
  expect(words(list)[0]).toMatch(/frame \d+, \d\d:\d\d:\d\d\.\d{3}/u);
  useSettings.setState({ times: 'relative' });
  await waitFor(() => {
    expect(words(list)[0]).toMatch(/frame \d+, 0\.000 s/u);
  });
});

test('folding says that there is nothing to fold', async () => {
  await draw(34);
  expect(screen.queryByText('No loop to fold here')).toBeNull();
  useLadder.setState({ fold: true });
  expect(await screen.findByText('No loop to fold here')).toBeTruthy();
});
