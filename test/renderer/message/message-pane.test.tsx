// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { MessageRow } from '../../../core/contract/model.ts';
import type { Shell } from '../../../renderer/shell/shell.ts';
import { useLadder } from '../../../renderer/state/ladder.ts';
import { useView, type MessageTab } from '../../../renderer/state/view.ts';
import { messageCommands } from '../../../renderer/views/message/commands.ts';
import { MessagePane } from '../../../renderer/views/message/MessagePane.tsx';
import { clientOfPage, forgetPage, openOnPage, rowsWhere } from '../capture-page.ts';

const { copyText } = vi.hoisted(() => ({ copyText: vi.fn<(text: string) => Promise<void>>() }));
vi.mock(import('../../../renderer/shell/index.ts'), () => ({
  shell: { kind: 'browser', copyText } as unknown as Shell,
}));

let close: () => Promise<void>;
let rows: readonly MessageRow[] = [];
beforeAll(async () => {
  close = await openOnPage('sample-day.pcapng');
  rows = await rowsWhere();
});
beforeEach(forgetPage);
afterEach(cleanup);
afterAll(() => close());

/** The nth message (from 0) of a call. */
function messageOf(call: number, nth: number): MessageRow {
  const row = rows.filter((one) => one.call === call)[nth];
  if (row === undefined) throw new Error(`call ${call} has no message ${nth}`);
  return row;
}

async function show(row: MessageRow, tab: MessageTab = 'raw'): Promise<HTMLElement> {
  useView.setState({ tab });
  useLadder.setState({ selected: row.row });
  render(<MessagePane />);
  await screen.findByText(`frame ${row.frame}`, { exact: false }, { timeout: 5000 }).catch(() => undefined);
  return screen.findByRole('tabpanel');
}

test('nothing selected: says what to do', () => {
  render(<MessagePane />);
  expect(screen.getByText('No message is selected.')).toBeTruthy();
});

test('the message stands there as on the wire, and is copied so', async () => {
  const row = messageOf(34, 0);
  const panel = await show(row);
  const [message] = await clientOfPage().ask('message', { row: row.row });
  await waitFor(() => {
    expect(panel.textContent).toContain('INVITE sip:+12025550143@example.com SIP/2.0');
  });
  for (const line of message?.raw.trimEnd().split('\r\n') ?? []) expect(panel.textContent).toContain(line);
  fireEvent.click(screen.getByRole('button', { name: 'Copy the message' }));
  await waitFor(() => {
    expect(copyText).toHaveBeenCalledWith(message?.raw);
  });
});

test('decoded: canonical names and the parts of a Via', async () => {
  const panel = await show(messageOf(34, 2), 'decoded');
  const table = within(panel).getByRole('table', { name: 'Headers and their values' });
  const vias = within(table)
    .getAllByRole('row')
    .filter((one) => one.querySelector('th')?.textContent === 'Via');
  expect(vias).toHaveLength(2);
  expect([...(vias[1]?.querySelectorAll('dt') ?? [])].map(({ textContent }) => textContent)).toEqual([
    'transport',
    'sent by',
    'branch',
    'rport',
    'received',
  ]);
});

test('SDP as a table of codecs', async () => {
  const panel = await show(messageOf(34, 0), 'sdp');
  const codecs = within(panel)
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      [...row.querySelectorAll('td')]
        .map(({ textContent }) => textContent)
        .join(' ')
        .trim(),
    );
  expect(codecs).toEqual(['0 PCMU 8,000 1', '8 PCMA 8,000 1', '9 G722 8,000 1', '101 telephone-event 8,000 1 0-15']);
  expect(panel.textContent).toContain('Packet time20 ms');
});

test('hop diff: what the proxy changed, counted in the tab', async () => {
  const row = messageOf(34, 2);
  const panel = await show(row, 'diff');
  const before = await clientOfPage().ask('hopBefore', { row: row.row });
  expect(before).not.toBeNull();
  const { changes } = await clientOfPage().ask('diff', { rows: [before?.row ?? 0, row.row] });
  const list = await within(panel).findByRole('list', { name: `${changes.length} changes` });
  expect(within(list).getAllByRole('listitem')).toHaveLength(changes.length);
  expect(list.textContent).toContain('Max-Forwardschanged');
  expect([...list.querySelectorAll('ins mark')].map(({ textContent }) => textContent)).toContain('69');
  expect(screen.getByRole('tab', { name: `Hop diff ${changes.length}` })).toBeTruthy();
});

test('a marked arrow is compared with the selected one, the earlier first', async () => {
  const later = messageOf(34, 2);
  useLadder.setState({ marked: messageOf(34, 5).row });
  const panel = await show(later, 'diff');
  await within(panel).findByRole('radio', { name: 'Marked and selected' });
  const buttons = await within(panel).findAllByRole('button', { name: /^[−+]?#/u });
  expect(buttons.map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining(`#${later.frame} `),
    expect.stringContaining(`#${messageOf(34, 5).frame} `),
  ]);
});

test('the message that proves what went wrong says so on top', async () => {
  const proof = rows.find(({ frame }) => frame === 1501);
  expect(proof?.call).toBe(49);
  const panel = await show(proof ?? messageOf(49, 0));
  const box = await within(panel).findByRole('region', { name: 'Why the call has this state' });
  expect(box.textContent).toContain('No ACK');
  expect(box.textContent).toContain('never acknowledged');
});

test('a retransmission links to what it repeats', async () => {
  const again = rows.find(({ retransmissionOf }) => retransmissionOf !== null);
  expect(again).toBeDefined();
  const panel = await show(again ?? messageOf(49, 9));
  const { retransmissionOf } = again ?? messageOf(49, 9);
  fireEvent.click(within(panel).getByRole('button', { name: `frame ${retransmissionOf?.toLocaleString('en') ?? ''}` }));
  await waitFor(() => {
    expect(rows[useLadder.getState().selected ?? -1]?.frame).toBe(retransmissionOf);
  });
});

test('hex shows the bytes of the message, and keys move over them', async () => {
  // Nothing is laid out here: the room for rows is told by hand.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400);
  const panel = await show(messageOf(34, 0), 'hex');
  const grid = await within(panel).findByRole('grid', { name: 'Bytes' });
  // I N V I T E
  await waitFor(() => {
    expect(grid.textContent).toContain('494e56495445');
  });
  fireEvent.keyDown(grid, { key: 'End' });
  fireEvent.keyDown(grid, { key: 'Home' });
  fireEvent.keyDown(grid, { key: 'ArrowRight' });
  expect(panel.textContent).toContain('Byte 1 (0x1): 78 (0x4e) “N”');
  vi.restoreAllMocks();
});

test('r goes to the wire and back, brackets go through the tabs', async () => {
  await show(messageOf(34, 0), 'sdp');
  const press = (key: string): void => messageCommands.find(({ keys }) => keys.includes(key))?.run();
  press(']');
  expect(useView.getState().tab).toBe('hex');
  press('r');
  expect(useView.getState().tab).toBe('raw');
  press('r');
  expect(useView.getState().tab).toBe('hex');
  press('[');
  press('[');
  expect(useView.getState().tab).toBe('decoded');
});
