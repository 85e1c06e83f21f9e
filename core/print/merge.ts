import { charactersOf, Glyphs, renumbered, tableOf, viewOf, type Glyph } from './glyphs.ts';
import { markGlyphs } from './marks.ts';
import { namesIn } from './names.ts';
import { sfnt } from './sfnt.ts';
import type { FontTables } from './woff.ts';

/** A font that can draw all these characters. */
export interface MergedFont {
  /** A TrueType file. */
  readonly bytes: Uint8Array;
  readonly characters: ReadonlySet<number>;
}

/** Fields of `maxp` from the number of glyphs on: of several fonts each takes the highest. */
const MAXP_FIELDS = 13;

/**
 * One font of several that hold parts of the same one: what a character looks like says the first that has it. Measures
 * are those of the first, and so are names, but for that of the family. What joins and moves glyphs (kerning, ligatures) is left out: text is as wide as the sum of its
 * characters, which is how room was reckoned, and `->` in a message stays two characters.
 */
export function mergeFonts(parts: readonly FontTables[], family: string): MergedFont {
  const [first] = parts;
  if (first === undefined) throw new Error('a font of no parts');
  const glyphs: Glyph[] = [];
  const characters = new Map<number, number>();
  for (const tables of parts) {
    const source = new Glyphs(tables);
    const numbers = new Map<number, number>();
    const take = (number: number): number => {
      const known = numbers.get(number);
      if (known !== undefined) return known;
      const glyph = source.get(number);
      const index = glyphs.push(glyph) - 1;
      numbers.set(number, index);
      glyphs[index] = { ...glyph, outline: renumbered(glyph.outline, take) };
      return index;
    };
    // What stands for missing characters is glyph 0.
    if (tables === first) take(0);
    for (const [code, number] of charactersOf(tables)) if (!characters.has(code)) characters.set(code, take(number));
  }
  const fixed = viewOf(first, 'post').getUint32(12) === 0 ? null : (glyphs[characters.get(0x20) ?? 0]?.advance ?? null);
  for (const [code, glyph] of markGlyphs(viewOf(first, 'head').getUint16(18), fixed))
    if (!characters.has(code)) characters.set(code, glyphs.push(glyph) - 1);
  return { bytes: sfnt(tablesOf(parts, family, glyphs, characters)), characters: new Set(characters.keys()) };
}

function tablesOf(
  parts: readonly FontTables[],
  family: string,
  glyphs: readonly Glyph[],
  characters: ReadonlyMap<number, number>,
): FontTables {
  const [first = new Map()] = parts;
  const head = tableOf(first, 'head').slice();
  // Places in `glyf` have 32 bits.
  new DataView(head.buffer).setInt16(50, 1);
  const hhea = tableOf(first, 'hhea').slice();
  new DataView(hhea.buffer).setUint16(34, glyphs.length);
  const maxp = tableOf(first, 'maxp').slice();
  const most = new DataView(maxp.buffer);
  for (let field = 1; field <= MAXP_FIELDS; field++) {
    const at = 4 + 2 * field;
    most.setUint16(at, Math.max(...parts.map((tables) => viewOf(tables, 'maxp').getUint16(at))));
  }
  most.setUint16(4, glyphs.length);

  const places = new DataView(new ArrayBuffer(4 * (glyphs.length + 1)));
  const metrics = new DataView(new ArrayBuffer(4 * glyphs.length));
  const outlines = new Uint8Array(glyphs.reduce((sum, { outline }) => sum + ((outline.length + 3) & ~3), 0));
  let at = 0;
  for (const [index, { outline, advance, bearing }] of glyphs.entries()) {
    outlines.set(outline, at);
    at += (outline.length + 3) & ~3;
    places.setUint32(4 * (index + 1), at);
    metrics.setUint16(4 * index, advance);
    metrics.setInt16(4 * index + 2, bearing);
  }
  // Version 3 of `post`: glyphs have no names.
  const post = tableOf(first, 'post').slice(0, 32);
  new DataView(post.buffer).setUint32(0, 0x00030000);
  return new Map([
    ['OS/2', tableOf(first, 'OS/2')],
    ['cmap', cmap(characters)],
    ['glyf', outlines],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', new Uint8Array(metrics.buffer)],
    ['loca', new Uint8Array(places.buffer)],
    ['maxp', maxp],
    ['name', namesIn(tableOf(first, 'name'), family)],
    ['post', post],
  ]);
}

/** Format 12: runs of characters whose glyphs follow one another. */
function cmap(characters: ReadonlyMap<number, number>): Uint8Array {
  const runs: { readonly from: number; to: number; readonly glyph: number }[] = [];
  for (const [code, glyph] of [...characters].sort(([a], [b]) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && code === last.to + 1 && glyph === last.glyph + code - last.from) last.to = code;
    else runs.push({ from: code, to: code, glyph });
  }
  const view = new DataView(new ArrayBuffer(12 + 16 + 12 * runs.length));
  view.setUint16(2, 1);
  view.setUint16(4, 3);
  view.setUint16(6, 10);
  view.setUint32(8, 12);
  view.setUint16(12, 12);
  view.setUint32(16, view.byteLength - 12);
  view.setUint32(24, runs.length);
  for (const [index, { from, to, glyph }] of runs.entries()) {
    view.setUint32(28 + 12 * index, from);
    view.setUint32(32 + 12 * index, to);
    view.setUint32(36 + 12 * index, glyph);
  }
  return new Uint8Array(view.buffer);
}
