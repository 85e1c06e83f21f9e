import type { Aliases, Field } from './field.ts';
import { kindText, operatorsOf } from './field.ts';
import { topics } from './fields.ts';

/** All fields as Markdown tables by topic, for docs/filter.md: names, other tools' names, meaning, example. */
export function fieldTable(): string {
  return topics.map(({ title, fields }) => `### ${title}\n\n${markdown([HEAD, ...fields.map(cells)])}`).join('\n\n');
}

const HEAD = ['Field', 'Meaning', 'Is', 'Case counts', 'Short, sngrep', 'Wireshark', 'Kamailio', 'Example'];

function cells(field: Field): readonly string[] {
  const { aliases } = field;
  const hasCase = field.kind === 'text' || field.kind === 'word';
  return [
    code(field.name),
    escaped(field.about),
    kindText(field),
    hasCase ? (field.exact === true ? 'yes' : 'no') : '',
    names(aliases, ['short', 'sngrep']),
    names(aliases, ['wireshark']),
    names(aliases, ['kamailio']),
    code(field.example),
  ];
}

function names(aliases: Aliases, families: readonly (keyof Aliases)[]): string {
  return families
    .flatMap((family) => aliases[family] ?? [])
    .map(code)
    .join(' ');
}

function code(text: string): string {
  return `\`${escaped(text)}\``;
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** Operators by kind as a Markdown table. */
export function operatorTable(): string {
  const seen = new Map<string, Field>();
  for (const topic of topics) for (const field of topic.fields) if (!seen.has(field.kind)) seen.set(field.kind, field);
  const rows = [...seen.values()].map((field) => [kindText(field), operatorsOf(field).map(code).join(' ')]);
  return markdown([['A field that is', 'goes with'], ...rows]);
}

/** A table, head first, its columns padded as prettier does. */
function markdown(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = rows;
  const widths = head.map((_, i) => Math.max(3, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n');
}
