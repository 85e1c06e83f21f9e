import { describe, expect, test } from 'vitest';
import type { LadderScene } from '../../core/contract/ladder.ts';
import { ladderFormats, type LadderExportOptions } from '../../core/export/index.ts';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { cells } from '../../core/export/cells.ts';
import { hostile } from '../ladder/inputs.ts';
import { markupFaults } from './well-formed.ts';

/** The document that the format of this name writes. */
function written(name: string, one: LadderScene, options: LadderExportOptions = {}): string {
  return ladderFormats.find((format) => format.name === name)?.write(one, options) ?? '';
}

const input = hostile();
const scene = buildLadder(input);
const messages = new Map(
  input.messages.map(({ row, method, reason }) => [
    row,
    `${method ?? reason ?? ''}\r\n\u001B]0;title\u0007\r\n]]><script>alert(1)</script>\u202E\uD800`,
  ]),
);
/** A scene that did not come from buildLadder, and holds texts as they are on the wire. */
const raw = {
  ...scene,
  title: `${input.calls[0]?.why ?? ''}${input.calls[4]?.why ?? ''}`,
  facts: input.calls[1]?.why ?? '',
};

describe.each(ladderFormats)('$name', ({ write }) => {
  test.each([
    ['of a scene', scene],
    ['of a scene that somebody else made', raw],
  ])('holds nothing that acts on a terminal, %s', (_name, one) => {
    const out = write(one, { messages });
    expect(out.replaceAll(/[\n\t]/gu, '')).not.toMatch(/[\p{Cc}\p{Cs}\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/u);
    expect(out.length).toBeLessThan(1_000_000);
  });
});

test.each(['light', 'dark'] as const)('SVG in %s is well-formed and runs nothing', (theme) => {
  for (const one of [scene, raw]) {
    const out = written('svg', one, { theme });
    expect(markupFaults(out)).toStrictEqual([]);
    expect(out).not.toMatch(/<(?:script|foreignObject|image|a|use|style)|href|url\(|\son[a-z]+=/iu);
  }
});

test('HTML is well-formed, forbids itself everything, and shows the messages as text', () => {
  const out = written('html', scene, { messages });
  expect(markupFaults(out, ['meta'])).toStrictEqual([]);
  expect(out).not.toMatch(/<script|<img|<iframe|\son[a-z]+="|href="(?!#)/iu);
  expect(out).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`);
  expect(out).toContain('\\x1b]0;title\\x07\n]]&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\u{202e}\\u{d800}');
});

test('in HTML every arrow leads to its message and back', () => {
  const out = written('html', scene, { messages });
  for (const [row] of messages) {
    for (const part of [`id="a${row}"`, `href="#m${row}"`, `id="m${row}"`, `href="#a${row}"`])
      expect(out.split(part)).toHaveLength(2);
  }
  expect(written('html', scene)).not.toContain('<article');
});

test('Mermaid: every line is one statement of ours, and no text can end it', () => {
  const lines = written('mermaid', scene).trimEnd().split('\n');
  expect(lines.shift()).toBe('sequenceDiagram');
  const words = '(?:[^#;%{}<>&"`$\\\\\\n]|#\\d+;)+';
  const statement = new RegExp(
    `^  (?:title |participant L[12] as |Note over L1(?:,L2)?: |L[12]-{1,2}>>L[12]: )${words}(?:<br/>${words})*$`,
    'u',
  );
  for (const line of lines) {
    expect(line).toMatch(statement);
    expect(line).not.toMatch(/(?::|as|title) *(?:(?:no)?wrap:|end\b)|\bend\b/iu);
  }
});

test('PlantUML: every line is one statement of ours, and no text reaches Creole or the preprocessor', () => {
  const lines = written('plantuml', scene).trimEnd().split('\n');
  const piece = '(?:[^%<>&~\\\\"[\\]{}|!$^`\\n]|<U\\+[0-9A-F]{4}>)+';
  const words = String.raw`${piece}(?:\\n${piece})*`;
  const statement = new RegExp(
    String.raw`^(?:@startuml|@enduml|hide footbox|skinparam \w+ \w+|title ${words}|participant "${words}" as L[12]|note over L1(?:, L2)? : ${words}|L1 -{1,2}\[#[0-9a-f]{6}\]> L2 : ${words})$`,
    'u',
  );
  for (const line of lines) {
    expect(line).toMatch(statement);
    expect(line).not.toMatch(/\*\*|\/\/|__|~~|""|\/'/u);
  }
});

test('Markdown: the table keeps its columns, the fence its end, and text stands in code spans', () => {
  const out = written('markdown', scene);
  const rows = out.split('\n').filter((line) => line.startsWith('| '));
  // Head, rule and messages; head, rule and the one stream.
  expect(rows).toHaveLength(2 + 36 + 3);
  for (const [at, row] of rows.entries())
    expect(row.replaceAll(String.raw`\|`, '').split('|')).toHaveLength(at < 2 + 36 ? 10 : 14);
  const fences = out.split('\n').filter((line) => /^`{3,}/u.test(line));
  expect(fences).toHaveLength(2);
  expect(fences[0]).toBe(`${fences[1] as string}text`);
  // Only a table takes the backslash of \\| away.
  const spans = out.slice(0, out.indexOf('\n``')).match(/(?<!`)(?<ticks>`+)(?!`).*?(?<!`)\k<ticks>(?!`)/gu) ?? [];
  expect(spans.some((span) => span.includes('|'))).toBe(true);
  expect(spans.join('')).not.toContain(String.raw`\|`);
  // What is left without escaped characters, code spans and our own bold.
  const prose = out
    .slice(0, out.indexOf('\n``'))
    .replaceAll(/\\./gu, '')
    .replaceAll(/(?<!`)(?<ticks>`+)(?!`).*?(?<!`)\k<ticks>(?!`)/gu, '')
    .replaceAll(/\*\*[A-Z]\w+\*\*/gu, '');
  expect(prose).not.toMatch(/<(?!!-- -->)|@\w|#\d|[*_`[\]]|:\/\/(?<!>:\/\/)/u);
});

test('JSON reads back as what went in', () => {
  const read = JSON.parse(written('json', scene, { messages })) as { scene: unknown; messages: Record<string, string> };
  expect(read.scene).toStrictEqual(scene);
  expect(read.messages['0']).toBe(messages.get(0));
});

test.each([40, 80, 120, 200])('text of %i columns has no longer line', (width) => {
  for (const ascii of [true, false]) {
    const lines = written('text', scene, { width, ascii }).split('\n');
    expect(Math.max(...lines.map(cells))).toBeLessThanOrEqual(width);
    expect(ascii ? lines.join('').replaceAll(/[ -~]/gu, '') : '').toBe('');
  }
});
