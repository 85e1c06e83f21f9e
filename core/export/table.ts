import { cells, fitCells, padCells } from './cells.ts';
import type { Cell, Column, Tone } from './column.ts';
import { isPlain, terminal } from './escape.ts';

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

/** A row as texts, one for each column. */
interface Written<Row> {
  readonly texts: readonly string[];
  /** Each text takes as many cells as it has characters. */
  readonly isEven: boolean;
  /** Where its colours are asked for. */
  readonly row: Row | null;
}

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
  private readonly sample: Written<Row>[] = [];

  /** @param sample rows that decide the widths: all that will be shown, or enough of them; longer cells are then cut, or push their line where there is no width. */
  constructor(columns: readonly Column<Row>[], sample: Iterable<Row>, options: TableOptions = {}) {
    this.columns = columns;
    this.paint = options.paint ?? null;
    const width = options.width ?? 0;
    this.cuts = width > 0;
    const widths = columns.map(({ title }) => cells(title));
    for (const row of sample) {
      const written = this.written(row);
      this.sample.push(written);
      for (let at = 0; at < columns.length; at++) {
        const text = written.texts[at] as string;
        const wide = written.isEven ? text.length : cells(text);
        const counts = this.cuts ? Math.min(wide, columns[at]?.most ?? MOST) : wide > MOST_PADDED ? 0 : wide;
        if (counts > (widths[at] as number)) widths[at] = counts;
      }
    }
    this.widths = this.cuts ? narrowed(columns, widths, width) : widths;
  }

  header(): string {
    const titles = this.columns.map(({ title }) => title);
    return this.paintedLine(titles, () => 'muted');
  }

  /** The lines of the rows it was made with. */
  *sampled(): Generator<string> {
    for (const written of this.sample) yield this.line(written);
  }

  row(row: Row): string {
    return this.line(this.written(row));
  }

  private written(row: Row): Written<Row> {
    const texts: string[] = [];
    let isEven = true;
    for (const column of this.columns) {
      const cell = column.cell(row);
      if (typeof cell === 'string' && !isPlain(cell)) {
        const text = terminal(cell);
        isEven &&= cells(text) === text.length;
        texts.push(text);
      } else texts.push(plainText(cell));
    }
    // The row itself is only kept where it is needed: of many, they would be most of what is held.
    return { texts, isEven, row: this.paint === null ? null : row };
  }

  private line({ texts, isEven, row }: Written<Row>): string {
    if (isEven && !this.cuts && this.paint === null) return this.evenLine(texts);
    return this.paintedLine(texts, ({ tone }) => (row === null ? null : (tone?.(row) ?? null)));
  }

  /** The same as `paintedLine`, for the usual case. */
  private evenLine(texts: readonly string[]): string {
    const parts: string[] = [];
    for (let at = 0; at < texts.length; at++) {
      const text = texts[at] as string;
      const width = this.widths[at] as number;
      parts.push((this.columns[at] as Column<Row>).align === 'right' ? text.padStart(width) : text.padEnd(width));
    }
    return `${parts.join(GAP).trimEnd()}\n`;
  }

  private paintedLine(texts: readonly string[], toneOf: (column: Column<Row>) => Tone | null): string {
    let out = '';
    let blanks = '';
    for (let at = 0; at < this.columns.length; at++) {
      const column = this.columns[at] as Column<Row>;
      const width = this.widths[at] as number;
      if (width < 0 || (width === 0 && this.cuts)) continue;
      const whole = texts[at] as string;
      const text = this.cuts ? fitCells(whole, width) : whole;
      const padded = padCells(text, width, column.align ?? 'left');
      const body = padded.trimEnd();
      // Blanks wait until something follows them: no line ends with any.
      if (body !== '') {
        const tone = this.paint === null ? null : toneOf(column);
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
  return made.header() + [...made.sampled()].join('');
}

function plainText(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (cell === null) return '';
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
