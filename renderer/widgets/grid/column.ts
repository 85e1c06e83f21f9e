import type { ReactNode } from 'react';

/** A column of a list whose rows stay in the host. */
export interface GridColumn<Row, Context> {
  readonly name: string;
  readonly title: string;
  /** For the column chooser: what it is. */
  readonly about: string;
  readonly width: number;
  /** It takes its part of what is left of the window. */
  readonly grows?: boolean;
  readonly align?: 'right';
  readonly mono?: boolean;
  /** Null where there is nothing to sort by. */
  readonly sort: string | null;
  readonly text: (row: Row, context: Context) => string;
  /** Where the cell is more than its text. */
  readonly cell?: (row: Row, context: Context) => ReactNode;
  /** Longer, for the tooltip; the text itself without. */
  readonly hint?: (row: Row, context: Context) => string;
  /** The cell is a drawing: its text is its name. */
  readonly drawn?: boolean;
}

/** What heads and the chooser have to know of a column. */
export type ColumnHead = Pick<GridColumn<never, never>, 'name' | 'title' | 'about' | 'align' | 'sort'>;

/** A column as it is on the screen. */
export interface ShownColumn<Column> {
  readonly column: Column;
  readonly width: number;
  /** It also takes its part of what is left: nobody has made it wider or narrower. */
  readonly grows: boolean;
}
