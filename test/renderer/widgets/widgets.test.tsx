// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { X } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import type { JSX } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { Button } from '../../../renderer/widgets/Button.tsx';
import { Choice } from '../../../renderer/widgets/Choice.tsx';
import { Dialog } from '../../../renderer/widgets/Dialog.tsx';
import { EmptyState } from '../../../renderer/widgets/EmptyState.tsx';
import { IconButton } from '../../../renderer/widgets/IconButton.tsx';
import { keyLabel } from '../../../renderer/widgets/key-label.ts';
import { Menu } from '../../../renderer/widgets/Menu.tsx';
import { Progress } from '../../../renderer/widgets/Progress.tsx';
import { Segmented } from '../../../renderer/widgets/Segmented.tsx';
import { StateMark, stateLook } from '../../../renderer/widgets/StateMark.tsx';
import { Tabs } from '../../../renderer/widgets/Tabs.tsx';

afterEach(cleanup);
const user = userEvent.setup();

test('nothing that opens writes a style element: the page’s policy forbids it', async () => {
  const before = document.querySelectorAll('style').length;
  render(
    <Dialog open onClose={() => undefined} title="A dialog">
      <Menu trigger={<Button>More</Button>} entries={[{ title: 'One', onSelect: () => undefined }]} />
    </Dialog>,
  );
  await user.click(screen.getByRole('button', { name: 'More' }));
  await screen.findByRole('menuitem', { name: 'One' });
  expect(document.querySelectorAll('style')).toHaveLength(before);
});

test('a dialog has a name, keeps the focus and closes by Escape', async () => {
  const close = vi.fn<() => void>();
  render(
    <Dialog open onClose={close} title="Settings" about="What holds for all.">
      <input aria-label="first" />
    </Dialog>,
  );
  const dialog = screen.getByRole('dialog', { name: 'Settings' });
  expect(dialog.contains(document.activeElement)).toBe(true);
  await user.tab();
  await user.tab();
  await user.tab();
  expect(dialog.contains(document.activeElement)).toBe(true);
  screen.getByLabelText('first').focus();
  await user.keyboard('{Escape}');
  expect(close).toHaveBeenCalledTimes(1);
});

test('one of a segmented control stays chosen, and arrows move in it', async () => {
  const change = vi.fn<(value: 'a' | 'b') => void>();
  render(
    <Segmented
      label="Scale"
      value="a"
      onChange={change}
      options={[
        { value: 'a', title: 'Rows' },
        { value: 'b', title: 'To scale' },
      ]}
    />,
  );
  await user.click(screen.getByRole('radio', { name: 'Rows' }));
  expect(change).not.toHaveBeenCalled();
  await user.keyboard('{ArrowRight}');
  expect(document.activeElement?.textContent).toBe('To scale');
  await user.keyboard(' ');
  expect(change).toHaveBeenCalledWith('b');
});

test('a menu is used by keys alone: open, move past what is shut, choose', async () => {
  const chosen: string[] = [];
  render(
    <Menu
      trigger={<Button>Export</Button>}
      entries={[
        { kind: 'heading', title: 'Ladder' },
        { title: 'SVG', disabled: true, onSelect: () => chosen.push('svg') },
        { title: 'PNG', shortcut: 'F2', onSelect: () => chosen.push('png') },
        { kind: 'line' },
        { title: 'Dark', checked: true, onSelect: () => chosen.push('dark') },
      ]}
    />,
  );
  screen.getByRole('button', { name: 'Export' }).focus();
  await user.keyboard('{Enter}');
  await screen.findByRole('menu');
  await waitFor(() => expect(document.activeElement?.textContent).toContain('PNG'));
  await user.keyboard('{Enter}');
  expect(chosen).toEqual(['png']);
  await user.keyboard('{Enter}');
  expect((await screen.findByRole('menuitemcheckbox', { name: 'Dark' })).getAttribute('aria-checked')).toBe('true');
});

test('a button with a picture has a name', () => {
  render(<IconButton label="Close" icon={X} pressed />);
  expect(screen.getByRole('button', { name: 'Close' }).getAttribute('aria-pressed')).toBe('true');
});

test('a state is a word and a severity, with the status where it tells more', () => {
  render(<StateMark state="rejected" status={403} />);
  expect(screen.getByText('Rejected 403')).toBeDefined();
  expect(stateLook('completed', 200)).toEqual({ word: 'Completed', severity: 'ok' });
  expect(stateLook('cancelled')).toEqual({ word: 'Cancelled', severity: 'idle' });
  expect(stateLook('busy', 486)).toEqual({ word: 'Busy 486', severity: 'warn' });
});

test('tabs mount the panel in front only, and arrows change it', async () => {
  const change = vi.fn<(value: 'raw' | 'hex') => void>();
  render(
    <Tabs
      label="Message"
      value="raw"
      onChange={change}
      tabs={[
        { value: 'raw', title: 'Raw', panel: <p>as on the wire</p> },
        { value: 'hex', title: 'Hex', panel: <p>00 01</p> },
      ]}
    />,
  );
  expect(screen.getByText('as on the wire')).toBeDefined();
  expect(screen.queryByText('00 01')).toBeNull();
  screen.getByRole('tab', { name: 'Raw' }).focus();
  await user.keyboard('{ArrowRight}');
  expect(change).toHaveBeenCalledWith('hex');
});

test('progress is told in percent, and within its bounds; unknown is told as unknown', () => {
  const { rerender } = render(<Progress label="Reading" value={0.42} />);
  const value = (): string | null => screen.getByRole('progressbar', { name: 'Reading' }).getAttribute('aria-valuenow');
  expect(value()).toBe('42');
  rerender(<Progress label="Reading" value={7} />);
  expect(value()).toBe('100');
  rerender(<Progress label="Reading" value={null} />);
  expect(value()).toBeNull();
});

test('what failed is announced at once, what is empty when there is time', () => {
  render(<EmptyState title="It failed." severity="bad" />);
  expect(screen.getByRole('alert').textContent).toBe('It failed.');
  cleanup();
  render(<EmptyState title="Nothing here." />);
  expect(screen.getByRole('status').textContent).toBe('Nothing here.');
});

test('keys are called as they stand on the keyboard', () => {
  expect(['Mod+K', 'Shift+ArrowUp', 'F2', 'd', '/', 'Escape', 'Mod+,'].map((key) => keyLabel(key, false))).toEqual([
    'Ctrl K',
    'Shift ↑',
    'F2',
    'd',
    '/',
    'Esc',
    'Ctrl ,',
  ]);
  expect(keyLabel('Mod+Shift+s', true)).toBe('⌘ ⇧ S');
});

test('the focus goes back where it was, also after a dialog that led to another; to the list where that is gone', async () => {
  document.body.insertAdjacentHTML(
    'beforeend',
    '<div id="screen"><div data-place="list" tabindex="0">list</div></div>',
  );
  const dialog = (title: string): JSX.Element => (
    <Dialog key={title} open onClose={() => undefined} title={title}>
      <input aria-label={title} />
    </Dialog>
  );
  const pages = render(<i />);
  const show = (title: string | null, isBegin = true): void =>
    pages.rerender(
      <>
        {isBegin ? <button type="button">begin</button> : null}
        {title === null ? null : dialog(title)}
      </>,
    );
  show(null);
  screen.getByText('begin').focus();
  show('One');
  await waitFor(() => expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true));
  show('Two');
  await waitFor(() => expect(screen.getByRole('dialog', { name: 'Two' }).contains(document.activeElement)).toBe(true));
  show(null);
  await waitFor(() => expect(document.activeElement?.textContent).toBe('begin'));
  show('Three');
  show('Three', false);
  show(null, false);
  await waitFor(() => expect(document.activeElement?.textContent).toBe('list'));
  document.querySelector('#screen')?.remove();
});

test('a tap of an arrow key chooses, although the focus comes after the key was let go', () => {
  const chosen = vi.fn<(value: string) => void>();
  render(
    <RadioGroup.Root value="one" onValueChange={chosen} aria-label="Which">
      <Choice value="one">One</Choice>
      <Choice value="two">Two</Choice>
    </RadioGroup.Root>,
  );
  const [one, two] = screen.getAllByRole('radio');
  if (one === undefined || two === undefined) throw new Error('two choices');
  fireEvent.keyDown(one, { key: 'ArrowDown' });
  fireEvent.keyUp(one, { key: 'ArrowDown' });
  fireEvent.focusIn(two, { relatedTarget: one });
  expect(chosen).toHaveBeenCalledExactlyOnceWith('two');
  fireEvent.focusIn(two, { relatedTarget: document.body });
  expect(chosen).toHaveBeenCalledTimes(1);
});
