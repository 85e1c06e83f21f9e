// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readSettings } from '../../../renderer/state/stored-settings.ts';
import { settingsAtFirst, settingsKey, useSettings } from '../../../renderer/state/settings.ts';
import { useCapture } from '../../../renderer/state/capture.ts';
import { useView } from '../../../renderer/state/view.ts';
import { endsText, readEnds } from '../../../renderer/views/settings/ends.ts';
import { readPorts } from '../../../renderer/views/settings/ports.ts';
import { SettingsDialog } from '../../../renderer/views/settings/SettingsDialog.tsx';
import { forgetPage } from '../capture-page.ts';
import { surroundings } from '../test-shell.ts';

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));

beforeEach(forgetPage);
afterEach(cleanup);

test('whatever is stored, what comes of it are settings', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (columns, hosts) => {
      const read = readSettings({ columns, hosts, theme: columns, ports: hosts, filters: columns }, settingsAtFirst);
      expect(['system', 'light', 'dark']).toContain(read.theme);
      expect(read.columns.length).toBeGreaterThan(0);
      for (const { name } of [...read.columns, ...read.hosts]) expect(name).toBeTypeOf('string');
    }),
  );
  for (const nothing of [null, 7, 'x', [], undefined])
    expect(readSettings(nothing, settingsAtFirst)).toEqual(settingsAtFirst);
});

test('one setting that makes no sense does not take the others with it', () => {
  const read = readSettings(
    { theme: 'dark', times: 'sundial', ports: [5060, 99_999], filters: ['a'] },
    settingsAtFirst,
  );
  expect(read).toEqual({ ...settingsAtFirst, theme: 'dark', filters: ['a'] });
});

test('settings come back as they were kept, and a broken storage is told and survived', async () => {
  useSettings.setState({ theme: 'dark', ports: [5080] });
  const kept = localStorage.getItem(settingsKey);
  useSettings.setState(useSettings.getInitialState(), true);
  localStorage.setItem(settingsKey, kept ?? '');
  await useSettings.persist.rehydrate();
  expect(useSettings.getState()).toMatchObject({ theme: 'dark', ports: [5080] });
  localStorage.setItem(settingsKey, '{"state":');
  await useSettings.persist.rehydrate();
  expect(useView.getState().notice).toMatchObject({ bad: true });
  expect(useSettings.getState().columns.length).toBeGreaterThan(0);
  localStorage.clear();
});

test('ends of a host are read as captures show them, and written as they are read', () => {
  expect(readEnds('10.0.0.1, 010.0.0.2:5060 [2001:DB8:0::1]:5061 2001:db8::2')).toEqual([
    { address: '10.0.0.1', port: null },
    { address: '10.0.0.2', port: 5060 },
    { address: '2001:db8::1', port: 5061 },
    { address: '2001:db8::2', port: null },
  ]);
  for (const wrong of [
    '10.0.0.300',
    '10.0.0',
    'px.example.com',
    '10.0.0.1:0',
    '10.0.0.1:70000',
    '[2001:db8::1',
    ':::',
    '',
  ])
    expect(readEnds(wrong), wrong).toBeTypeOf('string');
  const ends = readEnds('10.0.0.1:5060, [2001:db8::1]:5061, 2001:db8::2');
  expect(typeof ends === 'string' ? ends : readEnds(endsText(ends))).toEqual(ends);
});

test('ports are numbers from 1 to 65535, each once', () => {
  expect(readPorts(' 5060, 5080;5060 ')).toEqual([5060, 5080]);
  expect(readPorts('')).toEqual([]);
  for (const wrong of ['0', '65536', 'sip', '-1', '5060.5']) expect(readPorts(wrong), wrong).toBeTypeOf('string');
});

test('theme and times take effect at once', async () => {
  const user = userEvent.setup();
  render(<SettingsDialog />);
  await user.click(screen.getByRole('radio', { name: 'Dark' }));
  await user.click(screen.getByRole('radio', { name: 'UTC' }));
  expect(useSettings.getState()).toMatchObject({ theme: 'dark', times: 'utc' });
});

test('wrong ports are not kept; good ones are, and opening again is offered', async () => {
  const user = userEvent.setup();
  useCapture.setState({ names: ['a.pcap'] });
  render(<SettingsDialog />);
  const field = screen.getByLabelText('SIP ports');
  fireEvent.change(field, { target: { value: '5060, 99999' } });
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(useSettings.getState().ports).toEqual([]);
  fireEvent.change(field, { target: { value: '5060, 5099' } });
  expect(useSettings.getState().ports).toEqual([5060, 5099]);
  await user.click(screen.getByRole('button', { name: 'Open this capture again' }));
  expect(surroundings.requests.at(-1)).toEqual({ kind: 'again' });
  useCapture.setState(useCapture.getInitialState(), true);
});

test('a host is named, renamed and forgotten', async () => {
  const user = userEvent.setup();
  render(<SettingsDialog />);
  await user.click(screen.getByRole('button', { name: 'Name a host' }));
  await user.type(screen.getByLabelText('Name'), 'px');
  await user.type(screen.getByLabelText('Addresses of px'), '10.0.0.1, 10.0.0.2:5060{Enter}');
  const ends = [
    { address: '10.0.0.1', port: null },
    { address: '10.0.0.2', port: 5060 },
  ];
  await waitFor(() => expect(useSettings.getState().hosts).toEqual([{ name: 'px', role: null, ends }]));
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'core proxy' } });
  fireEvent.blur(screen.getByLabelText('Name'));
  await waitFor(() => expect(useSettings.getState().hosts[0]?.name).toBe('core proxy'));
  await user.click(screen.getByRole('button', { name: 'Remove core proxy' }));
  expect(useSettings.getState().hosts).toEqual([]);
});

test('a reset asks first', async () => {
  const user = userEvent.setup();
  useSettings.setState({ times: 'epoch' });
  render(<SettingsDialog />);
  await user.click(screen.getByRole('button', { name: 'Reset all but names' }));
  expect(useSettings.getState().times).toBe('epoch');
  expect(document.activeElement?.textContent).toBe('Keep');
  await user.keyboard('{Enter}');
  expect(useSettings.getState().times).toBe('epoch');
  await user.click(screen.getByRole('button', { name: 'Reset all but names' }));
  await user.click(screen.getByRole('button', { name: 'Reset' }));
  expect(useSettings.getState().times).toBe(settingsAtFirst.times);
});
