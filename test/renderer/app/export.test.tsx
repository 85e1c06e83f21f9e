// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { chooseTheme } from '../../../renderer/app/export/choice.ts';
import { ladderDocument, packetDocument, tableDocument } from '../../../renderer/app/export/documents.ts';
import { ExportDialog } from '../../../renderer/app/export/ExportDialog.tsx';
import { ExportMenu } from '../../../renderer/app/export/ExportMenu.tsx';
import { ladderFormats } from '../../../renderer/app/export/formats.ts';
import { copy, save } from '../../../renderer/app/export/write.ts';
import { themeNow } from '../../../renderer/app/theme.ts';
import { useCalls } from '../../../renderer/state/calls.ts';
import { useCapture } from '../../../renderer/state/capture.ts';
import { ladderQuery, useLadder } from '../../../renderer/state/ladder.ts';
import { useSettings } from '../../../renderer/state/settings.ts';
import { useView } from '../../../renderer/state/view.ts';
import { forgetPage, openOnPage } from '../capture-page.ts';
import { surroundings } from '../test-shell.ts';

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openOnPage('sample-day.pcapng');
});
beforeEach(() => {
  forgetPage();
  useCalls.setState({ ...useCalls.getInitialState(), cursor: 11 });
});
afterEach(cleanup);
afterAll(() => close());

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test('a ladder is written as it is drawn: the same question, in each format', () => {
  const hosts = [{ name: 'px', role: null, ends: [{ address: '10.0.20.10', port: null }] }];
  useSettings.setState({ hosts });
  useLadder.setState({ lanes: 'host', scale: 'time', fold: true, sdp: false, order: ['10.0.20.10'] });
  for (const { name } of ladderFormats) {
    const params = ladderDocument(name, 'dark')?.document.params;
    expect(params).toMatchObject(ladderQuery([11]));
    expect(params).toMatchObject({ hosts, lanes: 'host', scale: 'time', fold: true, sdp: false, format: name });
  }
});

test('a ladder in each text format is what it says it is, under a name that tells the call', async () => {
  const beginnings: Record<string, RegExp> = {
    svg: /^(?:<\?xml[^>]*>\s*)?<svg/u,
    html: /^<!doctype html>/iu,
    mermaid: /sequenceDiagram/u,
    plantuml: /@startuml/u,
    text: /INVITE/u,
    markdown: /^#|\|/mu,
    json: /^\s*\{/u,
  };
  for (const [name, beginning] of Object.entries(beginnings)) {
    const format = ladderFormats.find((one) => one.name === name);
    await save(ladderDocument(format?.name ?? 'svg'));
    const saved = surroundings.saved.at(-1);
    expect(saved?.name).toBe(`sample-day call 11.${format?.extension ?? ''}`);
    expect(text(saved?.bytes), name).toMatch(beginning);
  }
  expect(useView.getState().notice).toMatchObject({ bad: false });
});

test('the list is written as it is listed: filter, method, order and columns', async () => {
  useSettings.setState({
    columns: ['state', 'callId', 'life', 'header:User-Agent'].map((name) => ({ name, width: null })),
  });
  useCalls.setState({ filter: 'status >= 400', method: 'INVITE', sort: { by: 'start', descending: true } });
  await save(tableDocument('csv'));
  const [head, ...lines] = text(surroundings.saved.at(-1)?.bytes).trim().split('\r\n');
  expect(head).toBe('state,finalStatus,callId,User-Agent,why');
  const { client } = useCapture.getState();
  const listed = await client?.ask('calls', {
    from: 0,
    count: 1000,
    filter: 'status >= 400',
    method: 'INVITE',
    sort: { by: 'start', descending: true },
  });
  expect(listed?.total).toBeGreaterThan(1);
  expect(lines.map((line) => line.split(',')[2])).toEqual(listed?.rows.map(({ callId }) => callId));
});

test('ticked calls are written though the filter hides them', async () => {
  useCalls.setState({ filter: 'method:REGISTER', ticked: [11, 14] });
  await save(tableDocument('json', 'ticked'));
  const saved = surroundings.saved.at(-1);
  expect(saved?.name).toBe('sample-day 2 calls.json');
  const rows: unknown = JSON.parse(text(saved?.bytes));
  expect(rows).toMatchObject([{ id: 11 }, { id: 14 }]);
});

test('packets are a pcapng, smaller without media', async () => {
  await save(packetDocument(true));
  await save(packetDocument(false));
  const [sip, media] = surroundings.saved.slice(-2).reverse();
  expect([...(sip?.bytes.slice(0, 4) ?? [])]).toEqual([0x0a, 0x0d, 0x0d, 0x0a]);
  expect(sip?.bytes.length).toBeLessThan(media?.bytes.length ?? 0);
});

test('a PNG goes to the clipboard as a picture, all else as text', async () => {
  await copy(ladderDocument('png'));
  expect([...(surroundings.pictures.at(-1)?.slice(1, 4) ?? [])]).toEqual([0x50, 0x4e, 0x47]);
  await copy(ladderDocument('markdown'));
  expect(surroundings.texts.at(-1)).toContain('INVITE');
});

test('what is wrong is said, not thrown', async () => {
  useCalls.setState({ cursor: null });
  await save(ladderDocument('svg'));
  expect(useView.getState().notice).toMatchObject({ bad: true });
  useCalls.setState({ cursor: 999_999 });
  await save(ladderDocument('svg'));
  expect(useView.getState().notice?.text).toContain('999999');
});

test('the menu writes what it says', async () => {
  const user = userEvent.setup();
  render(<ExportMenu of="ladder" />);
  await user.click(screen.getByRole('button', { name: /Export/u }));
  await user.click(await screen.findByRole('menuitem', { name: /^PlantUML/u }));
  await waitFor(() => expect(surroundings.saved.at(-1)?.name).toBe('sample-day call 11.puml'));
});

test('the dialog writes what was chosen, by keys alone', async () => {
  const user = userEvent.setup();
  render(<ExportDialog />);
  await user.click(screen.getByRole('radio', { name: /Mermaid/u }));
  expect(screen.queryByRole('radio', { name: 'Dark' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Copy' }));
  await waitFor(() => expect(surroundings.texts.at(-1)).toContain('sequenceDiagram'));
  expect(useView.getState().dialog).toBeNull();
});

test('what is printed is light whatever the window is, until the user wants it dark; pictures are as the window', () => {
  useSettings.setState({ theme: 'dark' });
  document.documentElement.dataset.theme = 'dark';
  const themeOf = (format: 'pdf' | 'svg'): unknown => ladderDocument(format)?.document.params.theme;
  expect([themeOf('pdf'), themeOf('svg')]).toEqual(['light', themeNow()]);
  chooseTheme('pdf', 'dark');
  chooseTheme('svg', 'light');
  expect([themeOf('pdf'), themeOf('svg')]).toEqual(['dark', 'light']);
});

test('a list for a ticket tells time of day, Call-ID and why', async () => {
  await save(tableDocument('csv'));
  const [head = '', first = ''] = text(surroundings.saved.at(-1)?.bytes).trim().split('\r\n');
  expect(head.split(',')[0]).toBe('startTime');
  expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z,/u);
  expect(head.split(',')).toEqual(expect.arrayContaining(['callId', 'why']));
  useSettings.setState({ times: 'epoch' });
  expect(tableDocument('csv').document.params.columns?.[0]).toBe('start');
});
