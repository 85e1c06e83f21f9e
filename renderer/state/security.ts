import { create } from 'zustand';

/** What of the security associations is meant. Keys are never here: they are in the host, and in the field they are typed in. */
export interface SecurityState {
  /** Key of the row under the cursor (`rowsOf`); null: the first. It stays the same when the capture is read again. */
  readonly cursor: string | null;
  /** What stands beside the list. */
  readonly beside: 'details' | 'keys';
  /** Other keys were sent, and what they open is being read. */
  readonly busy: boolean;
  /** Grows when keys changed without anything being read again. */
  readonly changes: number;
  /** What came of the last change, one sentence; null before the first. */
  readonly said: { readonly text: string; readonly bad: boolean } | null;
  /** What the forms begin with: whose IK and CK they are, and a line of an association without its keys. */
  readonly subscriber: string;
  readonly draft: string;
}

const atFirst: SecurityState = {
  cursor: null,
  beside: 'details',
  busy: false,
  changes: 0,
  said: null,
  subscriber: '',
  draft: '',
};

export const useSecurity = create<SecurityState>()(() => atFirst);

/** For another capture. */
export function forgetSecurity(): void {
  useSecurity.setState(atFirst);
}
