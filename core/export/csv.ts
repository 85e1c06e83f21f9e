import type { Column } from './column.ts';
import { csvCell } from './escape.ts';

/** First line of a CSV table (RFC 4180), with its line end. */
export function csvHeader<Row>(columns: readonly Column<Row>[]): string {
  return `${columns.map(({ name }) => csvCell(name)).join(',')}\r\n`;
}

/** One row of it, with its line end. */
export function csvRow<Row>(columns: readonly Column<Row>[], row: Row): string {
  return `${columns.map(({ cell }) => csvCell(cell(row))).join(',')}\r\n`;
}

/** A whole CSV table. */
export function csv<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): string {
  let out = csvHeader(columns);
  for (const row of rows) out += csvRow(columns, row);
  return out;
}
