// @vitest-environment happy-dom
import { cleanup, render, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Shell } from '../../../renderer/shell/shell.ts';
import { useCalls } from '../../../renderer/state/calls.ts';
import { LadderPane } from '../../../renderer/views/ladder/LadderPane.tsx';
import { clientOfPage, forgetPage, openOnPage } from '../capture-page.ts';

vi.mock(import('../../../renderer/shell/index.ts'), () => ({ shell: { kind: 'browser' } as unknown as Shell }));

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openOnPage('hostile.pcap');
});
beforeEach(forgetPage);
afterEach(cleanup);
afterAll(() => close());

test('texts of a hostile capture stay text in every ladder', async () => {
  const { rows } = await clientOfPage().ask('calls', { from: 0, count: 1000 });
  expect(rows.length).toBeGreaterThan(10);
  const { container } = render(<LadderPane />);
  for (const { id } of rows) {
    const { scene } = await sceneOf(id);
    useCalls.setState({ cursor: id });
    await waitFor(() => {
      expect(container.querySelector('[role="listbox"]')?.getAttribute('aria-label')).toBe(scene);
    });
    expect(container.querySelector('img, script, iframe, foreignObject, a[href], style')).toBeNull();
    for (const element of container.querySelectorAll('*'))
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on/u);
        if (name !== 'title') expect(value).not.toMatch(/[\u0000-\u001F\u202A-\u202E]/u);
      }
    expect(container.textContent).not.toMatch(
      /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u,
    );
  }
});

async function sceneOf(call: number): Promise<{ readonly scene: string }> {
  const { description } = await clientOfPage().ask('ladder', { calls: [call] });
  return { scene: description };
}
