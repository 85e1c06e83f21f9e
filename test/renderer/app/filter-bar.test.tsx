// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { CallKinds } from '../../../renderer/app/filter/CallKinds.tsx';
import { FilterBar } from '../../../renderer/app/filter/FilterBar.tsx';
import { hasProblem, withoutProblem, withProblem } from '../../../renderer/app/filter/problem-filter.ts';
import { useFilter } from '../../../renderer/app/filter/filter-state.ts';
import { useCalls } from '../../../renderer/state/calls.ts';
import { rememberFilter, useSettings } from '../../../renderer/state/settings.ts';
import { clientOfPage, forgetPage, openOnPage } from '../capture-page.ts';

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));

let close: () => Promise<void>;
beforeAll(async () => {
  // The place that the focus goes to from the filter.
  document.body.innerHTML = '<div id="screen"><div data-place="list" tabindex="0">list</div></div>';
  Element.prototype.scrollIntoView = () => undefined;
  close = await openOnPage('sample-day.pcapng');
});
beforeEach(() => {
  forgetPage();
  useCalls.setState({ filter: '' });
  useFilter.setState({ text: '', judged: null, problem: null });
  render(<FilterBar />);
});
afterEach(cleanup);
afterAll(() => close());

const field = (): HTMLInputElement => screen.getByRole('combobox', { name: 'Filter' });
const user = userEvent.setup();

test('a good filter is put in force while it is typed, and remembered by Enter, which goes to the list', async () => {
  await user.type(field(), 'method:INVITE');
  await waitFor(() => expect(useCalls.getState().filter).toBe('method:INVITE'));
  expect(field().getAttribute('aria-invalid')).toBe('false');
  expect(useSettings.getState().filters).toEqual([]);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(useSettings.getState().filters).toEqual(['method:INVITE']));
  await waitFor(() => expect(document.activeElement?.textContent).toBe('list'));
});

test('a bad filter says what and where, and the last good one stays in force', async () => {
  await user.type(field(), 'method:INVITE');
  await waitFor(() => expect(useCalls.getState().filter).toBe('method:INVITE'));
  await user.type(field(), ' and status = 4');
  await screen.findByText(/Compare with/u);
  expect(screen.getByText('Column 26')).toBeDefined();
  expect(field().getAttribute('aria-invalid')).toBe('true');
  expect(useCalls.getState().filter).toBe('method:INVITE');
  // Enter on it neither remembers it nor leaves the field.
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement).toBe(field()));
  expect(useSettings.getState().filters).toEqual([]);
});

test('a word that may become a field’s name does not empty the list; Enter searches for it', async () => {
  useCalls.setState({ filter: 'method:INVITE' });
  await waitFor(() => expect(field().value).toBe('method:INVITE'));
  await user.type(field(), ' stat');
  await waitFor(() => expect(useFilter.getState().judged).toBe('method:INVITE stat'));
  // Longer than it would take to be put in force.
  await clientOfPage().ask('completions', { filter: 'method:INVITE stat', at: 18 });
  expect(useCalls.getState().filter).toBe('method:INVITE');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(useCalls.getState().filter).toBe('method:INVITE stat'));
});

test('an empty filter shows all calls again', async () => {
  await user.type(field(), 'method:BYE');
  await waitFor(() => expect(useCalls.getState().filter).toBe('method:BYE'));
  await user.click(screen.getByRole('button', { name: 'Clear the filter' }));
  await waitFor(() => expect(useCalls.getState().filter).toBe(''));
  expect(field().value).toBe('');
});

test('what could be typed next is offered and taken by keys alone', async () => {
  await user.type(field(), 'metho');
  await screen.findByRole('option', { name: /^method/u });
  expect(field().getAttribute('aria-expanded')).toBe('true');
  await user.keyboard('{ArrowDown}');
  const active = field().getAttribute('aria-activedescendant') ?? '';
  expect(document.querySelector(`[id="${active}"]`)?.getAttribute('aria-selected')).toBe('true');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(field().value).toBe('method '));
  await screen.findByRole('option', { name: /^==/u });
  await user.keyboard('{Tab}');
  await waitFor(() => expect(field().value).toBe('method == '));
  await screen.findByRole('option', { name: /^INVITE/u });
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(document.activeElement).toBe(field());
  await user.keyboard('{Escape}');
  expect(document.activeElement?.textContent).toBe('list');
});

test('Up in the empty field shows the filters used before, the newest first', async () => {
  rememberFilter('state:failed');
  rememberFilter('method:REGISTER');
  await user.click(field());
  await user.keyboard('{ArrowUp}');
  expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual([
    'method:REGISTER',
    'state:failed',
  ]);
  await user.keyboard('{ArrowDown}{Enter}');
  await waitFor(() => expect(useCalls.getState().filter).toBe('state:failed'));
});

test('a filter that was put in force elsewhere stands in the field', async () => {
  useCalls.setState({ filter: 'from:anna' });
  await waitFor(() => expect(field().value).toBe('from:anna'));
  expect(field().getAttribute('aria-invalid')).toBe('false');
});

test('as many filters are remembered as help, each once', () => {
  for (let i = 0; i < 30; i++) rememberFilter(`hops > ${i % 25}`);
  const { filters } = useSettings.getState();
  expect(filters).toHaveLength(20);
  expect(filters[0]).toBe('hops > 4');
  expect(new Set(filters).size).toBe(20);
});

test('behind a whole expression nothing is offered unless it is asked for', async () => {
  await user.type(field(), 'status >= 400 ');
  await waitFor(() => expect(useFilter.getState().judged).toBe('status >= 400 '));
  expect(screen.queryByRole('listbox')).toBeNull();
  await user.keyboard('{Control>} {/Control}');
  await screen.findByRole('option', { name: /^and/u });
});

test('with a wrong filter the count says that the list is that of the one before, and what is wrong is seen beside suggestions', async () => {
  await user.type(field(), 'method:INVITE');
  await waitFor(() => expect(useCalls.getState().filter).toBe('method:INVITE'));
  useCalls.setState({ total: 13 });
  await user.type(field(), ' and status >= ');
  await screen.findByText('still 13 of 65 calls');
  await screen.findByRole('listbox');
  expect(field().getAttribute('aria-describedby')).not.toBeNull();
  expect(screen.getByText('Column 26')).toBeDefined();
});

test('a click shows calls without the rest, another those with a problem, and both go back', async () => {
  render(<CallKinds />);
  await user.click(screen.getByRole('radio', { name: 'Calls' }));
  expect(useCalls.getState().method).toBe('INVITE');
  const { total } = await clientOfPage().ask('calls', { from: 0, count: 1, filter: 'problem', method: 'INVITE' });
  const problems = await screen.findByRole('button', { name: `Problems ${total}` });
  await user.click(problems);
  await waitFor(() => expect(useCalls.getState().filter).toBe('problem'));
  expect(problems.getAttribute('aria-pressed')).toBe('true');
  await user.click(problems);
  await waitFor(() => expect(useCalls.getState().filter).toBe(''));
  await user.click(screen.getByRole('radio', { name: 'All' }));
  expect(useCalls.getState().method).toBeNull();
});

test('“problem” joins any filter and leaves it as it was', async () => {
  for (const filter of [
    '',
    'method:INVITE',
    'anna or ben',
    '(anna or ben) and (x or y)',
    'from == "a) or (b"',
    'a and problem or b',
  ]) {
    const joined = withProblem(filter);
    expect(hasProblem(joined), filter).toBe(true);
    expect(await clientOfPage().ask('checkFilter', { filter: joined }), joined).toBeNull();
    const back = withoutProblem(joined);
    expect([filter, `(${filter})`]).toContain(back);
  }
  expect(withProblem('anna or ben')).toBe('(anna or ben) and problem');
  expect(withoutProblem('(anna or ben) and problem')).toBe('anna or ben');
});
