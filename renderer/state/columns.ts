import { settingsAtFirst, useSettings, type ColumnSetting } from './settings.ts';

/** The narrowest and the widest that a column can be made, in pixels. */
export const NARROWEST = 40;
export const WIDEST = 1200;

/** Which columns a list shows: what changes them. */
export interface ColumnChanges {
  /** Puts a column before the one that stands at `to` now; behind all for their number. */
  readonly move: (name: string, to: number) => void;
  /** Pixels, or null for the column's own width. */
  readonly setWidth: (name: string, width: number | null) => void;
  /** Shows a column, or takes it away. One always stays. */
  readonly show: (name: string, shown: boolean) => void;
  readonly reset: () => void;
}

/** Of the setting `key`. A column that comes goes before the one called `wide`, which often ends beyond the window. */
export function columnChanges(key: 'columns' | 'streamColumns', wide: string): ColumnChanges {
  const change = (columns: (before: readonly ColumnSetting[]) => readonly ColumnSetting[]): void => {
    useSettings.setState((state) => ({ [key]: columns(state[key]) }));
  };
  return {
    move: (name, to) =>
      change((before) => {
        const from = before.findIndex((column) => column.name === name);
        const moved = before[from];
        if (moved === undefined || to === from || to === from + 1) return before;
        const rest = before.filter((column) => column !== moved);
        rest.splice(Math.max(0, to > from ? to - 1 : to), 0, moved);
        return rest;
      }),
    setWidth: (name, width) => {
      const kept = width === null ? null : Math.round(Math.max(NARROWEST, Math.min(WIDEST, width)));
      change((before) => before.map((column) => (column.name === name ? { name, width: kept } : column)));
    },
    show: (name, shown) =>
      change((before) => {
        const has = before.some((column) => column.name === name);
        if (shown) {
          const at = before.findIndex((column) => column.name === wide);
          const added = { name, width: null };
          return has ? before : at === -1 ? [...before, added] : before.toSpliced(at, 0, added);
        }
        return before.length === 1 ? before : before.filter((column) => column.name !== name);
      }),
    reset: () => useSettings.setState({ [key]: settingsAtFirst[key] }),
  };
}
