import type { ColumnSetting, TimeFormat } from '../../state/settings.ts';
import type { GridColumn, ShownColumn } from './column.ts';

/** Pixels of the column in which rows are ticked. */
export const TICKS = 34;
/** A character in the font of wire text, and the space in a cell on both sides. */
const CHARACTER = 7.3;
const PADDING = 18;

type Sized = Pick<GridColumn<never, never>, 'name' | 'width' | 'grows'>;

/** The columns of the settings that are known. `dragged`: the one whose edge is being dragged. */
export function shownColumns<Column extends Sized>(
  settings: readonly ColumnSetting[],
  named: (name: string) => Column | null,
  times: TimeFormat,
  dragged: { readonly name: string; readonly width: number } | null,
): readonly ShownColumn<Column>[] {
  return settings.flatMap(({ name, width }) => {
    const column = named(name);
    if (column === null) return [];
    const own = dragged?.name === name ? dragged.width : width;
    return [{ column, width: own ?? widthNow(column, times), grows: own === null && column.grows === true }];
  });
}

function widthNow({ name, width }: Sized, times: TimeFormat): number {
  if (name !== 'start' && name !== 'end') return width;
  const characters = times === 'date' ? 26 : times === 'epoch' ? 17 : times === 'relative' ? 12 : 15;
  return Math.ceil(characters * CHARACTER + PADDING);
}

/** For `grid-template-columns`; `before`: pixels of a column before them all. */
export function templateOf(columns: readonly ShownColumn<unknown>[], before: number): string {
  const all = columns.map(({ width, grows }) => (grows ? `minmax(${width}px, 1fr)` : `${width}px`));
  // Where nothing grows, what is left stays empty behind the last.
  const rest = columns.some(({ grows }) => grows) ? [] : ['1fr'];
  return [...(before === 0 ? [] : [`${before}px`]), ...all, ...rest].join(' ');
}

/** Pixels that all need at least. */
export function widthOf(columns: readonly ShownColumn<unknown>[], before: number): number {
  return columns.reduce((sum, { width }) => sum + width, before);
}
