import { inflateSync } from 'node:zlib';

/** Tables of a font by their four-letter names. */
export type FontTables = ReadonlyMap<string, Uint8Array>;

const HEADER = 44;
const ENTRY = 20;

/** Tables of a WOFF 1.0 file (W3C recommendation of 2012, sections 3 to 5): an sfnt whose tables are deflated one by one. For files of ours: throws for what is not one. */
export function woffTables(bytes: Uint8Array): FontTables {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x774f4646) throw new Error('not a WOFF font');
  const tables = new Map<string, Uint8Array>();
  for (let entry = HEADER; entry < HEADER + view.getUint16(12) * ENTRY; entry += ENTRY) {
    const tag = String.fromCharCode(...bytes.subarray(entry, entry + 4));
    const at = view.getUint32(entry + 4);
    const stored = view.getUint32(entry + 8);
    const length = view.getUint32(entry + 12);
    const data = bytes.subarray(at, at + stored);
    tables.set(tag, stored < length ? plainBytes(inflateSync(data)) : data);
  }
  return tables;
}

/** A Buffer's `slice` is no copy: from here on there are none. */
function plainBytes({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}
