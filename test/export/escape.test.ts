import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  csvCell,
  jsonText,
  markdownCell,
  markdownCode,
  markdownFence,
  markdownText,
  mermaid,
  plantuml,
  terminal,
  xml,
} from '../../core/export/escape.ts';
import { markupFaults } from './well-formed.ts';

describe('CSV', () => {
  test.each([
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['+61390001234', "'+61390001234"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\\t=1"],
    ['\r=1', "'\\r=1"],
    ['＝1+1', "'＝1+1"],
    ['a,b', 'a,b'],
    ['say "hi"', 'say "hi"'],
    ['a;b', 'a;b'],
    ['plain', 'plain'],
    [' lead', ' lead'],
    ['two\nlines', 'two\\nlines'],
  ])('%j is read by a spreadsheet as %j', (value, read) => {
    expect(unquoted(csvCell(value))).toBe(read);
  });

  test('numbers, booleans and nothing are our own and stay', () => {
    expect([-1, 0.5, true, null].map(csvCell)).toStrictEqual(['-1', '0.5', 'true', '']);
  });

  test('whatever comes in is one cell on one line, and never a formula', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const cell = csvCell(value);
        expect(cell).not.toMatch(/[\r\n\t]/u);
        expect(cell).toMatch(/^(?:[^",]*|"(?:[^"]|"")*")$/u);
        expect(unquoted(cell)).not.toMatch(/^[=+\-@＝＋－＠]/u);
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});

function unquoted(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

const spiced = fc.oneof(
  fc.constantFrom(
    '<',
    '>',
    '&',
    '"',
    "'",
    ']]>',
    '`',
    '```',
    '|',
    '\\',
    '\n',
    '\r\n',
    '#',
    ';',
    '%%',
    '**',
    '//',
    '~~',
    '@',
    '=',
    '\0',
    '\uD800',
    '\u202E',
    'end',
    ' ',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const anything = fc.array(spiced, { maxLength: 12 }).map((parts) => parts.join(''));
const runs = { seed: 12, numRuns: 500 };

test('XML: any text is well-formed content and attribute', () => {
  fc.assert(
    fc.property(anything, (value) => {
      expect(markupFaults(`<t a="${xml(value)}">${xml(value)}</t>`)).toStrictEqual([]);
    }),
    runs,
  );
});

test('JSON: any value reads back, on one line that is safe to print', () => {
  fc.assert(
    fc.property(anything, (value) => {
      const out = jsonText({ [value]: value });
      expect(JSON.parse(out)).toStrictEqual({ [value]: value });
      expect(out).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\u200B\uFEFF]/u);
    }),
    runs,
  );
  expect(jsonText(undefined)).toBe('null');
});

function entity(_all: string, code: string): string {
  return String.fromCodePoint(Number(code));
}

function unicode(_all: string, code: string): string {
  return String.fromCodePoint(Number.parseInt(code, 16));
}

test('Mermaid and PlantUML: any text stays on its line and reads back', () => {
  fc.assert(
    fc.property(anything, (value) => {
      const shown = terminal(value).trim();
      expect(mermaid(value).replaceAll(/#(?<code>\d+);/gu, entity)).toBe(shown);
      expect(plantuml(value).replaceAll(/<U\+(?<code>[0-9A-F]+)>/gu, unicode)).toBe(shown);
    }),
    runs,
  );
});

test('a text that Mermaid would take for an instruction to wrap is none', () => {
  expect(mermaid('wrap: text')).toBe('#8203;wrap: text');
  expect(mermaid('end of the bend')).toBe('#101;nd of the bend');
});

test('Markdown: a code span ends where it should, and a fence is longer than what it holds', () => {
  expect(markdownCode('a`b')).toBe('``a`b``');
  expect(markdownCode('`a')).toBe('`` `a ``');
  expect(markdownCode('a|b')).toBe('`a|b`');
  expect(markdownCell('a|b')).toBe('`a\\|b`');
  expect(markdownCode(' ')).toBe('');
  expect(markdownFence('a ```` b')).toBe('`````');
  expect(markdownFence('')).toBe('```');
});

test('Markdown: a sentence is text and nothing else', () => {
  expect(markdownText('**b** <i> @all #12 [x](y) https://evil.example a|b')).toBe(
    String.raw`\*\*b\*\* &lt;i&gt; @<!-- -->all #<!-- -->12 \[x\](y) https<!-- -->://evil.example a\|b`,
  );
});

test.each(['#1 INVITE', '* x', '= x', '  # x'])('PlantUML: “%s” begins no list and no heading', (text) => {
  expect(plantuml(text)).toMatch(/^<U\+00(?:23|2A|3D)>/u);
});
