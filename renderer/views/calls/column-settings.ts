import { columnChanges } from '../../state/columns.ts';
import { useSettings } from '../../state/settings.ts';

/** Columns of headers at most; the host answers no more. */
const MOST_HEADERS = 32;

/** Of the list of calls; what is added stands before the strip of life, which is wide. */
export const callColumnChanges = columnChanges('columns', 'life');
export const { move: moveColumn, setWidth: setColumnWidth, show: showColumn } = callColumnChanges;

/** The name of a column for this header; null for what can't be one (RFC 3261 25.1: token) or is one too many. */
export function headerColumn(typed: string): string | null {
  const name = typed.trim().replace(/:$/u, '');
  if (!/^[\w\-.!%*+`'~]{1,100}$/u.test(name)) return null;
  const headers = useSettings.getState().columns.filter((column) => column.name.startsWith('header:'));
  return headers.length < MOST_HEADERS ? `header:${name}` : null;
}
