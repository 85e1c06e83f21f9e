import { settingsAtFirst, useSettings, type ColumnSetting } from '../../state/settings.ts';

/** The narrowest and the widest that a column can be made, in pixels. */
export const NARROWEST = 40;
export const WIDEST = 1200;
/** Columns of headers at most; the host answers no more. */
const MOST_HEADERS = 32;

function change(columns: (before: readonly ColumnSetting[]) => readonly ColumnSetting[]): void {
  useSettings.setState((state) => ({ columns: columns(state.columns) }));
}

/** Puts a column before the one that stands at `to` now; behind all for their number. */
export function moveColumn(name: string, to: number): void {
  change((before) => {
    const from = before.findIndex((column) => column.name === name);
    const moved = before[from];
    if (moved === undefined || to === from || to === from + 1) return before;
    const rest = before.filter((column) => column !== moved);
    rest.splice(Math.max(0, to > from ? to - 1 : to), 0, moved);
    return rest;
  });
}

/** Pixels, or null for the column's own width. */
export function setColumnWidth(name: string, width: number | null): void {
  const wide = width === null ? null : Math.round(Math.max(NARROWEST, Math.min(WIDEST, width)));
  change((before) => before.map((column) => (column.name === name ? { name, width: wide } : column)));
}

/** Shows a column, before the strip of life, which is wide and often ends beyond the window; or takes it away. One always stays. */
export function showColumn(name: string, shown: boolean): void {
  change((before) => {
    const has = before.some((column) => column.name === name);
    if (shown) {
      const life = before.findIndex((column) => column.name === 'life');
      const added = { name, width: null };
      return has ? before : life === -1 ? [...before, added] : before.toSpliced(life, 0, added);
    }
    return before.length === 1 ? before : before.filter((column) => column.name !== name);
  });
}

export function resetColumns(): void {
  useSettings.setState({ columns: settingsAtFirst.columns });
}

/** The name of a column for this header; null for what can't be one (RFC 3261 25.1: token) or is one too many. */
export function headerColumn(typed: string): string | null {
  const name = typed.trim().replace(/:$/u, '');
  if (!/^[\w\-.!%*+`'~]{1,100}$/u.test(name)) return null;
  const headers = useSettings.getState().columns.filter((column) => column.name.startsWith('header:'));
  return headers.length < MOST_HEADERS ? `header:${name}` : null;
}
