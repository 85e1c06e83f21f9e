import { expect, test } from 'vitest';
import { cells, fitCells, padCells, wrapCells } from '../../core/export/cells.ts';
import type { Column } from '../../core/export/column.ts';
import { csv } from '../../core/export/csv.ts';
import { ndjson } from '../../core/export/ndjson.ts';
import { Table, table } from '../../core/export/table.ts';

interface Row {
  readonly id: number;
  readonly from: string;
  readonly state: string;
  readonly ms: number | null;
}

const columns: readonly Column<Row>[] = [
  { name: 'id', title: 'Id', align: 'right', cell: ({ id }) => id },
  { name: 'from', title: 'From', least: 6, cell: ({ from }) => from },
  {
    name: 'state',
    title: 'State',
    cell: ({ state }) => state,
    tone: ({ state }) => (state === 'failed' ? 'bad' : null),
  },
  { name: 'ms', title: 'Setup', align: 'right', cell: ({ ms }) => ms },
];
const rows: readonly Row[] = [
  { id: 1, from: '1002@example.com', state: 'completed', ms: 508.6 },
  { id: 12, from: '佐藤 \u001B[31m', state: 'failed', ms: null },
  { id: 3, from: '=1+1', state: 'busy', ms: -4 },
];

test('columns are as wide as their data, wide characters count twice, no line ends with blanks', () => {
  expect(table(columns, rows)).toBe(
    [
      'Id  From              State      Setup',
      ' 1  1002@example.com  completed  508.6',
      '12  佐藤 \\x1b[31m     failed',
      ' 3  =1+1              busy          -4',
      '',
    ].join('\n'),
  );
});

test('what may give way does until the terminal is wide enough', () => {
  const lines = table(columns, rows, { width: 32 }).trimEnd().split('\n');
  expect(lines[1]).toBe(' 1  1002@exam…  completed  508.6');
  for (let width = 20; width < 60; width++) {
    for (const line of table(columns, rows, { width }).split('\n')) expect(cells(line)).toBeLessThanOrEqual(width);
  }
});

test('colour comes from outside and goes around harmless text only', () => {
  const painted = table(columns, rows, { paint: (tone, text) => `<${tone}>${text}</${tone}>` });
  expect(painted).toContain('<bad>failed</bad>');
  expect(painted).toContain('<muted>From</muted>');
});

test('lines without colours are those that colours would be put into, whatever the texts hold', () => {
  const texts = [
    'plain',
    '',
    ' leading',
    'trailing ',
    'é',
    '佐藤',
    '\u001B[31m',
    '\u00A0',
    'a\u0301',
    '=1+1',
    'x'.repeat(200),
  ];
  const all = texts.flatMap((from) => texts.map((state, id) => ({ id, from, state, ms: id === 3 ? null : id / 3 })));
  expect(table(columns, all)).toBe(table(columns, all, { paint: (_tone, text) => text }));
  for (const row of all) expect(table(columns, [row])).toBe(table(columns, [row], { paint: (_tone, text) => text }));
});

test('in a terminal rows that came later are cut to the widths of those seen first', () => {
  const made = new Table(columns, rows.slice(0, 1), { width: 80 });
  expect(made.row({ id: 1, from: 'x'.repeat(100), state: 's', ms: 1 })).toBe(
    ` 1  ${'x'.repeat(15)}…  s              1\n`,
  );
});

test('in a pipe or a file nothing is cut: what is too long pushes the rest of its line', () => {
  const made = new Table(columns, rows.slice(0, 1));
  expect(made.row({ id: 1, from: 'x'.repeat(100), state: 's', ms: 1 })).toBe(
    ` 1  ${'x'.repeat(100)}  s              1\n`,
  );
  const long = { id: 2, from: 'y'.repeat(5000), state: 's', ms: 1 };
  const few = columns.map((column) => ({ ...column, most: 4 }));
  const lines = table(few, [...rows, long])
    .trimEnd()
    .split('\n');
  expect(lines[1]).toContain('1002@example.com  completed');
  expect(lines.at(-1)).toContain(long.from);
  // One huge cell does not push every other line.
  expect(Math.max(...lines.slice(0, -1).map(cells))).toBeLessThan(300);
});

/** As wide as 100 cells: 4, 16, 20, 12, 10, 26 and the gaps between them. */
const ranked: readonly Column<null>[] = [
  { name: 'frame', title: 'F', cell: () => '1234' },
  { name: 'from', title: 'From', cell: () => 'a'.repeat(16), least: 8 },
  { name: 'state', title: 'State', cell: () => 's'.repeat(20) },
  { name: 'ring', title: 'Ring', cell: () => 'r'.repeat(12), drop: 1 },
  { name: 'hops', title: 'Hops', cell: () => 'h'.repeat(10), drop: 2 },
  { name: 'callId', title: 'Call-ID', cell: () => 'c'.repeat(26), least: 10 },
];

test.each([
  [120, `1234  ${'a'.repeat(16)}  ${'s'.repeat(20)}  ${'r'.repeat(12)}  ${'h'.repeat(10)}  ${'c'.repeat(26)}`],
  [80, `1234  ${'a'.repeat(11)}…  ${'s'.repeat(20)}  ${'r'.repeat(12)}  ${'h'.repeat(10)}  ${'c'.repeat(11)}…`],
  [60, `1234  ${'a'.repeat(14)}…  ${'s'.repeat(20)}  ${'c'.repeat(14)}…`],
  [36, `1234  aaaaaaa…  ${'s'.repeat(7)}…  ccccccccc…`],
  [20, '12…  aaaaaaa…  ss…  ccccccccc…'],
] as const)('at %i columns what may give way does, then what may be left out, then the rest', (width, line) => {
  const lines = table(ranked, [null], { width }).split('\n');
  expect(lines[1]).toBe(line);
  expect(lines[0]?.includes('Hops')).toBe(line.includes('h'));
});

test('the column with the highest drop goes first, and room that it leaves is given back', () => {
  const lines = table(ranked, [null], { width: 66 }).split('\n');
  expect(lines[0]).toMatch(/^F +From +State +Ring +Call-ID$/u);
  expect(cells(lines[1] ?? '')).toBe(66);
});

test('CSV has a header, CRLF, quotes where needed, and no formula', () => {
  expect(csv(columns, rows)).toBe(
    'id,from,state,ms\r\n1,1002@example.com,completed,508.6\r\n12,佐藤 \\x1b[31m,failed,\r\n3,"\'=1+1",busy,-4\r\n',
  );
});

test('NDJSON is one value per line', () => {
  expect(ndjson([{ a: '\u009B' }, null])).toBe('{"a":"\\u009b"}\nnull\n');
});

test('cells are counted as a terminal shows them', () => {
  expect(cells('e\u0301佐😀a')).toBe(6);
  expect(fitCells('佐藤花子', 5)).toBe('佐藤…');
  expect(fitCells('abc', 0)).toBe('');
  expect(padCells('ab', 5, 'middle')).toBe(' ab  ');
  expect(wrapCells('aa bb 2001:db8::1', 6)).toStrictEqual(['aa bb', '2001:', 'db8::1']);
  expect(wrapCells('', 6)).toStrictEqual([]);
});
