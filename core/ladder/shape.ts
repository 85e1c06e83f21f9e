/**
 * What a ladder is drawn with: flat shapes with every position decided. A painter (the SVG export, the page, the PDF)
 * only says them in its own words: it decides no position, no size and no colour.
 *
 * How to use them:
 * - `shapes.ts` turns a scene into shapes: `documentShapes(scene)` for a whole drawing (background, head, lifelines, lane
 *   boxes, items, feet, legend, in the order in which they are painted); or its parts, for a page that keeps the lane boxes in
 *   view and paints only the items that can be seen: `headShapes`, `lifelineShapes`, `laneShapes(lane)`,
 *   `columnTitleShapes`, `itemShapes(scene, item)`, `footShapes`, `legendShapes`. `strip` of an item's group
 *   is where a click on it counts, and what its focus ring and its selection cover.
 * - Later shapes lie on top of earlier ones. Origin top left, pixels at 100 %, the scene's own coordinates.
 * - Colours are inks: names, or the index of a call. `colourOf(theme, ink)` (`theme.ts`) is the one place that turns them into
 *   `#rrggbb`. A page whose surface is not `theme.background` passes a theme with its own: backdrops, notes and hollow
 *   badges are filled with `background`.
 * - `y` of a text is its baseline. `SANS` and `MONO` (`theme.ts`) are the families' names; sans-serif is Inter with
 *   weights 400 and 600, mono is JetBrains Mono 400. Room was reckoned for those (`metrics.ts`), a little wide.
 * - A text is one line of `spans` from left to right; `anchor` counts for the line as a whole, with the `gap` in front of
 *   each span. A painter that measures by itself has to add all widths and gaps first.
 * - Texts hold no control and no invisible characters any more, but any Unicode: a painter escapes for its format, and
 *   one with fonts of its own has to have an answer for glyphs they lack.
 * - `data` of a path is SVG path data with M L H V Z, l v z and a (arcs) only.
 * - Bands of media are items; their rails, which run along the lanes for as long as the media does, come with the lifelines.
 * - A group is what belongs together: an arrow with its badge and texts (`row` is its message, `title` all there is to say about
 *   it, for a tooltip or a screen reader), a lane's box, the head.
 * - `tooltip(arrow)` (`tooltip.ts`) names an arrow in words.
 *
 * Ladders of any length on the screen: ask `ladder` with `part: {from: 0, count: 200}`. The answer has the whole geometry (size, lanes,
 * head, legend), the first 200 items, and an `index` of all (`y` ascending, `row`). `SceneItems` (`scene-items.ts`) holds
 * what has come: which items lie between two heights, which of them are still missing (ask `ladderItems` with the same
 * query and that part, put the answer in), the place of a row, the next arrow above or below. Exports take the same
 * query without `part`.
 *
 * On the page: `renderer/paint` has `Drawing` (the `<svg>`, with the fonts), `Shapes` (any shapes) and `Item` (one item,
 * memoised by item, scene and theme).
 */
import type { LadderBox, LadderInk } from '../contract/ladder.ts';

/** A colour by what it means; a number is the index of a call (calls take turns with the theme's colours). */
export type Ink =
  | LadderInk
  | 'background'
  | 'panel'
  | 'line'
  | 'lane'
  | 'band'
  | 'band-line'
  | 'pin-warn'
  | 'pin-bad'
  /** Text on a badge that is filled with an ink or a call's colour. */
  | 'on-ink'
  | number;

export interface Stroke {
  readonly ink: Ink;
  readonly width: number;
  /** Lengths of dash and gap; null for a whole line. */
  readonly dash: readonly [number, number] | null;
}

export interface RectShape {
  readonly kind: 'rect';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of the corners; 0 for none. */
  readonly radius: number;
  /** Null: not filled. */
  readonly fill: Ink | null;
  readonly stroke: Stroke | null;
}

export interface PathShape {
  readonly kind: 'path';
  readonly data: string;
  readonly fill: Ink | null;
  readonly stroke: Stroke | null;
}

export interface Span {
  readonly text: string;
  readonly ink: Ink;
  readonly weight: 400 | 600;
  /** Pixels in front of it. */
  readonly gap: number;
}

export interface TextShape {
  readonly kind: 'text';
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly size: number;
  readonly family: 'sans' | 'mono';
  readonly spans: readonly Span[];
}

export type Shape = RectShape | PathShape | TextShape;

export interface ShapeGroup {
  readonly part: 'background' | 'head' | 'lifelines' | 'lane' | 'columns' | 'item' | 'foot' | 'legend';
  /** Of the message an arrow stands for; null for all else. */
  readonly row: number | null;
  /** Key of the band it is; null for all else. */
  readonly band: string | null;
  /** Words for a tooltip and for screen readers; null where the texts say it all. */
  readonly title: string | null;
  /** Across the whole ladder, for items; null for all else. */
  readonly strip: LadderBox | null;
  readonly shapes: readonly Shape[];
}
