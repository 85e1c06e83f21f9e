import type { Glyph } from './glyphs.ts';

/**
 * Marks that our drawings use and the fonts' subsets lack: drawn here, in units of a thousandth of the font size, upwards
 * from the baseline. A point is on the curve (1) or bends it (0), as in TrueType.
 */
type Point = readonly [x: number, y: number, on: 0 | 1];

interface Mark {
  readonly advance: number;
  readonly contours: readonly (readonly Point[])[];
}

const MIDDLE = 360;

const marks: Readonly<Record<string, Mark>> = {
  '→': { advance: 900, contours: [arrow(false)] },
  '←': { advance: 900, contours: [arrow(true)] },
  '●': { advance: 800, contours: [circle(400, MIDDLE, 290)] },
  '○': { advance: 800, contours: [circle(400, MIDDLE, 290), circle(400, MIDDLE, 215).toReversed()] },
  '▲': { advance: 800, contours: [straight([90, 80], [400, 650], [710, 80])] },
  '◆': { advance: 800, contours: [straight([50, MIDDLE], [400, MIDDLE + 350], [750, MIDDLE], [400, MIDDLE - 350])] },
  // What stands for a character that no font has: an empty box, as everywhere.
  '\uFFFD': { advance: 720, contours: [box(90, 0, 630, 720), box(155, 65, 565, 655).toReversed()] },
};

/** Code points of the marks and their glyphs in a font with `unitsPerEm`; `advance` puts all of them on the same width (in a font of fixed width). */
export function markGlyphs(unitsPerEm: number, advance: number | null): ReadonlyMap<number, Glyph> {
  return new Map(
    Object.entries(marks).map(([character, mark]) => {
      const scale = (unitsPerEm / 1000) * (advance === null ? 1 : advance / ((mark.advance * unitsPerEm) / 1000));
      const contours = mark.contours.map((points) => points.map(([x, y, on]) => [x * scale, y * scale, on] as const));
      return [
        character.codePointAt(0) ?? 0,
        simpleGlyph(contours, Math.round(advance ?? (mark.advance * unitsPerEm) / 1000)),
      ];
    }),
  );
}

/** A glyph of the simple kind: all points with flags and full coordinates, nothing packed. */
function simpleGlyph(contours: readonly (readonly Point[])[], advance: number): Glyph {
  const points = contours.flat().map(([x, y, on]) => [Math.round(x), Math.round(y), on] as const);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const flagsAt = 10 + 2 * contours.length + 2;
  const length = flagsAt + 5 * points.length;
  const outline = new Uint8Array((length + 3) & ~3);
  const view = new DataView(outline.buffer);
  const bearing = Math.min(...xs);
  for (const [at, value] of [contours.length, bearing, Math.min(...ys), Math.max(...xs), Math.max(...ys)].entries())
    view.setInt16(2 * at, value);
  let end = -1;
  for (const [index, contour] of contours.entries()) view.setUint16(10 + 2 * index, (end += contour.length));
  let before: readonly [number, number] = [0, 0];
  for (const [index, [x, y, on]] of points.entries()) {
    outline[flagsAt + index] = on;
    view.setInt16(flagsAt + points.length + 2 * index, x - before[0]);
    view.setInt16(flagsAt + 3 * points.length + 2 * index, y - before[1]);
    before = [x, y];
  }
  return { outline, advance, bearing };
}

/** Clockwise, as outlines are filled. */
function straight(...corners: readonly (readonly [number, number])[]): Point[] {
  return corners.map(([x, y]) => [x, y, 1] as const);
}

function box(left: number, bottom: number, right: number, top: number): Point[] {
  return straight([left, bottom], [left, top], [right, top], [right, bottom]);
}

/** Eight points that bend; TrueType puts one on the curve between each two. */
function circle(x: number, y: number, radius: number): Point[] {
  const reach = radius / Math.cos(Math.PI / 8);
  return Array.from({ length: 8 }, (_, at) => {
    const angle = (-at * Math.PI) / 4;
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle), 0] as const;
  });
}

/** An open head, as Inter's arrows have it. */
function arrow(left: boolean): Point[] {
  const right = straight(
    [70, MIDDLE - 37],
    [70, MIDDLE + 37],
    [690, MIDDLE + 37],
    [500, MIDDLE + 222],
    [552, MIDDLE + 274],
    [830, MIDDLE],
    [552, MIDDLE - 274],
    [500, MIDDLE - 222],
    [690, MIDDLE - 37],
  );
  return left ? right.map(([x, y, on]) => [900 - x, y, on] as const).toReversed() : right;
}
