import type { CallSortName } from '../../../core/contract/api.ts';
import { useCalls } from '../../state/calls.ts';
import type { CallColumn } from './columns.tsx';

/** Of what is counted or lasts, the most is looked for. */
const mostFirst: ReadonlySet<CallSortName> = new Set<CallSortName>([
  'ringing',
  'setup',
  'talk',
  'messages',
  'hops',
  'retransmissions',
  'findings',
  'finalStatus',
]);

/** Sorts the list by a column; the other way round where it is sorted by it already. */
export function sortBy({ sort: by }: Pick<CallColumn, 'sort'>): void {
  if (by === null) return;
  useCalls.setState(({ sort }) => ({
    sort: { by, descending: sort.by === by ? !sort.descending : mostFirst.has(by) },
  }));
}

export function sortAs({ sort: by }: Pick<CallColumn, 'sort'>, descending: boolean): void {
  if (by !== null) useCalls.setState({ sort: { by, descending } });
}
