import type { ColumnSetting, TimeFormat } from '../../state/settings.ts';
import { columnNamed, type CallColumn } from './columns.tsx';

/** Pixels of the column in which calls are ticked. */
export const TICKS = 34;
/** A character in the font of wire text, and the space in a cell on both sides. */
const CHARACTER = 7.3;
const PADDING = 18;

/** A column as it is on the screen. */
export interface ShownColumn {
  readonly column: CallColumn;
  readonly width: number;
  /** It also takes its part of what is left: nobody has made it wider or narrower. */
  readonly grows: boolean;
}

/** The columns of the settings that are known. `dragged`: the one whose edge is being dragged. */
export function shownColumns(
  settings: readonly ColumnSetting[],
  times: TimeFormat,
  dragged: { readonly name: string; readonly width: number } | null,
): readonly ShownColumn[] {
  return settings.flatMap(({ name, width }) => {
    const column = columnNamed(name);
    if (column === null) return [];
    const own = dragged?.name === name ? dragged.width : width;
    return [{ column, width: own ?? widthNow(column, times), grows: own === null && column.grows === true }];
  });
}

function widthNow({ name, width }: CallColumn, times: TimeFormat): number {
  if (name !== 'start' && name !== 'end') return width;
  const characters = times === 'date' ? 26 : times === 'epoch' ? 17 : times === 'relative' ? 12 : 15;
  return Math.ceil(characters * CHARACTER + PADDING);
}

/** For `grid-template-columns`. */
export function templateOf(columns: readonly ShownColumn[]): string {
  const all = columns.map(({ width, grows }) => (grows ? `minmax(${width}px, 1fr)` : `${width}px`));
  // Where nothing grows, what is left stays empty behind the last.
  return [`${TICKS}px`, ...all, ...(columns.some(({ grows }) => grows) ? [] : ['1fr'])].join(' ');
}

/** Pixels that all need at least. */
export function widthOf(columns: readonly ShownColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width, TICKS);
}
