// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { PathRow } from '../../../core/contract/paths.ts';
import { useCalls } from '../../../renderer/state/calls.ts';
import { useLadder } from '../../../renderer/state/ladder.ts';
import { legChoices, sayLegs, setLegHeaders, useLegs } from '../../../renderer/state/legs.ts';
import { useView } from '../../../renderer/state/view.ts';
import { usePathChoice } from '../../../renderer/views/paths/choice.ts';
import { pathCommands } from '../../../renderer/views/paths/commands.ts';
import { PathPane } from '../../../renderer/views/paths/PathPane.tsx';
import { PathsScreen } from '../../../renderer/views/paths/PathsScreen.tsx';
import { clientOfPage, forgetPage, openOnPage } from '../capture-page.ts';

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));

/** The screen Paths over a real host; a window has no size here, so the list shows no rows. */
let close: () => Promise<void>;
let rows: readonly PathRow[];
beforeAll(async () => {
  close = await openOnPage('sample-day.pcapng');
  ({ rows } = await clientOfPage().ask('paths', { from: 0, count: 1000 }));
});
beforeEach(() => {
  forgetPage();
  useCalls.setState(useCalls.getInitialState(), true);
  usePathChoice.setState(usePathChoice.getInitialState(), true);
  useLegs.setState(useLegs.getInitialState(), true);
});
afterEach(cleanup);
afterAll(() => close());

test('counts what the host followed, and shows the first of it', async () => {
  render(<PathsScreen />);
  expect(await screen.findByText(`${rows.length} paths`)).toBeTruthy();
  const [first] = rows;
  expect(
    await screen.findByRole('heading', { level: 2, name: new RegExp(`^${first?.method ?? ''} `, 'u') }),
  ).toBeTruthy();
});

test('a fork is a tree: each branch with its end, and the one that won', async () => {
  const { rows: forks } = await clientOfPage().ask('forks', { from: 0, count: 10 });
  const [fork] = forks;
  render(<PathPane path={fork?.path ?? 0} />);
  const section = await screen.findByRole('region', { name: /^Forked at /u });
  expect(within(section).getAllByRole('listitem')).toHaveLength(fork?.branches.length ?? -1);
  for (const { said } of fork?.branches ?? []) expect(section.textContent).toContain(said);
});

test('a hop in words: changes with their sign, Vias, responses', async () => {
  const path = rows.find(({ method, verdict }) => method === 'INVITE' && verdict === 'ok');
  usePathChoice.setState({ hop: 1 });
  render(<PathPane path={path?.id ?? 0} />);
  const detail = await screen.findByRole('region', { name: /^Hop 2: frame/u });
  const { hops } = await clientOfPage().ask('path', { path: path?.id ?? 0 });
  const [changes] = within(detail).getAllByRole('table');
  expect(
    within(changes as HTMLElement)
      .getAllByRole('rowheader')
      .map(({ textContent }) => textContent),
  ).toEqual(hops[1]?.changes.map(({ header }) => header));
  for (const { branch } of hops[1]?.vias ?? []) expect(detail.textContent).toContain(branch);
});

test('to the ladder, at the message of the hop', async () => {
  const user = userEvent.setup();
  const path = rows.find(({ method }) => method === 'INVITE');
  usePathChoice.setState({ hop: 0 });
  render(<PathPane path={path?.id ?? 0} />);
  await user.click(await screen.findByRole('button', { name: 'Ladder' }));
  const { hops } = await clientOfPage().ask('path', { path: path?.id ?? 0 });
  expect(useView.getState()).toMatchObject({ screen: 'calls', ladderOnly: true });
  expect(useCalls.getState().cursor).toBe(path?.call);
  expect(useLadder.getState().selected).toBe(hops[0]?.row);
});

test('the path of a message: of the call that is meant, at its hop; one on a single hop says so', async () => {
  const command = pathCommands.find(({ id }) => id === 'path-of-message');
  const path = rows.find(({ method }) => method === 'INVITE');
  const { hops } = await clientOfPage().ask('path', { path: path?.id ?? 0 });
  useLadder.setState({ selected: hops[1]?.row ?? -1 });
  command?.run();
  await waitFor(() => expect(usePathChoice.getState()).toMatchObject({ path: path?.id, hop: 1, ofCalls: true }));
  const { rows: alone } = await clientOfPage().ask('messages', { from: 0, count: 1, filter: 'method:OPTIONS' });
  useLadder.setState({ selected: alone[0]?.row ?? -1 });
  useView.setState({ screen: 'calls', notice: null });
  command?.run();
  await waitFor(() => expect(useView.getState().notice?.text).toContain('one hop only'));
});

test('what the user says about legs is kept by capture: joined, cut, taken back', () => {
  expect(legChoices()).toEqual({});
  sayLegs('join', ['a', 'b']);
  expect(legChoices()).toEqual({ join: [['a', 'b']] });
  sayLegs('cut', ['b', 'a']);
  expect(legChoices()).toEqual({ cut: [['b', 'a']] });
  sayLegs('nothing', ['a', 'b']);
  expect(legChoices()).toEqual({});
  setLegHeaders('X-Leg, not a header:, X-Other');
  expect(legChoices()).toEqual({ headers: ['X-Leg', 'not', 'a', 'X-Other'] });
  expect(legChoices(undefined, 'another capture')).toEqual({ headers: ['X-Leg', 'not', 'a', 'X-Other'] });
});
