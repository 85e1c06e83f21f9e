import type { FontTables } from './woff.ts';

/** A glyph as it stands in the table `glyf` (OpenType 1.9); empty for a blank one. */
export interface Glyph {
  readonly outline: Uint8Array;
  readonly advance: number;
  readonly bearing: number;
}

/** Bits of a component of a glyph that is made of others. */
const Component = { Words: 0x1, Scale: 0x8, More: 0x20, XAndY: 0x40, TwoByTwo: 0x80 } as const;

/** Reads the glyphs of a TrueType font of ours: its tables are taken at their word. */
export class Glyphs {
  private readonly glyf: Uint8Array;
  private readonly loca: DataView;
  private readonly hmtx: DataView;
  private readonly metrics: number;
  private readonly short: boolean;

  constructor(tables: FontTables) {
    this.glyf = tableOf(tables, 'glyf');
    this.loca = viewOf(tables, 'loca');
    this.hmtx = viewOf(tables, 'hmtx');
    this.metrics = viewOf(tables, 'hhea').getUint16(34);
    this.short = viewOf(tables, 'head').getInt16(50) === 0;
  }

  get(number: number): Glyph {
    const { hmtx, metrics } = this;
    const advance = hmtx.getUint16(4 * Math.min(number, metrics - 1));
    const bearing = hmtx.getInt16(number < metrics ? 4 * number + 2 : 4 * metrics + 2 * (number - metrics));
    return { outline: this.glyf.subarray(this.place(number), this.place(number + 1)), advance, bearing };
  }

  private place(number: number): number {
    return this.short ? 2 * this.loca.getUint16(2 * number) : this.loca.getUint32(4 * number);
  }
}

/** A copy of an outline in which the glyphs it is made of have the numbers that `renumber` gives them. */
export function renumbered(outline: Uint8Array, renumber: (number: number) => number): Uint8Array {
  const copy = outline.slice();
  const view = new DataView(copy.buffer);
  if (copy.length === 0 || view.getInt16(0) >= 0) return copy;
  for (let at = 10, flags: number = Component.More; (flags & Component.More) !== 0;) {
    flags = view.getUint16(at);
    view.setUint16(at + 2, renumber(view.getUint16(at + 2)));
    at += 4 + ((flags & Component.Words) === 0 ? 2 : 4);
    if ((flags & Component.Scale) !== 0) at += 2;
    else if ((flags & Component.XAndY) !== 0) at += 4;
    else if ((flags & Component.TwoByTwo) !== 0) at += 8;
  }
  return copy;
}

/** Characters of a font and their glyphs, from its cmap of format 4 for Unicode. */
export function* charactersOf(tables: FontTables): Generator<readonly [code: number, glyph: number]> {
  const cmap = viewOf(tables, 'cmap');
  let table = -1;
  for (let entry = 4; entry < 4 + 8 * cmap.getUint16(2); entry += 8)
    if (cmap.getUint16(entry) === 3 && cmap.getUint16(entry + 2) === 1) table = cmap.getUint32(entry + 4);
  if (table < 0 || cmap.getUint16(table) !== 4) throw new Error('a font without a cmap of format 4');
  const twice = cmap.getUint16(table + 6);
  for (let segment = 0; segment < twice; segment += 2) {
    const last = cmap.getUint16(table + 14 + segment);
    const first = cmap.getUint16(table + 16 + twice + segment);
    const delta = cmap.getInt16(table + 16 + 2 * twice + segment);
    const rangeAt = table + 16 + 3 * twice + segment;
    const range = cmap.getUint16(rangeAt);
    for (let code = first; code <= last && code < 0xffff; code++) {
      const listed = range === 0 ? code : cmap.getUint16(rangeAt + range + 2 * (code - first));
      const glyph = listed === 0 ? 0 : (listed + delta) & 0xffff;
      if (glyph !== 0) yield [code, glyph];
    }
  }
}

export function tableOf(tables: FontTables, name: string): Uint8Array {
  const table = tables.get(name);
  if (table === undefined) throw new Error(`a font without the table ${name}`);
  return table;
}

export function viewOf(tables: FontTables, name: string): DataView {
  const { buffer, byteOffset, byteLength } = tableOf(tables, name);
  return new DataView(buffer, byteOffset, byteLength);
}
