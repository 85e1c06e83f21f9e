import { cells, fitCells, padCells } from './cells.ts';
import type { Cell, Column, Tone } from './column.ts';
import { terminal } from './escape.ts';

export interface TableOptions {
  /** Columns of the terminal; 0 or nothing: as wide as the data, for pipes and files, and nothing is cut. */
  readonly width?: number;
  /** Colours a cell; gets text that is already harmless and padded. Without, nothing is coloured. */
  readonly paint?: (tone: Tone, text: string) => string;
}

const MOST = 60;
const GAP = '  ';
/** No column becomes narrower than this. */
const CRUMB = 3;
/** Cells longer than this make no column of a pipe or file wider: one of them would push every line. */
const MOST_PADDED = 160;

/**
 * Widths of a table's columns, and the lines made with them. Widths are those of the rows it was made with. Where a
 * terminal is too narrow, columns with a `least` become narrower, then those with a `drop` are left out, then those
 * without `least` become narrower; a line may be longer than the terminal where all that is not enough.
 */
export class Table<Row> {
  private readonly columns: readonly Column<Row>[];
  /** -1 is left out. */
  private readonly widths: readonly number[];
  private readonly cuts: boolean;
  private readonly paint: NonNullable<TableOptions['paint']> | null;

  /** @param sample rows that decide the widths: all that will be shown, or enough of them; longer cells are then cut, or push their line where there is no width. */
  constructor(columns: readonly Column<Row>[], sample: Iterable<Row>, options: TableOptions = {}) {
    this.columns = columns;
    this.paint = options.paint ?? null;
    const width = options.width ?? 0;
    this.cuts = width > 0;
    const widths = columns.map(({ title }) => cells(title));
    for (const row of sample) {
      for (let at = 0; at < columns.length; at++) {
        const { cell, most } = columns[at] as Column<Row>;
        const wide = cells(written(cell(row)));
        const counts = this.cuts ? Math.min(wide, most ?? MOST) : wide > MOST_PADDED ? 0 : wide;
        widths[at] = Math.max(widths[at] as number, counts);
      }
    }
    this.widths = this.cuts ? narrowed(columns, widths, width) : widths;
  }

  header(): string {
    return this.line(
      (column) => column.title,
      () => 'muted',
    );
  }

  row(row: Row): string {
    return this.line(
      ({ cell }) => written(cell(row)),
      ({ tone }) => tone?.(row) ?? null,
    );
  }

  private line(textOf: (column: Column<Row>) => string, toneOf: (column: Column<Row>) => Tone | null): string {
    let out = '';
    let blanks = '';
    for (let at = 0; at < this.columns.length; at++) {
      const column = this.columns[at] as Column<Row>;
      const width = this.widths[at] as number;
      if (width < 0 || (width === 0 && this.cuts)) continue;
      const text = this.cuts ? fitCells(textOf(column), width) : textOf(column);
      const padded = padCells(text, width, column.align ?? 'left');
      const body = padded.trimEnd();
      // Blanks wait until something follows them: no line ends with any.
      if (body !== '') {
        const tone = toneOf(column);
        out += blanks + (tone === null || this.paint === null ? body : this.paint(tone, body));
        blanks = '';
      }
      blanks += padded.slice(body.length) + GAP;
    }
    return `${out}\n`;
  }
}

/** A whole table with its header, a line each; only the header where there are no rows. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], options: TableOptions = {}): string {
  const made = new Table(columns, rows, options);
  return made.header() + rows.map((row) => made.row(row)).join('');
}

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return terminal(cell);
  return typeof cell === 'boolean' ? (cell ? 'yes' : '') : String(cell);
}

/** Widths with which the table fits, as far as that can be had; -1 for a column that is left out. */
function narrowed<Row>(columns: readonly Column<Row>[], wanted: readonly number[], width: number): number[] {
  const full = [...wanted];
  const least = (column: number): number => columns[column]?.least ?? Infinity;
  for (;;) {
    const widths = [...full];
    const rest = take(widths, lengthOf(widths) - width, least);
    if (rest === 0) return widths;
    const next = droppable(columns, full);
    if (next < 0) {
      take(widths, rest, (column) => (columns[column]?.least === undefined ? CRUMB : Infinity));
      return widths;
    }
    full.splice(next, 1, -1);
  }
}

function lengthOf(widths: readonly number[]): number {
  let length = -GAP.length;
  for (const width of widths) if (width > 0) length += width + GAP.length;
  return length;
}

/** Which column is the next to be left out, -1 for none; of equals the last one. */
function droppable<Row>(columns: readonly Column<Row>[], widths: readonly number[]): number {
  let next = -1;
  let highest = -Infinity;
  for (let at = 0; at < columns.length; at++) {
    const { drop } = columns[at] as Column<Row>;
    if (drop === undefined || (widths[at] as number) < 0 || drop < highest) continue;
    next = at;
    highest = drop;
  }
  return next;
}

/** Makes the widest column that may give way narrower, again and again; returns how much is still too much. */
function take(widths: number[], over: number, least: (column: number) => number): number {
  for (let rest = over; rest > 0; rest--) {
    let widest = -1;
    for (let at = 0; at < widths.length; at++) {
      if ((widths[at] as number) <= least(at)) continue;
      if (widest < 0 || (widths[at] as number) > (widths[widest] as number)) widest = at;
    }
    if (widest < 0) return rest;
    widths.splice(widest, 1, (widths[widest] as number) - 1);
  }
  return 0;
}
