/** What may stand in a table's cell. Numbers and booleans are our own reckoning, text may come from a capture. */
export type Cell = string | number | boolean | null;

/** A column of a table, for all formats that have columns. */
export interface Column<Row> {
  /** For programs: `callId`. */
  readonly name: string;
  /** For people: `Call-ID`. */
  readonly title: string;
  readonly cell: (row: Row) => Cell;
  /** Default left. */
  readonly align?: 'left' | 'right';
  /** Widest in cells of a terminal; 60 without. Counts nothing in a pipe or a file, where no cell is cut. */
  readonly most?: number;
  /** How narrow it may become, and never narrower; columns with this give way first, those without it last. */
  readonly least?: number;
  /** Where the table does not fit, the column with the highest is left out first. Columns without are never left out. */
  readonly drop?: number;
  /** What the cell's colour says, null for none; the painter knows which colour that is. */
  readonly tone?: (row: Row) => Tone | null;
}

export type Tone = 'good' | 'info' | 'warn' | 'bad' | 'muted' | 'strong';
