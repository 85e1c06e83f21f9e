// @vitest-environment happy-dom
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { screens } from '../../../renderer/app/screens.ts';
import { App } from '../../../renderer/app/App.tsx';
import { ErrorBoundary } from '../../../renderer/app/ErrorBoundary.tsx';
import { closeCapture } from '../../../renderer/app/opening.ts';
import { start } from '../../../renderer/app/start.ts';
import { useCapture } from '../../../renderer/state/capture.ts';
import { useSettings } from '../../../renderer/state/settings.ts';
import { notify, useView } from '../../../renderer/state/view.ts';
import { forgetPage } from '../capture-page.ts';
import { surroundings } from '../test-shell.ts';

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));
// The screens have tests of their own; here it is the window around them that counts.
vi.mock(import('../../../renderer/views/calls/CallsScreen.tsx'), () => ({ CallsScreen: () => <p>the calls</p> }));
vi.mock(import('../../../renderer/views/statistics/StatisticsScreen.tsx'), () => ({
  StatisticsScreen: () => <p>the statistics</p>,
}));

const folder = mkdtempSync(join(tmpdir(), 'sipglass-app-'));
const user = userEvent.setup();

beforeAll(() => {
  Element.prototype.scrollIntoView = () => undefined;
  start();
});
beforeEach(() => {
  forgetPage();
  render(<App />);
});
afterEach(async () => {
  closeCapture();
  await surroundings.end();
  cleanup();
  surroundings.recent = [];
  surroundings.chosen = [];
});
afterAll(() => rmSync(folder, { recursive: true }));

async function openSample(): Promise<void> {
  await user.click(await screen.findByRole('button', { name: 'Try the sample' }));
  await waitFor(() => expect(useCapture.getState().phase).toBe('ready'));
}

test('the sample is two keys away, and the window says what it is', async () => {
  await openSample();
  expect(await screen.findByText('the calls')).toBeDefined();
  const bar = within(screen.getByRole('banner'));
  expect(bar.getByText('sample-day.pcapng')).toBeDefined();
  expect(bar.getByText(/948 kB · 3,351 packets/u)).toBeDefined();
  expect(bar.getByText('65 calls')).toBeDefined();
  expect(document.title).toBe('sample-day.pcapng – Sipglass');
});

test('what is no capture says so with the file’s name, without folders, and with a way on', async () => {
  const path = join(folder, 'notes.pcap');
  writeFileSync(path, 'dear diary');
  surroundings.chosen = [path];
  await user.click(screen.getByRole('button', { name: 'Open…' }));
  const sentence = await screen.findByText(/^notes\.pcap: .*not a capture/u);
  const alert = sentence.closest<HTMLElement>('[role="alert"]');
  if (alert === null) throw new Error('the failure is not announced');
  expect(alert.textContent).not.toContain(folder);
  expect(alert.textContent).toContain('tcpdump');
  await user.click(within(alert).getByRole('button', { name: 'Try the sample' }));
  await screen.findByText('the calls');
});

test('a capture that was cut off is shown, and the warning counted', async () => {
  const { readFileSync } = await import('node:fs');
  const whole = readFileSync(join(import.meta.dirname, '..', '..', '..', 'fixtures', 'sample-day.pcapng'));
  const path = join(folder, 'cut.pcapng');
  writeFileSync(path, whole.subarray(0, 300_000));
  surroundings.chosen = [path];
  await user.click(screen.getByRole('button', { name: 'Open…' }));
  await screen.findByText('the calls');
  await user.click(await screen.findByRole('button', { name: '1 warning' }));
  const warnings = await screen.findByRole('dialog', { name: 'Warnings' });
  expect(warnings.textContent).toMatch(/^cut\.pcapng: cut short/u);
});

test('a host that goes is told, what was shown stays, and it can be opened again', async () => {
  await openSample();
  act(() => surroundings.gone({ id: useCapture.getState().id, text: 'The process ran out of memory.' }));
  const alert = await screen.findByText('The process ran out of memory.');
  expect(alert).toBeDefined();
  expect(screen.getByText('the calls')).toBeDefined();
  expect(screen.getByText('no longer open')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Open again' }));
  expect(surroundings.requests.at(-1)).toEqual({ kind: 'again' });
});

test('a host that went before the one on the screen came is nobody’s business', async () => {
  await openSample();
  act(() => surroundings.gone({ id: useCapture.getState().id - 1, text: 'gone' }));
  expect(useCapture.getState().phase).toBe('ready');
});

test('what cannot be opened does not take away what is open', async () => {
  await openSample();
  act(() => surroundings.problem('“x.pcap” is too large to send.'));
  expect((await screen.findByRole('alert')).textContent).toContain('too large');
  expect(screen.getByText('the calls')).toBeDefined();
});

test('recent captures are listed, gone ones can only be forgotten', async () => {
  cleanup();
  const there = { openedAt: Date.now() - 7_200_000, bytes: 184e6 };
  surroundings.recent = [
    { ...there, paths: ['/d/trunk.pcap'], names: ['trunk.pcap'], present: true },
    { ...there, paths: ['/d/old.pcap'], names: ['old.pcap'], present: false },
  ];
  render(<App />);
  const list = await screen.findByRole('region', { name: 'Recent captures' });
  expect(within(list).getByRole('button', { name: /^trunk\.pcap.*184 MB.*2 hours ago/u })).toHaveProperty(
    'disabled',
    false,
  );
  expect(within(list).getByRole('button', { name: /^old\.pcap.*no longer there/u })).toHaveProperty('disabled', true);
  await user.click(within(list).getByRole('button', { name: 'Forget old.pcap' }));
  await waitFor(() => expect(within(list).queryByText('old.pcap')).toBeNull());
});

test('files can be dropped anywhere; several are merged', async () => {
  const file = (name: string): File => new File(['x'], name);
  const files = [file('sample-day.pcapng'), file('states.pcap')];
  const dataTransfer = { types: ['Files'], items: files, files };
  fireEvent.dragEnter(document.body, { dataTransfer });
  await screen.findByText('Drop to merge 2 captures by time');
  fireEvent.drop(document.body, { dataTransfer });
  expect(screen.queryByText(/Drop to merge/u)).toBeNull();
  await waitFor(() => expect(useCapture.getState().names).toEqual(['sample-day.pcapng', 'states.pcap']));
});

test('the rail has a place for each screen; arrows move in it, and those not built yet stay shut', async () => {
  await openSample();
  const rail = within(screen.getByRole('navigation', { name: 'Screens' }));
  const calls = rail.getByRole('button', { name: 'Calls' });
  expect(calls.getAttribute('aria-current')).toBe('page');
  calls.focus();
  const shut = screens.findIndex(({ screen: built }) => built === null);
  await user.keyboard(`${'{ArrowDown}'.repeat(shut)}{Enter}`);
  expect(document.activeElement).toBe(rail.getByRole('button', { name: screens[shut]?.title ?? 'none' }));
  expect(useView.getState().screen).toBe('calls');
  await user.keyboard('{End}{Enter}');
  await screen.findByText('the statistics');
  await user.keyboard('{Home}{ArrowUp}');
  expect(document.activeElement).toBe(rail.getByRole('button', { name: 'Statistics' }));
});

test('a notice is said to screen readers, and goes when it is dismissed', async () => {
  act(() => notify('Saved a.svg.'));
  expect((await screen.findByText('Saved a.svg.')).closest('output')).not.toBeNull();
  act(() => notify('The disk is full.', true));
  expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByText('The disk is full.')).toBeNull();
});

test('the page has the theme that was chosen, else the system’s', () => {
  act(() => {
    useSettings.setState({ theme: 'dark' });
  });
  expect(document.documentElement.dataset.theme).toBe('dark');
  act(() => {
    useSettings.setState({ theme: 'light' });
  });
  expect(document.documentElement.dataset.theme).toBe('light');
});

test('ports that are set are told to the surroundings', () => {
  act(() => {
    useSettings.setState({ ports: [5099] });
  });
  expect(surroundings.ports.at(-1)).toEqual([5099]);
});

test('the help sheet lists keys by group, and Escape closes it', async () => {
  await user.keyboard('{F1}');
  const sheet = await screen.findByRole('dialog', { name: 'Keys' });
  expect(within(sheet).getByText('Filter the calls')).toBeDefined();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a part that breaks says so, and is shown again when asked', async () => {
  cleanup();
  let broken = true;
  function Part(): React.JSX.Element {
    if (broken) throw new Error('no lanes');
    return <p>whole again</p>;
  }
  const quiet = vi.spyOn(console, 'error').mockReturnValue(undefined);
  render(
    <ErrorBoundary name="Ladder">
      <Part />
    </ErrorBoundary>,
  );
  expect(screen.getByRole('alert').textContent).toContain('“Ladder” could not be shown: no lanes');
  broken = false;
  await user.click(screen.getByRole('button', { name: 'Show again' }));
  expect(screen.getByText('whole again')).toBeDefined();
  quiet.mockRestore();
});
