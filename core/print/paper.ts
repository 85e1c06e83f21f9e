/** A page: points (1/72 inch). */
export interface Paper {
  readonly width: number;
  readonly height: number;
  /** Points for each pixel of the drawing. */
  readonly scale: number;
}

/** Edge of the paper that stays empty, points. */
export const MARGIN = 28;
/** Under the drawing, for the number of the page. */
export const FOOTER = 18;

/** Points of a pixel at 100 %. */
const FULL = 0.75;
/** No drawing is made smaller than this as long as there is larger paper: text of 12 pixels has 6.6 points then. */
const SMALLEST = 0.55;

/** ISO 216, A4 to A0: millimetres, short side and long side. */
const sizes: readonly (readonly [number, number])[] = [
  [210, 297],
  [297, 420],
  [420, 594],
  [594, 841],
  [841, 1189],
];
const MILLIMETRE = 72 / 25.4;

/**
 * Paper for a drawing of this width: A4 upright, then on its side, then A3 to A0 on their sides, the first on which the
 * text stays legible. What is too wide even for A0 is made smaller.
 */
export function paperFor(width: number): Paper {
  const [[short, long] = [210, 297]] = sizes;
  const fitted = [[short, long] as const, ...sizes.map(([low, wide]) => [wide, low] as const)].map(([wide, high]) => ({
    width: points(wide),
    height: points(high),
    scale: Math.min(FULL, (points(wide) - 2 * MARGIN) / Math.max(1, width)),
  }));
  return fitted.find(({ scale }) => scale >= SMALLEST) ?? (fitted.at(-1) as Paper);
}

function points(millimetres: number): number {
  return Math.round(millimetres * MILLIMETRE * 100) / 100;
}
