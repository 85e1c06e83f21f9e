// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Palette } from '../../../renderer/app/palette/Palette.tsx';
import { wordsFilter } from '../../../renderer/app/palette/use-found-calls.ts';
import { frameNumber } from '../../../renderer/app/palette/use-found-frame.ts';
import { useCalls } from '../../../renderer/state/calls.ts';
import { useLadder } from '../../../renderer/state/ladder.ts';
import { useView } from '../../../renderer/state/view.ts';
import { clientOfPage, forgetPage, openOnPage } from '../capture-page.ts';

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));

let close: () => Promise<void>;
beforeAll(async () => {
  Element.prototype.scrollIntoView = () => undefined;
  close = await openOnPage('sample-day.pcapng');
});
beforeEach(() => {
  forgetPage();
  useCalls.setState({ filter: '' });
  useView.setState({ dialog: 'palette' });
  render(<Palette />);
});
afterEach(cleanup);
afterAll(() => close());

const user = userEvent.setup();
const type = (text: string): Promise<void> => user.type(screen.getByRole('combobox'), text);

test('a command is found by the beginnings of its words, and run', async () => {
  await type('swit li');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(useView.getState().dialog).toBeNull());
  const { useSettings } = await import('../../../renderer/state/settings.ts');
  await waitFor(() => expect(useSettings.getState().theme).not.toBe('system'));
});

test('a call is found by any text in it, and Enter puts the cursor there', async () => {
  const { rows } = await clientOfPage().ask('calls', { from: 0, count: 1, filter: 'method:INVITE' });
  const [call] = rows;
  await type(call?.callId ?? '');
  await screen.findByText(/^INVITE/u);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(useCalls.getState().cursor).toBe(call?.id));
});

test('a filter that would hide the call is taken away, one that would not stays', async () => {
  useCalls.setState({ filter: 'method:REGISTER' });
  const { rows } = await clientOfPage().ask('calls', { from: 0, count: 1, filter: 'method:INVITE' });
  await type(rows[0]?.callId ?? '');
  await screen.findByText(/^INVITE/u);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(useCalls.getState().filter).toBe(''));
  expect(useView.getState().notice?.text).toContain('filter');
});

test('what no call has is said, and nothing is found for an older text', async () => {
  await type('no-such-text-anywhere');
  await screen.findByText('Calls: none has this in its messages');
});

test('words are looked for as they are, whatever signs they hold', async () => {
  expect(wordsFilter('  anna "x\\y" and ')).toBe('"anna" "\\"x\\\\y\\"" "and"');
  expect(await clientOfPage().ask('checkFilter', { filter: wordsFilter('a"b \\ or ) = $x') })).toBeNull();
});

test('a number leads to the message in that frame', async () => {
  const { rows } = await clientOfPage().ask('messages', { from: 0, count: 1, filter: 'status == 486' });
  const [message] = rows;
  await type(`frame ${message?.frame ?? 0}`);
  await screen.findByText(/^Frame .*486/u);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(useCalls.getState().cursor).toBe(message?.call));
  expect(useLadder.getState().selected).toBe(message?.row);
});

test('a frame without SIP is said to be one', async () => {
  await type('999999');
  await screen.findByText('Frame 999,999 holds no SIP message');
});

test('numbers of frames are read as they are written in the window and by others', () => {
  expect(['1501', '1,501', '#1501', 'Frame 1501', ' frame 1,501 '].map(frameNumber)).toEqual([
    1501, 1501, 1501, 1501, 1501,
  ]);
  for (const other of ['', '0', '1.501', '15,01', 'frame', '+61390001002', '1501 x', 'x1501'])
    expect(frameNumber(other)).toBeNull();
});
