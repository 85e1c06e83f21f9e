import type { MessageDetail } from '../../../core/contract/model.ts';
import type { Command } from '../../app/commands.ts';
import { shell } from '../../shell/index.ts';
import { useCapture } from '../../state/capture.ts';
import { useLadder } from '../../state/ladder.ts';
import { sentenceOf } from './answer.ts';
import { focusLadder, isInMessage } from './places.ts';
import { notify, useView, type MessageTab } from '../../state/view.ts';

const tabs: readonly MessageTab[] = ['raw', 'decoded', 'sdp', 'hex', 'diff'];
/** Where `r` goes back to. */
let beside: MessageTab = 'decoded';

/** Brings a tab of the message pane to the front. */
export function showTab(tab: MessageTab): void {
  if (tab !== 'raw') beside = tab;
  useView.setState({ tab });
}

/** Puts a message on the clipboard as it stands on the wire, as text. */
export async function copyMessage(message: MessageDetail): Promise<void> {
  try {
    await shell.copyText(message.raw);
    notify(`Copied the message of frame ${message.row.frame}.`);
  } catch (error) {
    notify(sentenceOf(error), true);
  }
}

/** Puts the message of the selected arrow on the clipboard. */
export async function copySelected(): Promise<void> {
  const { client } = useCapture.getState();
  const { selected } = useLadder.getState();
  if (client === null || selected === null) return;
  try {
    const [message] = await client.ask('message', { row: selected });
    if (message !== undefined) await copyMessage(message);
  } catch (error) {
    notify(sentenceOf(error), true);
  }
}

function step(by: number): void {
  const at = tabs.indexOf(useView.getState().tab);
  const tab = tabs[(at + by + tabs.length) % tabs.length];
  if (tab !== undefined) showTab(tab);
}

function hasMessage(): boolean {
  return useView.getState().screen === 'calls' && useLadder.getState().selected !== null;
}

/** What can be done with the message of the selected arrow. */
export const messageCommands: readonly Command[] = [
  {
    id: 'message-raw',
    title: 'Message as on the wire, and back',
    keys: ['r'],
    group: 'Message',
    enabled: hasMessage,
    run: () => showTab(useView.getState().tab === 'raw' ? beside : 'raw'),
  },
  {
    id: 'message-next-tab',
    title: 'Next tab of the message',
    keys: [']'],
    group: 'Message',
    enabled: hasMessage,
    run: () => step(1),
  },
  {
    id: 'message-previous-tab',
    title: 'Previous tab of the message',
    keys: ['['],
    group: 'Message',
    enabled: hasMessage,
    run: () => step(-1),
  },
  {
    id: 'message-copy',
    title: 'Copy the message',
    keys: ['y'],
    group: 'Message',
    enabled: hasMessage,
    run: () => void copySelected(),
  },
  {
    id: 'message-leave',
    title: 'Back to the ladder',
    keys: ['Escape'],
    group: 'Message',
    enabled: isInMessage,
    run: () => void focusLadder(),
  },
];
