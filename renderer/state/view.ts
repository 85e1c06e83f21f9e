import { create } from 'zustand';

export type ScreenName = 'calls' | 'registrations' | 'media' | 'paths' | 'dispatcher' | 'security' | 'statistics';
export type MessageTab = 'raw' | 'decoded' | 'sdp' | 'hex' | 'diff';
export type DialogName = 'palette' | 'help' | 'settings' | 'columns' | 'export';

/** What of the window is in front. */
export interface ViewState {
  readonly screen: ScreenName;
  /** On the calls screen: the ladder has all the height (Enter), or shares it with the list. */
  readonly ladderOnly: boolean;
  readonly tab: MessageTab;
  readonly dialog: DialogName | null;
  /** A sentence that goes by itself: what was saved, copied, or could not be. */
  readonly notice: { readonly text: string; readonly bad: boolean; readonly at: number } | null;
}

export const useView = create<ViewState>()(() => ({
  screen: 'calls',
  ladderOnly: false,
  tab: 'raw',
  dialog: null,
  notice: null,
}));

export function notify(text: string, bad = false): void {
  useView.setState({ notice: { text, bad, at: Date.now() } });
}
