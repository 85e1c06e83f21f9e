import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { ContractError } from '../contract/api.ts';
import type { LadderScene } from '../contract/ladder.ts';
import { svg } from '../export/svg.ts';
import { printFile } from './assets.ts';
import { drawable } from './drawable.ts';
import { fonts } from './fonts.ts';

export interface PngOptions {
  readonly theme?: 'light' | 'dark';
  /** Pixels for each pixel of the drawing, 1 to 4. Default 2, or 1.5 or 1 where only that many fit. */
  readonly pixelRatio?: number;
}

/** Pixels of an image at most: about ten bytes each while it is drawn and packed. */
const MOST_PIXELS = 64_000_000;
/** Neither side may be longer: beyond, common viewers give up. */
const LONGEST_SIDE = 65_000;

interface Size {
  readonly width: number;
  readonly height: number;
}

let ready: Promise<void> | null = null;

/**
 * A ladder as a PNG: the SVG export, drawn with our own fonts. Same scene, same bytes. Throws ContractError
 * `bad-request` for one that would be too large, with what to do instead.
 */
export function png(scene: LadderScene, { theme = 'light', pixelRatio: asked }: PngOptions = {}): Promise<Uint8Array> {
  return picture(svg(scene, { theme }), scene, asked, 'this ladder');
}

/** An SVG 1.1 document of ours of that size as a PNG; `what` it is stands in the sentence of the ContractError. */
export async function picture(drawn: string, size: Size, asked: number | undefined, what: string): Promise<Uint8Array> {
  const pixelRatio = asked ?? finest(size);
  if (!(pixelRatio >= 1 && pixelRatio <= 4))
    throw new ContractError('bad-request', 'the pixel ratio of a PNG is 1 to 4');
  checkSize(size, pixelRatio, what);
  const { regular, semibold, mono } = await fonts();
  ready ??= printFile('resvg.wasm').then((wasm) => initWasm(wasm));
  await ready;
  const drawing = new Resvg(drawable(drawn, regular.characters), {
    fitTo: { mode: 'zoom', value: pixelRatio },
    font: {
      fontBuffers: [regular.bytes, semibold.bytes, mono.bytes],
      defaultFontFamily: 'Inter',
      sansSerifFamily: 'Inter',
      monospaceFamily: 'JetBrains Mono',
    },
  });
  try {
    const image = drawing.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    drawing.free();
  }
}

/** The finest of the usual pixel ratios that fits; 1 where none does. */
function finest({ width, height }: Size): number {
  return [2, 1.5].find((ratio) => fits(width * ratio, height * ratio)) ?? 1;
}

function checkSize({ width, height }: Size, ratio: number, what: string): void {
  if (fits(width * ratio, height * ratio)) return;
  const size = `${grouped(width * ratio)} by ${grouped(height * ratio)} pixels`;
  const instead =
    ratio > 1 && fits(width, height)
      ? 'one pixel for each pixel of the drawing would fit, and so do PDF and SVG'
      : 'choose PDF or SVG';
  throw new ContractError('bad-request', `as a PNG ${what} would have ${size}, which is too large: ${instead}`);
}

function fits(width: number, height: number): boolean {
  return width * height <= MOST_PIXELS && Math.max(width, height) <= LONGEST_SIDE;
}

function grouped(pixels: number): string {
  return String(Math.round(pixels)).replaceAll(/\B(?=(?:\d{3})+$)/gu, ',');
}
