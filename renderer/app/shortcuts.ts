import { onMac } from '../widgets/key-label.ts';
import { useCapture } from '../state/capture.ts';
import { useView } from '../state/view.ts';
import { focusLadder } from '../views/message/places.ts';
import { allCommands } from './all-commands.ts';
import type { Command } from './commands.ts';
import { focusScreen } from './places.ts';

type Stroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** One dispatcher for all keys of the window. What ends it is returned. */
export function listenToKeys(): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || isAway()) return;
    if (document.activeElement === document.body && sendOn(event)) return;
    if (!reaches(event, event.target)) return;
    const command = commandFor(event, allCommands());
    if (command === null) return;
    event.preventDefault();
    command.run();
  };
  globalThis.addEventListener('keydown', pressed);
  return () => globalThis.removeEventListener('keydown', pressed);
}

/**
 * Where nothing has the focus (it was on something that went, or empty ground was clicked) a key is meant for list or
 * ladder: they get the focus and the key. False where there is none of them, or the key moves the focus by itself.
 */
function sendOn(event: KeyboardEvent): boolean {
  const { screen, ladderOnly } = useView.getState();
  if (/^(?:Tab|Shift|Control|Alt|AltGraph|Meta)$/u.test(event.key)) return false;
  if (screen !== 'calls' || useCapture.getState().progress === null) return false;
  if (!ladderOnly || !focusLadder()) focusScreen();
  const place = document.activeElement;
  if (place === null || place === document.body) return false;
  const { key, code, location, repeat, ctrlKey, shiftKey, altKey, metaKey } = event;
  const again = { key, code, location, repeat, ctrlKey, shiftKey, altKey, metaKey, bubbles: true, cancelable: true };
  if (!place.dispatchEvent(new KeyboardEvent('keydown', again))) event.preventDefault();
  return true;
}

/** The first of `commands` that has this key and makes sense now; null for none. */
export function commandFor(stroke: Stroke, commands: readonly Command[]): Command | null {
  const wanted = strokeText(stroke);
  return commands.find(({ keys, enabled }) => keys.some((key) => normal(key) === wanted) && enabled()) ?? null;
}

/** A dialog or a menu has the keys to itself. */
function isAway(): boolean {
  return (
    useView.getState().dialog !== null ||
    document.querySelector('[role="dialog"][data-state="open"], [role="menu"][data-state="open"]') !== null
  );
}

const typing =
  'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable="true"]';
const pressing = 'button, a[href], summary, input, [role="tab"], [role="radio"], [role="separator"], [role="option"]';

/** Whether a key is a command where the focus is: in a field only F-keys and those with a modifier, on a button not those that press it or move on. */
export function reaches(stroke: Stroke, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return true;
  const plain = !stroke.ctrlKey && !stroke.metaKey && !stroke.altKey;
  if (!plain || /^F\d+$/u.test(stroke.key)) return true;
  if (target.closest(typing) !== null) return false;
  return target.closest(pressing) === null || !/^(?:Enter| |Arrow.*|Home|End)$/u.test(stroke.key);
}

/** `Mod+Alt+Shift+KEY`; Shift is told only of letters and of keys with names, since `?` has it anyway on one keyboard and not on another. */
function strokeText({ key, ctrlKey, metaKey, altKey, shiftKey }: Stroke): string {
  const mac = onMac();
  const parts: string[] = [];
  if (mac ? metaKey : ctrlKey) parts.push('Mod');
  if (mac && ctrlKey) parts.push('Ctrl');
  if (altKey) parts.push('Alt');
  if (shiftKey && (key.length > 1 || key.toUpperCase() !== key.toLowerCase())) parts.push('Shift');
  parts.push(key.length === 1 ? key.toUpperCase() : key);
  return parts.join('+');
}

/** A command's key in the same spelling. */
function normal(keys: string): string {
  if (keys.length === 1) return keys.toUpperCase();
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const order = ['Mod', 'Ctrl', 'Alt', 'Shift'].filter((modifier) => parts.includes(modifier));
  const named = key === 'Space' ? ' ' : key;
  return [...order, named.length === 1 ? named.toUpperCase() : named].join('+');
}
