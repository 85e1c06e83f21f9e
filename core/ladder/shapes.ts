import type { LadderLane, LadderLegend, LadderRail, LadderScene } from '../contract/ladder.ts';
import { changeMark, itemShapes, shaftStroke } from './item-shapes.ts';
import { signs } from './marks.ts';
import { badgeShapes, headShape, lineShape, lockShapes, rectShape, strokeOf, textShape } from './plain-shapes.ts';
import type { Shape, ShapeGroup } from './shape.ts';

export { itemShapes } from './item-shapes.ts';

/** A whole drawing, in the order in which it is painted. */
export function documentShapes(scene: LadderScene): ShapeGroup[] {
  return [backgroundShapes(scene), headShapes(scene), ...ladderShapes(scene), legendShapes(scene)];
}

/** Lifelines, lane boxes, items and feet: the drawing without its head, its legend and its background. */
export function ladderShapes(scene: LadderScene): ShapeGroup[] {
  return [
    lifelineShapes(scene),
    ...laneBoxShapes(scene),
    ...scene.items.map((item) => itemShapes(scene, item)),
    footShapes(scene),
  ];
}

/** The boxes on top of the lanes and the titles of the columns left of them. */
export function laneBoxShapes(scene: Pick<LadderScene, 'lanes' | 'columns'>): ShapeGroup[] {
  return [...scene.lanes.map(laneShapes), columnTitleShapes(scene)];
}

export function backgroundShapes({ width, height }: Pick<LadderScene, 'width' | 'height'>): ShapeGroup {
  return group('background', [rectShape({ x: 0, y: 0, width, height }, 'background')]);
}

/** Title, calls with their states, and facts. */
export function headShapes({ head, calls }: Pick<LadderScene, 'head' | 'calls'>): ShapeGroup {
  const marks = calls.flatMap(({ mark }, index) => (mark === null ? [] : badgeShapes(mark, mark.x, index, 14)));
  return group('head', [...head.map((text) => textShape(text)), ...marks]);
}

/** The lanes' lines, and along them the rails of the media, as far as they lie between the ends of the lifelines. */
export function lifelineShapes({
  lanes,
  lifelines,
  rails,
}: Pick<LadderScene, 'lanes' | 'lifelines' | 'rails'>): ShapeGroup {
  const { y1, y2 } = lifelines;
  const data = lanes.map(({ x }) => `M${x} ${y1}V${y2}`).join('');
  return group('lifelines', [
    ...(data === '' ? [] : [lineShape(data, strokeOf('lane', 1.5))]),
    ...rails.flatMap((rail) => railShapes(rail, y1, y2)),
  ]);
}

/** A rail with a bar at its end and one wherever the packet time changes. */
function railShapes({ x, y1, y2, ink, ticks }: LadderRail, top: number, bottom: number): Shape[] {
  const from = Math.max(y1, top);
  const to = Math.min(y2, bottom);
  if (to <= from) return [];
  const bars = [...ticks, y2].filter((y) => y > from && y <= to);
  return [
    lineShape(`M${x} ${from}V${to}`, strokeOf(ink, 2.5, ink === 'bad' ? [6, 2] : null)),
    ...(bars.length === 0 ? [] : [lineShape(bars.map((y) => `M${x - 4} ${y}H${x + 4}`).join(''), strokeOf(ink, 2))]),
  ];
}

/** The box on top of a lane with what stands in it. */
export function laneShapes({ box, texts }: Pick<LadderLane, 'box' | 'texts'>): ShapeGroup {
  return group('lane', [rectShape(box, 'panel', strokeOf('line'), 7), ...texts.map((text) => textShape(text))]);
}

export function columnTitleShapes({ columns }: Pick<LadderScene, 'columns'>): ShapeGroup {
  return group(
    'columns',
    columns.titles.map((text) => textShape(text)),
  );
}

/** The titles of the lanes again, at the foot of a long ladder. */
export function footShapes({ lanes }: Pick<LadderScene, 'lanes'>): ShapeGroup {
  return group(
    'foot',
    lanes.flatMap(({ foot }) => (foot === null ? [] : [textShape(foot)])),
  );
}

export function legendShapes({ legend }: Pick<LadderScene, 'legend'>): ShapeGroup {
  return group(
    'legend',
    legend.flatMap(({ sample, x, y, text }) => [...samples[sample](x, y), textShape(text)]),
  );
}

const samples: Readonly<Record<LadderLegend['sample'], (x: number, y: number) => readonly Shape[]>> = {
  request: (x, y) => badgeShapes({ text: '1', x: x + 12, y, width: 16 }, x + 4, 'muted', 15),
  message: (x, y) => sampleArrow(x, y, false),
  retransmission: (x, y) => sampleArrow(x, y, true),
  lock: (x, y) => lockShapes(x + 8, y - 6, 'good'),
  'lock-unchecked': (x, y) => lockShapes(x + 8, y - 6, 'unchecked'),
  'lock-bad': (x, y) => lockShapes(x + 8, y - 6, 'bad'),
  media: (x, y) => [
    lineShape(`M${x + 12} ${y - 7}V${y + 6}`, strokeOf('good', 2.5)),
    lineShape(`M${x + 8} ${y + 6}H${x + 16}`, strokeOf('good', 2)),
  ],
  warn: (x, y) => [signShape('warn', x + 12, y)],
  bad: (x, y) => [signShape('bad', x + 12, y)],
  none: () => [],
  pin: (x, y) => [rectShape({ x: x + 2, y: y - 6, width: 20, height: 12 }, 'pin-warn', strokeOf('warn', 0.7), 6)],
  change: (x, y) => changeMark('±1', x + 2, y),
};

function sampleArrow(x: number, y: number, again: boolean): Shape[] {
  return [lineShape(`M${x} ${y}H${x + 16}`, shaftStroke('muted', again)), headShape(x + 24, y, true, 'muted')];
}

function signShape(severity: 'warn' | 'bad', x: number, y: number): Shape {
  return textShape({ text: signs[severity], x, y: y + 4, anchor: 'middle', style: 'strong', ink: severity });
}

function group(part: ShapeGroup['part'], shapes: readonly Shape[]): ShapeGroup {
  return { part, row: null, band: null, title: null, strip: null, shapes };
}
