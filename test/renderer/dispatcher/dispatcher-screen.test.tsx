// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { forgetDispatcher, useDispatcher } from '../../../renderer/state/dispatcher.ts';
import { DispatcherScreen } from '../../../renderer/views/dispatcher/DispatcherScreen.tsx';
import { forgetPage, openOnPage } from '../capture-page.ts';
import { surroundings } from '../test-shell.ts';

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));

const { list } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../fixtures/cluster.expected.json'), 'utf8'),
) as { readonly list: string };

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openOnPage('cluster.pcap');
  // A list has a height in a window, and none here: rows come as if there were room for a screenful.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1200);
});
beforeEach(() => {
  forgetPage();
  forgetDispatcher();
});
afterEach(cleanup);
afterAll(() => close());

const options = async (): Promise<readonly string[]> =>
  (await screen.findAllByRole('option')).map((one) => one.firstElementChild?.textContent ?? '');

test('each destination says its flags, probes and calls; the head what was learnt', async () => {
  render(<DispatcherScreen />);
  expect(await options()).toEqual([
    expect.stringMatching(/^10\.3\.0\.1:5080: AP, active, probed; 30 probes, 0 failed; \d+ calls$/u),
    expect.stringMatching(/^10\.3\.0\.2:5080: AP, active, probed; 30 probes, 6 failed/u),
    expect.stringMatching(/^10\.3\.0\.3:5080: IP, inactive, probed; 30 probes, 13 failed/u),
    expect.stringMatching(/^203\.0\.113\.20:5080: AX, active, not probed; 0 probes/u),
  ]);
  expect(screen.getByText(/every 10 s · learnt: down after 2 failed, up after 3 good/u)).toBeTruthy();
});

test('keys choose a destination and a change of its flags, and the card says why', async () => {
  const user = userEvent.setup();
  render(<DispatcherScreen />);
  const strips = await screen.findByRole('listbox', { name: /^Destinations/u });
  strips.focus();
  await user.keyboard('{ArrowDown}{Home}nn');
  expect(screen.getByRole('option', { selected: true }).textContent).toMatch(/^10\.3\.0\.2:5080: TP/u);
  const card = screen.getByRole('region', { name: 'Destination' });
  expect(
    within(card).getByText(/not answered within 2 s \(408 at the prober\): 1 of 2 failures in a row/u),
  ).toBeTruthy();
  await user.keyboard('p');
  expect(within(card).getByText('AP')).toBeTruthy();
  await user.keyboard('++');
  expect(useDispatcher.getState().to - useDispatcher.getState().from).toBeCloseTo(0.25, 5);
  await user.keyboard('0');
  expect(useDispatcher.getState()).toMatchObject({ from: 0, to: 1 });
});

test('an imported list names destinations, shows the disabled one, and is compared', async () => {
  const user = userEvent.setup();
  render(<DispatcherScreen />);
  await options();
  await user.click(screen.getByRole('button', { name: 'Import dispatcher.list…' }));
  const field = screen.getByRole('textbox', { name: 'The list' });
  await user.click(field);
  await user.paste(list);
  await user.click(screen.getByRole('button', { name: 'Compare with the wire' }));
  expect(await screen.findByRole('option', { name: /^old-pbx, 10\.3\.0\.9:5080: DX, disabled/u })).toBeTruthy();
  expect(await options()).toHaveLength(5);
  expect(screen.getByText(/Nothing on the wire speaks against it/u)).toBeTruthy();
});

test('thresholds that are given take the place of those learnt; a wrong one can’t be applied', async () => {
  const user = userEvent.setup();
  render(<DispatcherScreen />);
  await options();
  await user.click(screen.getByRole('button', { name: 'Thresholds…' }));
  const down = screen.getByRole('textbox', { name: 'Down after failures in a row' });
  await user.type(down, '0');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Apply' }).disabled).toBe(true);
  await user.clear(down);
  await user.type(down, '4{Enter}');
  expect(await screen.findByText(/down after 4 failed \(given\)/u)).toBeTruthy();
});

test('the table and the drawing are saved as they are shown', async () => {
  const user = userEvent.setup();
  render(<DispatcherScreen />);
  await options();
  surroundings.saved.length = 0;
  for (const name of [/^SVG/u, /^CSV/u]) {
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name }));
  }
  await vi.waitFor(() => expect(surroundings.saved).toHaveLength(2));
  const [svg, csv] = surroundings.saved.map(({ bytes }) => new TextDecoder().decode(bytes));
  expect(svg).toMatch(/^<\?xml.*<svg .*>IP<.*<\/svg>\s*$/su);
  expect(csv?.split('\r\n')[0]).toContain('prober,destination,set,name,flags');
});
