import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawable } from '../../core/print/drawable.ts';
import { printFiles } from '../../core/print/files.ts';
import { fonts } from '../../core/print/fonts.ts';
import { woffTables } from '../../core/print/woff.ts';

const root = join(import.meta.dirname, '../..');

function tablesOf(bytes: Uint8Array): Map<string, DataView> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Map(
    Array.from({ length: view.getUint16(4) }, (_, index) => {
      const at = 12 + 16 * index;
      const name = String.fromCharCode(...bytes.subarray(at, at + 4));
      return [name, new DataView(bytes.buffer, bytes.byteOffset + view.getUint32(at + 8), view.getUint32(at + 12))];
    }),
  );
}

test.each(['regular', 'semibold', 'mono'] as const)('the %s font is a sound TrueType file', async (name) => {
  const { bytes } = (await fonts())[name];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  expect(sum).toBe(0xb1b0afba);
  const tables = tablesOf(bytes);
  const count = tables.get('maxp')?.getUint16(4) ?? 0;
  const loca = tables.get('loca');
  const glyf = tables.get('glyf');
  expect(loca?.byteLength).toBe(4 * (count + 1));
  expect(loca?.getUint32(4 * count)).toBe(glyf?.byteLength);
  for (let glyph = 0; glyph < count; glyph++) {
    const at = loca?.getUint32(4 * glyph) ?? 0;
    const end = loca?.getUint32(4 * glyph + 4) ?? 0;
    expect(end).toBeGreaterThanOrEqual(at);
    // Made of others: the first of them is there too.
    if (end > at && (glyf?.getInt16(at) ?? 0) < 0) expect(glyf?.getUint16(at + 12)).toBeLessThan(count);
  }
});

test.each([
  ['Latin', 'Anna Ångström Łódź ﬀ'.replace('ﬀ', 'ſ')],
  ['Greek', 'Αθήνα ώρα'],
  ['Cyrillic', 'Їжак Москва Ғ'],
  ['marks that drawings use', '→ ← ● ○ ▲ ◆ · … – “” µ ×'],
  ['the mark for what is missing', '\uFFFD'],
])('%s: every character can be drawn', async (_, text) => {
  const { regular, semibold } = await fonts();
  for (const { characters } of [regular, semibold])
    expect(Array.from(text).filter((character) => !characters.has(character.codePointAt(0) ?? 0))).toEqual([]);
});

test('every mark that the drawing of ladders can write is in the fonts', async () => {
  const { regular } = await fonts();
  const folder = join(root, 'core/ladder');
  const sources = ['arrow-text', 'bands', 'fold', 'gaps', 'head', 'lanes', 'legend', 'repeats', 'words'];
  for (const name of sources) {
    const text = readFileSync(join(folder, `${name}.ts`), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/gu, '');
    expect(drawable(text, regular.characters), name).toBe(text);
  }
});

test('what no font has is seen to be missing, and its marks go with it', async () => {
  const { regular } = await fonts();
  expect(drawable('李 Li', regular.characters)).toBe('\uFFFD Li');
  expect(drawable('עִ', regular.characters)).toBe('\uFFFD');
  expect(drawable('👩‍🚀', regular.characters).startsWith('\uFFFD')).toBe(true);
  expect(drawable('plain <text/>\n', regular.characters)).toBe('plain <text/>\n');
});

test('each file is in its package, and the licences of the fonts are among them', () => {
  for (const source of printFiles.values()) expect(existsSync(join(root, 'node_modules', source)), source).toBe(true);
  for (const name of ['inter-license.txt', 'jetbrains-mono-license.txt'])
    expect(readFileSync(join(root, 'node_modules', printFiles.get(name) ?? ''), 'utf8')).toContain(
      'SIL Open Font License, Version 1.1',
    );
});

test('a file that is no WOFF is told apart', () => {
  expect(() => woffTables(new Uint8Array(64))).toThrow('not a WOFF font');
});
