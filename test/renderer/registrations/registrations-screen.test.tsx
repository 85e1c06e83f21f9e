// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { useCalls } from '../../../renderer/state/calls.ts';
import { forgetRegistrations } from '../../../renderer/state/registrations.ts';
import { useView } from '../../../renderer/state/view.ts';
import { RegistrationsScreen } from '../../../renderer/views/registrations/RegistrationsScreen.tsx';
import { forgetPage, openOnPage } from '../capture-page.ts';

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openOnPage('cluster.pcap');
  // A list has a height in a window, and none here: rows come as if there were room for a screenful.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
});
beforeEach(() => {
  forgetPage();
  forgetRegistrations();
});
afterEach(cleanup);
afterAll(() => close());

async function rows(): Promise<string[]> {
  const grid = await screen.findByRole('grid', { name: 'Registrations' });
  await within(grid).findByText('anna@example.com');
  return within(grid)
    .getAllByRole('row')
    .slice(1)
    .map((row) => Array.from(row.children, (cell) => cell.textContent).join('|'));
}

test('a row for each address of record: state, contact, refreshes, failures', async () => {
  render(<RegistrationsScreen />);
  expect(await rows()).toEqual([
    'anna@example.com|Registered|anna@10.0.10.21:5060|120 s|2|3|0|',
    'ben@example.com|Rejected|||0|6|3|',
    'clara@example.com|Challenged|||0|4|0|',
    'david@example.com|Expired|david@10.0.10.24:5060|60 s|0|0|0|',
  ]);
});

test('the one under the cursor is told of: why, challenges, what happened', async () => {
  const user = userEvent.setup();
  render(<RegistrationsScreen />);
  await rows();
  screen.getByRole('grid').focus();
  await user.keyboard('{ArrowDown}{ArrowDown}');
  const detail = screen.getByRole('complementary', { name: 'Registration of sip:clara@example.com' });
  expect(within(detail).getByText(/4 times and never answered.*realms do not match/u)).toBeTruthy();
  expect(
    within(within(detail).getByRole('region', { name: 'Challenges' })).getByText(/realm “example.com”/u),
  ).toBeTruthy();
});

test('Enter opens one ladder of all its REGISTERs', async () => {
  const user = userEvent.setup();
  render(<RegistrationsScreen />);
  await rows();
  screen.getByRole('grid').focus();
  await user.keyboard('{Enter}');
  await vi.waitFor(() => expect(useView.getState()).toMatchObject({ screen: 'calls', ladderOnly: true }));
  expect(useCalls.getState().ticked).toHaveLength(3);
});

test('a state or words narrow the list; nodes that replicate are told apart', async () => {
  const user = userEvent.setup();
  render(<RegistrationsScreen />);
  await rows();
  await user.click(screen.getByRole('button', { name: 'Rejected 1' }));
  expect(await screen.findByText('1 of 4 addresses of record')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Rejected 1' }));
  await user.type(screen.getByRole('searchbox', { name: 'Search registrations' }), 'david');
  expect(await screen.findByText('1 of 4 addresses of record')).toBeTruthy();
  const panel = screen.getByRole('region', { name: 'Replication between nodes' });
  expect(within(panel).getByRole('table', { name: 'Replication' }).textContent).toContain('usrloc 4');
  expect(within(panel).getByRole('list', { name: 'Nodes' }).children).toHaveLength(2);
});
