import type { CallRow } from '../../../core/contract/model.ts';
import { useCalls } from '../../state/calls.ts';
import { rowAt } from '../../state/long-list.ts';
import { useCallPages } from '../../state/pages.ts';
import { userOf } from './party.ts';

/** Text as a filter has it: reads back as it was. */
export function quoted(text: string): string {
  let out = '"';
  for (const sign of text) {
    const code = sign.charCodeAt(0);
    if (sign === '"' || sign === '\\') out += `\\${sign}`;
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += sign;
  }
  return `${out}"`;
}

/** What the list can be narrowed to from one of its rows, as filters; null where the row has no such thing. */
export const narrowings: readonly {
  readonly id: string;
  readonly title: string;
  readonly filter: (row: CallRow) => string | null;
}[] = [
  { id: 'caller', title: 'Calls from this caller', filter: ({ from }) => ofUser('from', from) },
  { id: 'callee', title: 'Calls to this callee', filter: ({ to }) => ofUser('to', to) },
  { id: 'source', title: 'Calls from this address', filter: ({ src }) => `src == ${src}` },
  { id: 'destination', title: 'Calls to this address', filter: ({ dst }) => `dst == ${dst}` },
  { id: 'call-id', title: 'This Call-ID only', filter: ({ callId }) => `call-id == ${quoted(callId)}` },
];

function ofUser(field: 'from' | 'to', address: string | null): string | null {
  if (address === null) return null;
  const user = userOf(address);
  return user === null || user === '' ? null : `${field}.user == ${quoted(user)}`;
}

export function narrowTo(filter: string): void {
  useCalls.setState({ filter });
}

/** The row under the cursor, where the page has it. */
export function cursorRow(): CallRow | null {
  const { cursorAt, pages } = useCallPages.getState();
  return cursorAt === null ? null : (rowAt(pages, cursorAt) ?? null);
}
