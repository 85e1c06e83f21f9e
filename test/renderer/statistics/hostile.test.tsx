// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Shell } from '../../../renderer/shell/shell.ts';
import { methodCondition } from '../../../renderer/views/statistics/go.ts';
import { StatisticsScreen } from '../../../renderer/views/statistics/StatisticsScreen.tsx';
import { clientOfPage, openOnPage } from '../capture-page.ts';

vi.mock(import('../../../renderer/shell/index.ts'), () => ({ shell: { kind: 'browser' } as unknown as Shell }));

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openOnPage('hostile.pcap');
});
afterEach(cleanup);
afterAll(() => close());

test('methods and warnings of a hostile capture are text, with what acts made visible', async () => {
  const { container } = render(<StatisticsScreen />);
  await screen.findByRole('table', { name: 'Requests by method' });
  expect(container.querySelector('img, script, iframe, foreignObject, a[href], style')).toBeNull();
  expect(container.textContent).not.toMatch(
    /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u,
  );
});

test('every method there is can be asked for', async () => {
  const { methods } = await clientOfPage().ask('stats', {});
  for (const [method, count] of Object.entries(methods)) {
    const { total } = await clientOfPage().ask('messages', { from: 0, count: 1, filter: methodCondition(method) });
    expect(total, method).toBe(count);
  }
});
