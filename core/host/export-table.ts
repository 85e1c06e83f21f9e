import { utf8 } from '../bytes/text.ts';
import type { TableExport } from '../contract/api.ts';
import type { Answering } from '../contract/channel.ts';
import { csvHeader, csvRow } from '../export/csv.ts';
import { jsonText } from '../export/escape.ts';
import { ndjsonRow } from '../export/ndjson.ts';
import { Table } from '../export/table.ts';
import type { Column, Tone } from '../export/column.ts';
import { ContractError } from '../contract/api.ts';

/** Characters collected before they are sent. */
const CHUNK = 256 << 10;
/** Rows that decide how wide a table's columns are; later ones that need more are cut, which a pipe would not want: see `width`. */
const SAMPLE = 1000;

/** Colours of a terminal. */
const codes: Readonly<Record<Tone, readonly [number, number]>> = {
  good: [32, 39],
  info: [36, 39],
  warn: [33, 39],
  bad: [31, 39],
  muted: [2, 22],
  strong: [1, 22],
};

/** What is exported: `count` rows, made one at a time when they are written. */
export interface Exported<Row> {
  readonly rows: Iterable<Row>;
  readonly columns: readonly Column<Row>[];
  readonly cells: readonly Column<Row>[];
}

/** Writes rows in the format asked for, in chunks, and says how many there were. */
export async function exportRows<Row>(
  what: Exported<Row>,
  options: TableExport,
  answering: Answering,
): Promise<number> {
  const writer = new ChunkWriter(answering);
  let count = 0;
  switch (options.format) {
    case 'ndjson':
      for (const row of what.rows) {
        count += 1;
        if (writer.add(ndjsonRow(row))) await writer.flush();
      }
      break;
    case 'json':
      writer.add('[');
      for (const row of what.rows) {
        count += 1;
        if (writer.add(`${count === 1 ? '' : ','}\n${jsonText(row)}`)) await writer.flush();
      }
      writer.add(count === 0 ? ']\n' : '\n]\n');
      break;
    case 'csv':
      writer.add(csvHeader(what.cells));
      for (const row of what.rows) {
        count += 1;
        if (writer.add(csvRow(what.cells, row))) await writer.flush();
      }
      break;
    case 'table':
      count = await exportTable(what, options, writer);
      break;
    default:
      throw new ContractError('bad-request', 'there is no such table format');
  }
  await writer.flush();
  return count;
}

async function exportTable<Row>(what: Exported<Row>, options: TableExport, writer: ChunkWriter): Promise<number> {
  const paint = (tone: Tone, text: string): string => `\u001B[${codes[tone][0]}m${text}\u001B[${codes[tone][1]}m`;
  let count = 0;
  const rows = what.rows[Symbol.iterator]();
  const table = new Table(what.columns, first(rows, SAMPLE), {
    ...(options.width === undefined ? {} : { width: options.width }),
    ...(options.colour === true ? { paint } : {}),
  });
  writer.add(table.header());
  for (const line of table.sampled()) {
    count += 1;
    if (writer.add(line)) await writer.flush();
  }
  for (let next = rows.next(); next.done !== true; next = rows.next()) {
    count += 1;
    if (writer.add(table.row(next.value))) await writer.flush();
  }
  return count;
}

/** At most `count` of what comes next. */
function* first<Item>(items: Iterator<Item>, count: number): Generator<Item> {
  for (let taken = 0; taken < count; taken++) {
    const next = items.next();
    if (next.done === true) return;
    yield next.value;
  }
}

class ChunkWriter {
  private readonly answering: Answering;
  private text = '';

  constructor(answering: Answering) {
    this.answering = answering;
  }

  /** Takes text; true when it is time to flush. */
  add(text: string): boolean {
    this.text += text;
    return this.text.length >= CHUNK;
  }

  async flush(): Promise<void> {
    if (this.text === '') return;
    const bytes = utf8(this.text);
    this.text = '';
    await this.answering.chunk(bytes);
  }
}
