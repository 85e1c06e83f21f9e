const FAMILY = 1;

/** The table `name` (OpenType 1.9) with this family, whatever weight the font has: weights of one family are then found by their number. Only the English names for Windows stay, licence and copyright among them. */
export function namesIn(table: Uint8Array, family: string): Uint8Array {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const strings = view.getUint16(4);
  const kept = new Map<number, Uint8Array>();
  for (let entry = 6; entry < 6 + 12 * view.getUint16(2); entry += 12) {
    if (view.getUint16(entry) !== 3 || view.getUint16(entry + 4) !== 0x409) continue;
    const at = strings + view.getUint16(entry + 10);
    kept.set(view.getUint16(entry + 6), table.subarray(at, at + view.getUint16(entry + 8)));
  }
  kept.set(FAMILY, utf16(family));
  const names = [...kept].sort(([a], [b]) => a - b);
  const begin = 6 + 12 * names.length;
  const out = new Uint8Array(begin + names.reduce((sum, [, { length }]) => sum + length, 0));
  const to = new DataView(out.buffer);
  to.setUint16(2, names.length);
  to.setUint16(4, begin);
  let at = 0;
  for (const [index, [id, bytes]] of names.entries()) {
    for (const [field, value] of [3, 1, 0x409, id, bytes.length, at].entries())
      to.setUint16(6 + 12 * index + 2 * field, value);
    out.set(bytes, begin + at);
    at += bytes.length;
  }
  return out;
}

function utf16(text: string): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at));
  return new Uint8Array(view.buffer);
}
