// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Stats, Timeline } from '../../../core/contract/model.ts';
import { useCalls } from '../../../renderer/state/calls.ts';
import { useCapture } from '../../../renderer/state/capture.ts';
import { useView } from '../../../renderer/state/view.ts';
import { StatisticsScreen } from '../../../renderer/views/statistics/StatisticsScreen.tsx';
import { clientOfPage, forgetPage, openOnPage } from '../capture-page.ts';
import { surroundings } from '../test-shell.ts';

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));

let close: () => Promise<void>;
let stats: Stats;
beforeAll(async () => {
  close = await openOnPage('sample-day.pcapng');
  stats = await clientOfPage().ask('stats', {});
});
beforeEach(() => {
  forgetPage();
  useCalls.setState(useCalls.getInitialState(), true);
});
afterEach(cleanup);
afterAll(() => close());

/** Rows of a table as texts, the header left out. */
async function rowsOf(name: string): Promise<string[][]> {
  const table = await screen.findByRole('table', { name });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) => Array.from(row.children, (cell) => cell.textContent));
}

test('shows what the host counted: states in words, methods, statuses with their class', async () => {
  render(<StatisticsScreen />);
  const states = await rowsOf('Calls by state');
  expect(states.map(([, count]) => Number(count))).toEqual(Object.values(stats.states));
  expect(states.map(([state]) => state)).toContain('Timed out');
  expect(await rowsOf('Requests by method')).toEqual(
    Object.entries(stats.methods).map(([method, count]) => [
      method,
      String(count),
      expect.stringContaining('%') as unknown,
    ]),
  );
  const statuses = await rowsOf('Responses by status');
  expect(statuses).toContainEqual(['486 Busy Here', 'Client failure', '2', '1.3 %']);
  expect(statuses).toContainEqual(['401 Unauthorized', 'Challenge', '5', '3.2 %']);
});

test('each chart says in words what it shows, and is a table on demand', async () => {
  const user = userEvent.setup();
  render(<StatisticsScreen />);
  const panel = await screen.findByRole('region', { name: 'Calls over time' });
  expect(await within(panel).findByText(/^65 calls from .*Succeeded: 53.*Failed: 8/u)).toBeTruthy();
  await user.click(within(panel).getByRole('radio', { name: 'Table' }));
  const rows = await rowsOf('Calls over time');
  expect(rows.flatMap((row) => row.slice(1)).reduce((sum, count) => sum + Number(count), 0)).toBe(stats.calls);
});

test('response times: the distribution of the line that is pressed', async () => {
  const user = userEvent.setup();
  render(<StatisticsScreen />);
  const times = await clientOfPage().ask('responseTimes', {});
  expect(await rowsOf('Response times')).toHaveLength(times.length);
  const pressed = (): string[] =>
    screen.getAllByRole('button', { pressed: true }).map((button) => button.getAttribute('aria-label') ?? '');
  expect(pressed()).toEqual(['INVITE, final response']);
  await user.click(screen.getByRole('button', { name: 'BYE, first response' }));
  expect(pressed()).toEqual(['BYE, first response']);
  expect(screen.getByText(/^BYE, first response: 14 times, half of them up to/u)).toBeTruthy();
});

test('follows the filter in force and the method, says so, and leads back to all calls', async () => {
  const user = userEvent.setup();
  useCalls.setState({ filter: 'state:busy', method: 'INVITE' });
  render(<StatisticsScreen />);
  expect(await rowsOf('Calls by state')).toEqual([['Busy', '1', '100 %']]);
  expect(screen.getByText(/of 1 of 65 calls begun by INVITE/u)).toBeTruthy();
  expect(screen.getByText('state:busy')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'All calls' }));
  expect(useCalls.getState()).toMatchObject({ filter: '', method: null });
  await waitFor(async () => expect(await rowsOf('Calls by state')).toHaveLength(Object.keys(stats.states).length));
});

test.each([
  ['Timed out', 'state:timed-out', 4],
  ['CANCEL', 'method:CANCEL', null],
  ['486 Busy Here', 'status:486', null],
])('a press on “%s” lists the calls with it', async (name, filter, count) => {
  const user = userEvent.setup();
  useView.setState({ screen: 'statistics' });
  useCalls.setState({ filter: 'method:INVITE or method:OPTIONS' });
  render(<StatisticsScreen />);
  await user.click(await screen.findByRole('button', { name }));
  expect(useView.getState().screen).toBe('calls');
  const now = useCalls.getState().filter;
  expect(now).toBe(`(method:INVITE or method:OPTIONS) and ${filter}`);
  // It is one, and selects what was pressed.
  const { total } = await clientOfPage().ask('calls', { from: 0, count: 1, filter: now });
  expect(total).toBeGreaterThan(0);
  if (count !== null) expect(total).toBe(count);
});

test('each table is saved as it is shown', async () => {
  const user = userEvent.setup();
  useCalls.setState({ filter: 'state:busy' });
  render(<StatisticsScreen />);
  for (const [panel, file, text] of [
    ['States', 'sample-day states.csv', 'state,calls\r\nbusy,1\r\n'],
    ['Methods', 'sample-day methods.csv', 'method,requests\r\n'],
    ['Status codes', 'sample-day statuses.csv', 'status,responses\r\n'],
    ['Calls over time', 'sample-day timeline.csv', 'start,stepMs,messages,retransmissions,calls,busy\r\n'],
    ['Response times', 'sample-day response-times.csv', 'method,until,count,unanswered,'],
    ['Packets', 'sample-day ledger.csv', 'code,text,packets,lost\r\n'],
  ] as const) {
    surroundings.saved.length = 0;
    await user.click(await screen.findByRole('button', { name: `Export: ${panel}` }));
    await user.click(await screen.findByRole('menuitem', { name: 'Save as CSV…' }));
    await waitFor(() => expect(surroundings.saved).toHaveLength(1));
    const [saved] = surroundings.saved;
    expect(saved?.name).toBe(file);
    expect(new TextDecoder().decode(saved?.bytes).startsWith(text)).toBe(true);
  }
});

test('a filter that selects nothing says so in each panel', async () => {
  useCalls.setState({ filter: 'method:NONE' });
  render(<StatisticsScreen />);
  expect(await screen.findByText('No call matches.')).toBeTruthy();
  expect(await screen.findByText('There is no call in these calls.')).toBeTruthy();
  expect(await screen.findAllByText('There is no request in these calls.')).toHaveLength(2);
});

test('while the capture is being read, what is there so far is shown, and what waits for the end says so', async () => {
  const { client, progress } = useCapture.getState();
  if (client === null || progress === null) throw new Error('no capture is open');
  const never = unanswered();
  const waiting: typeof client = {
    ...client,
    ask: (name, params, asking) => (name === 'stats' ? never : client.ask(name, params, asking)),
  };
  useCapture.setState({ client: waiting, phase: 'reading', progress: { ...progress, done: false } });
  try {
    render(<StatisticsScreen />);
    expect(await screen.findByText('Calls so far')).toBeTruthy();
    expect(await screen.findAllByText(/^so far, in steps of/u)).toHaveLength(2);
    expect(screen.getAllByText('Comes when all of the capture was read.').length).toBeGreaterThan(3);
    expect(screen.getByRole('button', { name: 'Export: States' }).hasAttribute('disabled')).toBe(true);
  } finally {
    useCapture.setState({ client, phase: 'ready', progress });
  }
});

test('a host that does not answer any more is said in its own sentence', async () => {
  const { client } = useCapture.getState();
  if (client === null) throw new Error('no capture is open');
  const gone: typeof client = { ...client, ask: () => Promise.reject(new Error('the capture host is gone')) };
  useCapture.setState({ client: gone });
  try {
    render(<StatisticsScreen />);
    expect((await screen.findAllByRole('alert'))[0]?.textContent).toBe('the capture host is gone');
  } finally {
    useCapture.setState({ client });
  }
});

test('what was not read comes first, with its reason; faults have their first frame', async () => {
  const { client } = useCapture.getState();
  if (client === null) throw new Error('no capture is open');
  const worse: Stats = {
    ...stats,
    ledger: [
      { code: 'sip', text: 'SIP', packets: 90, lost: false },
      { code: 'tls', text: 'encrypted: TLS', packets: 10, lost: true },
    ],
    faults: [{ protocol: 'sip', code: 'no-cseq', text: 'no CSeq', count: 2, frames: [17, 18] }],
    warnings: ['cut off\u202E after 3 packets'],
    packets: 100,
  };
  const timeline: Timeline = { start: null, stepMs: 1, messages: [], retransmissions: [], calls: [] };
  const answers: Readonly<Record<string, unknown>> = { stats: worse, timeline, responseTimes: [], completions: [] };
  const canned: typeof client = { ...client, ask: (name) => Promise.resolve(answers[name] as never) };
  useCapture.setState({ client: canned });
  try {
    render(<StatisticsScreen />);
    expect(await rowsOf('What became of the packets')).toEqual([
      ['encrypted: TLSNot read, calls may be missing', '10', '10 %'],
      ['SIP', '90', '90 %'],
    ]);
    expect(await rowsOf('Faults')).toEqual([['sip', 'no CSeq', '2', '17']]);
    expect(screen.getByRole('list', { name: 'Warnings' }).textContent).toBe(
      String.raw`cut off\u{202e} after 3 packets`,
    );
  } finally {
    useCapture.setState({ client });
  }
});

/** A question that nobody answers. */
function unanswered(): Promise<never> {
  return new Promise(() => {
    // Neither now nor later.
  });
}
