import type { FontTables } from './woff.ts';

const CHECKSUM_MAGIC = 0xb1b0afba;

/** A TrueType file with these tables (OpenType 1.9, “Organization of an OpenType font”), in the order of their names. */
export function sfnt(tables: FontTables): Uint8Array {
  const entries = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const head = 12 + 16 * entries.length;
  const out = new Uint8Array(head + entries.reduce((sum, [, { length }]) => sum + padded(length), 0));
  const view = new DataView(out.buffer);
  const power = 31 - Math.clz32(entries.length);
  view.setUint32(0, 0x00010000);
  view.setUint16(4, entries.length);
  view.setUint16(6, 16 << power);
  view.setUint16(8, power);
  view.setUint16(10, 16 * entries.length - (16 << power));
  let at = head;
  let headAt = 0;
  for (const [index, [tag, data]] of entries.entries()) {
    const entry = 12 + 16 * index;
    out.set(data, at);
    if (tag === 'head') {
      headAt = at;
      view.setUint32(at + 8, 0);
    }
    for (let letter = 0; letter < 4; letter++) out[entry + letter] = tag.charCodeAt(letter);
    view.setUint32(entry + 4, checksum(view, at, padded(data.length)));
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, data.length);
    at += padded(data.length);
  }
  view.setUint32(headAt + 8, CHECKSUM_MAGIC - checksum(view, 0, out.length));
  return out;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

function checksum(view: DataView, at: number, length: number): number {
  let sum = 0;
  for (let word = at; word < at + length; word += 4) sum = (sum + view.getUint32(word)) >>> 0;
  return sum;
}
