import type { LadderArrow, LadderBox, LadderScene, LadderText } from '../../core/contract/ladder.ts';
import { textWidth } from '../../core/ladder/metrics.ts';

export function arrowsOf(scene: LadderScene): LadderArrow[] {
  return scene.items.filter((item) => item.kind === 'arrow');
}

const sizes = { title: 15, strong: 12, plain: 12, small: 11, mono: 11 } as const;

/** Where a text stands, as far as its width can be known. */
export function placeOf({ text, x, y, anchor, style }: LadderText, more = 0): LadderBox {
  const face = style === 'mono' ? 'mono' : style === 'title' || style === 'strong' ? 'bold' : 'regular';
  const width = textWidth(text, sizes[style], face) + more;
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { x: left, y: y - sizes[style] * 0.75, width, height: sizes[style] * 0.95 };
}

/** Boxes of everything with words on one arrow's row. */
export function wordsOf(scene: LadderScene, arrow: LadderArrow): LadderBox[] {
  const beside = arrow.beside === '' ? 0 : 6 + textWidth(arrow.beside, 12, 'regular');
  const times = [
    [scene.columns.time, arrow.time],
    [scene.columns.delta, arrow.delta],
    [scene.columns.frame, `#${arrow.frame}`],
  ] as const;
  return [
    placeOf(arrow.above, beside),
    ...(arrow.below === null ? [] : [placeOf(arrow.below)]),
    ...(arrow.pin === null ? [] : [{ x: arrow.pin.x, y: arrow.pin.y - 9, width: arrow.pin.width, height: 18 }]),
    { x: arrow.badge.x - arrow.badge.width / 2, y: arrow.badge.y - 7, width: arrow.badge.width, height: 14 },
    ...times.map(([x, text]) => placeOf({ text, x, y: arrow.y + 4, anchor: 'end', style: 'mono', ink: 'muted' })),
  ];
}

/** Whether two boxes cover each other by more than a hair. */
export function overlap(a: LadderBox, b: LadderBox): boolean {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return across > 1 && down > 1;
}
