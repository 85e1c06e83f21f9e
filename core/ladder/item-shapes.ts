import type { LadderArrow, LadderBand, LadderItem, LadderNote, LadderScene } from '../contract/ladder.ts';
import { BESIDE_GAP } from './arrow-text.ts';
import { TIP } from './bands.ts';
import { textWidth } from './metrics.ts';
import {
  badgeShapes,
  bandShape,
  HAIRLINE,
  headShape,
  lineShape,
  lockShapes,
  rectShape,
  strokeOf,
  textShape,
} from './plain-shapes.ts';
import type { Ink, RectShape, Shape, ShapeGroup, Stroke, TextShape } from './shape.ts';
import { bandTooltip, tooltip } from './tooltip.ts';
import { visible } from './visible.ts';

/** What of a scene an item's shapes depend on. */
export type Surroundings = Pick<LadderScene, 'width' | 'columns' | 'colours'>;

/** How far an item reaches above its height, and below with and without a second line of text. */
const ABOVE = 19;
const BELOW = 18;
const FLAT = 11;
/** A mark of what a hop changed: size of its text, its height, how far it is from the badge, and below the line, so that it keeps clear of the label. */
/** On the line, where neither the label above nor the SDP below it is. */
const CHANGE = { size: 10, height: 13, gap: 4 };

/** An arrow, a note or a band with all that belongs to it. The same item and surroundings give the same shapes. */
export function itemShapes(scene: Surroundings, item: LadderItem): ShapeGroup {
  const strip = { x: 4, width: scene.width - 8, ...stripOf(item) };
  if (item.kind === 'arrow') {
    return {
      part: 'item',
      row: item.row,
      band: null,
      title: visible(tooltip(item)),
      strip,
      shapes: arrowShapes(scene, item),
    };
  }
  if (item.kind === 'note')
    return { part: 'item', row: null, band: null, title: null, strip, shapes: noteShapes(item) };
  const title = visible(bandTooltip(item));
  return { part: 'item', row: null, band: item.key, title, strip, shapes: bandShapes(scene, item) };
}

function stripOf(item: LadderItem): { readonly y: number; readonly height: number } {
  if (item.kind === 'band') return { y: item.box.y - 2, height: item.box.height + 4 };
  return { y: item.y - ABOVE, height: ABOVE + (isFlat(item) ? FLAT : BELOW) };
}

function isFlat(item: LadderItem): boolean {
  return item.kind === 'note' || (item.kind === 'arrow' && item.below === null);
}

function noteShapes({ text, x1, x2, y, pill }: LadderNote): Shape[] {
  const x = pill.x + Math.round(pill.width / 2);
  const box = { x: pill.x, y: y - 9, width: pill.width, height: 18 };
  return [
    lineShape(`M${x1} ${y}H${x2}`, strokeOf('lane', 1.5, [1, 4])),
    rectShape(box, 'background', strokeOf('line'), 9),
    textShape({ text, x, y: y + 4, anchor: 'middle', style: 'small', ink: 'muted' }),
  ];
}

function bandShapes(scene: Surroundings, band: LadderBand): Shape[] {
  const { box, texts, tip, joins, warnings } = band;
  const line = warnings.length > 0 ? strokeOf('bad', HAIRLINE, [4, 3]) : strokeOf('band-line');
  return [
    ...bandColumns(scene, band),
    ...joins.map(({ x1, x2 }) => lineShape(`M${x1} ${band.y}H${x2}`, line)),
    bandShape(box, TIP, tip === 'right', { fill: 'band', stroke: line }),
    ...texts.map((text) => textShape(text)),
  ];
}

function bandColumns({ columns }: Surroundings, { y, time, frame }: LadderBand): Shape[] {
  return [...column(columns.time, y + 4, time), ...(frame === null ? [] : column(columns.frame, y + 4, `#${frame}`))];
}

function arrowShapes(scene: Surroundings, arrow: LadderArrow): Shape[] {
  const ink: Ink = scene.colours === 'call' ? arrow.call : arrow.ink;
  const { lock, pin, badge, retransmission, protection } = arrow;
  return [
    ...timeShapes(scene, arrow),
    ...shaftShapes(arrow, ink),
    ...badgeShapes(badge, badge.x - badge.width / 2, ink, 15, retransmission),
    ...wordShapes(arrow, ink),
    ...(lock === null || protection === null ? [] : lockShapes(lock.x, lock.y, protection.icv)),
    ...(pin === null ? [] : pinShapes(pin)),
    ...changeShapes(arrow),
  ];
}

/** What of an item stands in the columns left of the lanes. */
export function columnShapes(scene: Surroundings, item: LadderItem): readonly Shape[] {
  if (item.kind === 'note') return [];
  return item.kind === 'arrow' ? timeShapes(scene, item) : bandColumns(scene, item);
}

function timeShapes({ columns }: Surroundings, { y, time, delta, frame }: LadderArrow): Shape[] {
  return [
    ...column(columns.time, y + 4, time),
    ...column(columns.delta, y + 4, delta),
    ...column(columns.frame, y + 4, `#${frame}`),
  ];
}

function column(x: number, y: number, text: string): TextShape[] {
  return text === '' ? [] : [textShape({ text, x, y, anchor: 'end', style: 'mono', ink: 'muted' })];
}

/** How the line of an arrow looks; thin and dashed for a retransmission. */
export function shaftStroke(ink: Ink, retransmission: boolean): Stroke {
  return retransmission ? strokeOf(ink, HAIRLINE, [5, 3]) : strokeOf(ink, 1.8);
}

function shaftShapes({ x1, x2, y, loop, retransmission }: LadderArrow, ink: Ink): Shape[] {
  const stroke = shaftStroke(ink, retransmission);
  if (loop !== null) {
    const right = loop.x + loop.width;
    const bottom = loop.y + loop.height;
    return [
      lineShape(`M${loop.x} ${y}H${right}V${bottom}H${loop.x + 10}`, stroke),
      headShape(loop.x + 2, bottom, false, ink),
    ];
  }
  const back = x2 > x1 ? -9 : 9;
  return [lineShape(`M${x1} ${y}H${x2 + back}`, stroke), headShape(x2, y, x2 > x1, ink)];
}

function wordShapes({ above, beside, below, backdrop, ink }: LadderArrow, colour: Ink): Shape[] {
  const shapes: Shape[] = [];
  if (backdrop.above > 0) shapes.push(behind(above, backdrop.above, 14));
  if (below !== null && backdrop.below > 0) shapes.push(behind(below, backdrop.below, 13));
  const more = beside === '' ? [] : [{ text: visible(beside), ink: 'muted', weight: 400, gap: BESIDE_GAP } as const];
  // In a ladder of several calls a failure stays red; all else has the colour of its call.
  shapes.push(textShape(above, ink === 'failure' ? above.ink : colour, more));
  if (below !== null) shapes.push(textShape(below));
  return shapes;
}

function behind(text: { readonly x: number; readonly y: number }, width: number, height: number): RectShape {
  return rectShape({ x: text.x - Math.round(width / 2), y: text.y - height + 4, width, height }, 'background');
}

/** A small pill on the line behind the badge: `±2` for two things that the hop before changed. */
function changeShapes({ changed, x1, x2, y, loop }: LadderArrow): readonly Shape[] {
  if (changed === undefined) return [];
  const text = `±${changed.count}`;
  if (loop !== null) return changeMark(text, loop.x + 2 * CHANGE.gap, y);
  return changeMark(text, x2 < x1 ? x1 - CHANGE.gap - changeWidth(text) : x1 + CHANGE.gap, y);
}

function changeWidth(text: string): number {
  return textWidth(text, CHANGE.size, 'bold') + 8;
}

/** The mark of what a hop changed, its left edge at `x`. */
export function changeMark(text: string, x: number, y: number): readonly Shape[] {
  const width = changeWidth(text);
  return [
    rectShape({ x, y: y - CHANGE.height / 2, width, height: CHANGE.height }, 'background', strokeOf('warn'), 3),
    {
      kind: 'text',
      x: x + width / 2,
      y: y + 3.5,
      anchor: 'middle',
      size: CHANGE.size,
      family: 'sans',
      spans: [{ text, ink: 'warn', weight: 600, gap: 0 }],
    },
  ];
}

function pinShapes({ x, y, width, text, ink }: NonNullable<LadderArrow['pin']>): Shape[] {
  return [
    rectShape({ x, y: y - 9, width, height: 18 }, ink === 'bad' ? 'pin-bad' : 'pin-warn', null, 9),
    textShape({ text, x: x + 8, y: y + 4, anchor: 'start', style: 'small', ink }),
  ];
}
