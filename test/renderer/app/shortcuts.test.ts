// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { desktopCommands } from '../../../core/contract/desktop.ts';
import { allCommands, commandNamed } from '../../../renderer/app/all-commands.ts';
import type { Command } from '../../../renderer/app/commands.ts';
import { runDesktopCommand } from '../../../renderer/app/desktop-commands.ts';
import { commandFor, listenToKeys, reaches } from '../../../renderer/app/shortcuts.ts';
import { useCapture } from '../../../renderer/state/capture.ts';
import { useView } from '../../../renderer/state/view.ts';

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const keyed = (id: string, keys: readonly string[], enabled = true): Command => ({
  id,
  title: id,
  keys,
  group: 'Window',
  enabled: () => enabled,
  run: () => undefined,
});

test('a key means the first command that has it and makes sense', () => {
  const commands = [keyed('no', ['d'], false), keyed('yes', ['d', 'F2']), keyed('late', ['d'])];
  expect(commandFor({ ...plain, key: 'd' }, commands)?.id).toBe('yes');
  expect(commandFor({ ...plain, key: 'F2' }, commands)?.id).toBe('yes');
  expect(commandFor({ ...plain, key: 'x' }, commands)).toBeNull();
});

test('modifiers count, but for Shift on signs that need it on some keyboards only', () => {
  const commands = [
    keyed('palette', ['Mod+K']),
    keyed('help', ['?']),
    keyed('up', ['Shift+ArrowUp']),
    keyed('mark', ['Space']),
  ];
  const id = (stroke: Partial<typeof plain> & { key: string }): string | undefined =>
    commandFor({ ...plain, ...stroke }, commands)?.id;
  expect(id({ key: 'k', ctrlKey: true })).toBe('palette');
  expect(id({ key: 'k' })).toBeUndefined();
  expect(id({ key: 'K', ctrlKey: true, shiftKey: true })).toBeUndefined();
  expect(id({ key: '?', shiftKey: true })).toBe('help');
  expect(id({ key: 'ArrowUp', shiftKey: true })).toBe('up');
  expect(id({ key: 'ArrowUp' })).toBeUndefined();
  expect(id({ key: ' ' })).toBe('mark');
});

test('who types gets letters into the field, and who presses a button presses it', () => {
  document.body.innerHTML = '<input><button>x</button><input type="checkbox"><div tabindex="0"></div>';
  const [field, button, box, list] = document.body.children;
  expect(reaches({ ...plain, key: 'd' }, field ?? null)).toBe(false);
  expect(reaches({ ...plain, key: 'F2' }, field ?? null)).toBe(true);
  expect(reaches({ ...plain, key: 'k', ctrlKey: true }, field ?? null)).toBe(true);
  expect(reaches({ ...plain, key: 'Enter' }, button ?? null)).toBe(false);
  expect(reaches({ ...plain, key: 'd' }, button ?? null)).toBe(true);
  expect(reaches({ ...plain, key: ' ' }, box ?? null)).toBe(false);
  expect(reaches({ ...plain, key: 'Enter' }, list ?? null)).toBe(true);
});

test('keys run commands, but not those that a part of the page took, nor below a dialog', () => {
  const end = listenToKeys();
  const press = (key: string): boolean =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  expect(press('F1')).toBe(false);
  expect(useView.getState().dialog).toBe('help');
  useView.setState({ dialog: 'settings' });
  expect(press('F1')).toBe(true);
  expect(useView.getState().dialog).toBe('settings');
  useView.setState({ dialog: null });
  const take = (event: Event): void => event.preventDefault();
  document.body.addEventListener('keydown', take);
  press('F1');
  expect(useView.getState().dialog).toBeNull();
  document.body.removeEventListener('keydown', take);
  end();
  press('F1');
  expect(useView.getState().dialog).toBeNull();
});

test('sngrep’s keys are there', () => {
  const byKey = (key: string): string[] =>
    allCommands()
      .filter(({ keys }) => keys.includes(key))
      .map(({ id }) => id);
  expect(byKey('F1')).toEqual(['help']);
  // Where streams are in front, theirs comes first.
  expect(byKey('F2')).toEqual(['media-export', 'save-ladder']);
  expect(byKey('F3')).toEqual(['find']);
  expect(byKey('/')).toEqual(['find']);
  expect(byKey('F5')).toEqual(['clear']);
  expect(byKey('F7')).toEqual(['find']);
  expect(byKey('F8')).toEqual(['settings']);
  expect(byKey('F10')).toEqual(['columns']);
});

test('a command has a name of its own, and each of a desktop’s menu has one', () => {
  const ids = allCommands().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const asked of desktopCommands) {
    expect(commandNamed(asked === 'copy' ? 'copy-ladder' : asked), asked).toBeDefined();
  }
});

test('a menu cannot run what makes no sense now', () => {
  expect(useCapture.getState().phase).toBe('none');
  runDesktopCommand('columns');
  expect(useView.getState().dialog).toBeNull();
  runDesktopCommand('settings');
  expect(useView.getState().dialog).toBe('settings');
  useView.setState({ dialog: null });
});

test('a key that nothing has the focus for goes to the list, which has it from then on', () => {
  const stop = listenToKeys();
  document.body.innerHTML = '<main id="screen"><div data-place="list" tabindex="0"></div></main><button></button>';
  const list = document.querySelector('[data-place]');
  const heard: string[] = [];
  list?.addEventListener('keydown', (event) => {
    if (event instanceof KeyboardEvent) heard.push(event.key);
  });
  const progress = { packets: 1, messages: 1, calls: 1, bytesRead: 1, bytesTotal: 1, start: '1', end: '2', done: true };
  const press = (key: string): boolean =>
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    );
  useCapture.setState({ progress: null });
  press('ArrowDown');
  expect(document.activeElement).toBe(document.body);
  useCapture.setState({ progress });
  for (const key of ['Tab', 'Shift', 'Control']) press(key);
  expect(document.activeElement).toBe(document.body);
  press('ArrowDown');
  expect(document.activeElement).toBe(list);
  expect(heard).toEqual(['ArrowDown']);
  // Where something has the focus, it keeps it and its keys.
  document.querySelector('button')?.focus();
  press('ArrowDown');
  expect(heard).toEqual(['ArrowDown']);
  useCapture.setState({ progress: null });
  document.body.innerHTML = '';
  stop();
});
