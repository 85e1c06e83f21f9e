import { inflateSync } from 'node:zlib';

export interface Image {
  readonly width: number;
  readonly height: number;
  /** `#rrggbb` of a pixel. */
  at(x: number, y: number): string;
}

/** A PNG of 8 bits and RGBA or RGB, as ours are (ISO 15948): every chunk's place is checked, and that it ends with IEND. */
export function decodePng(bytes: Uint8Array): Image {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) throw new Error('no PNG signature');
  const data: Uint8Array[] = [];
  let name = '';
  for (let at = 8; at < bytes.length; at += 12 + view.getUint32(at)) {
    name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  if (name !== 'IEND') throw new Error('no IEND');
  const [width, height, depth, kind] = [view.getUint32(16), view.getUint32(20), bytes[24], bytes[25]];
  const pixel = kind === 6 ? 4 : 3;
  if (depth !== 8 || (kind !== 6 && kind !== 2)) throw new Error(`depth ${depth}, colour type ${kind}`);
  const rows = unfiltered(inflateSync(Buffer.concat(data)), width * pixel, height, pixel);
  return {
    width,
    height,
    at: (x, y) =>
      `#${Buffer.from(rows.subarray((y * width + x) * pixel, (y * width + x) * pixel + 3)).toString('hex')}`,
  };
}

function unfiltered(raw: Uint8Array, stride: number, height: number, pixel: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  const get = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : (out[y * stride + x] ?? 0));
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const [left, up, corner] = [get(x - pixel, y), get(x, y - 1), x < pixel ? 0 : get(x - pixel, y - 1)];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0;
      out[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
