// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { MessageDetail, MessageRow } from '../../../core/contract/model.ts';
import type { Shell } from '../../../renderer/shell/shell.ts';
import { useLadder } from '../../../renderer/state/ladder.ts';
import { useView, type MessageTab } from '../../../renderer/state/view.ts';
import { DecodedTab } from '../../../renderer/views/message/DecodedTab.tsx';
import { MessagePane } from '../../../renderer/views/message/MessagePane.tsx';
import { RawTab } from '../../../renderer/views/message/RawTab.tsx';
import { clientOfPage, forgetPage, openOnPage, rowsWhere } from '../capture-page.ts';

vi.mock(import('../../../renderer/shell/index.ts'), () => ({ shell: { kind: 'browser' } as unknown as Shell }));

let close: () => Promise<void>;
let rows: readonly MessageRow[] = [];
beforeAll(async () => {
  close = await openOnPage('hostile.pcap');
  rows = await rowsWhere();
});
beforeEach(forgetPage);
afterEach(cleanup);
afterAll(() => close());

const tabs: readonly MessageTab[] = ['raw', 'decoded', 'sdp', 'diff'];

test.each(tabs)('texts of a hostile capture stay text in the tab “%s”', async (tab) => {
  useView.setState({ tab });
  expect(rows.length).toBeGreaterThan(30);
  const { container } = render(<MessagePane />);
  for (const row of rows) {
    useLadder.setState({ selected: row.row });
    await waitFor(() => {
      const panel = container.querySelector('[role="tabpanel"]:not([hidden])');
      expect(panel?.textContent).toContain(`frame ${row.frame.toLocaleString('en')}`);
    });
    expect(container.querySelector('img, script, iframe, foreignObject, a[href], style')).toBeNull();
    for (const element of container.querySelectorAll('*'))
      for (const { name } of element.attributes) expect(name).not.toMatch(/^on/u);
    // Control characters, direction overrides and what can't be seen; line ends of the wire stay.
    expect(container.textContent).not.toMatch(
      /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u,
    );
  }
});

/** A message of the capture with another text. */
async function grown(change: (message: MessageDetail) => MessageDetail): Promise<MessageDetail> {
  const [message] = await clientOfPage().ask('message', { row: 0 });
  if (message === undefined) throw new Error('the capture has no message');
  return change(message);
}

test('a body of many lines is shown in part, with a button for more', async () => {
  const message = await grown((one) => ({ ...one, raw: `${one.raw}${'a line\r\n'.repeat(50_000)}` }));
  const { container } = render(<RawTab message={message} />);
  expect(container.querySelectorAll('div').length).toBeLessThan(500);
  expect(screen.getByRole('button', { name: /^Show 2,000 more of 50,\d{3} lines$/u })).toBeTruthy();
});

test('one line of 64 KB and thousands of headers are shown in part', async () => {
  const long = await grown((one) => ({ ...one, raw: `${one.raw}${'x'.repeat(65_536)}` }));
  const raw = render(<RawTab message={long} />);
  expect(raw.container.textContent.length).toBeLessThan(10_000);
  expect(screen.getByRole('button', { name: /more characters/u })).toBeTruthy();
  cleanup();
  const many = await grown((one) => ({
    ...one,
    headers: Array.from({ length: 5000 }, (_, at) => ({ name: 'X', canonical: 'X', value: 'y', at, end: at + 1 })),
  }));
  const decoded = render(<DecodedTab message={many} />);
  expect(decoded.container.querySelectorAll('tr').length).toBeLessThan(200);
  expect(screen.getByRole('button', { name: 'Show all 5,000 headers' })).toBeTruthy();
});
