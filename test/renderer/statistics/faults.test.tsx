// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Shell } from '../../../renderer/shell/shell.ts';
import { useCalls } from '../../../renderer/state/calls.ts';
import { StatisticsScreen } from '../../../renderer/views/statistics/StatisticsScreen.tsx';
import { clientOfPage, openOnPage } from '../capture-page.ts';

vi.mock(import('../../../renderer/shell/index.ts'), () => ({ shell: { kind: 'browser' } as unknown as Shell }));

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openOnPage('tcp-odd.pcap');
});
afterEach(cleanup);
afterAll(() => close());

test('every fault is listed, and those that messages have lead to their calls', async () => {
  const user = userEvent.setup();
  const { faults } = await clientOfPage().ask('stats', {});
  useCalls.setState({ filter: '' });
  render(<StatisticsScreen />);
  for (const { text } of faults) expect(await screen.findByText(text)).toBeTruthy();
  // The other one of SIP befell a stream, not a message.
  expect(faults.filter(({ protocol }) => protocol === 'sip').map(({ code }) => code)).toEqual([
    'bare-line-feed',
    'no-content-length',
  ]);
  const [link, ...others] = await screen.findAllByTitle('Show the calls with this fault');
  expect(others).toEqual([]);
  expect(link?.textContent).toBe(faults.find(({ code }) => code === 'bare-line-feed')?.text);
  if (link !== undefined) await user.click(link);
  expect(useCalls.getState().filter).toBe('fault:bare-line-feed');
});
