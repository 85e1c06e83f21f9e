import { jsonText } from './escape.ts';

/** One row as JSON on a line of its own, line end included. `undefined` in it is left out, as in all JSON. */
export function ndjsonRow(row: unknown): string {
  return `${jsonText(row)}\n`;
}

/** All rows, one JSON value per line. */
export function ndjson(rows: Iterable<unknown>): string {
  let out = '';
  for (const row of rows) out += ndjsonRow(row);
  return out;
}
