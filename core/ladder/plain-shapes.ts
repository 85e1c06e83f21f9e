import type { LadderBadge, LadderBox, LadderText } from '../contract/ladder.ts';
import type { Protection } from '../contract/model.ts';
import type { Ink, PathShape, RectShape, Shape, Span, Stroke, TextShape } from './shape.ts';
import { visible } from './visible.ts';

const styles: Readonly<
  Record<LadderText['style'], Pick<TextShape, 'size' | 'family'> & { readonly weight: Span['weight'] }>
> = {
  title: { size: 15, family: 'sans', weight: 600 },
  strong: { size: 12, family: 'sans', weight: 600 },
  plain: { size: 12, family: 'sans', weight: 400 },
  small: { size: 11, family: 'sans', weight: 400 },
  mono: { size: 11, family: 'mono', weight: 400 },
};

export const HAIRLINE = 1;

/** A text of a scene; `ink` where it has another colour than the scene says, `more` what stands behind it on the line. */
export function textShape(text: LadderText, ink: Ink = text.ink, more: readonly Span[] = []): TextShape {
  const { size, family, weight } = styles[text.style];
  const span: Span = { text: visible(text.text), ink, weight, gap: 0 };
  return { kind: 'text', x: text.x, y: text.y, anchor: text.anchor, size, family, spans: [span, ...more] };
}

export function strokeOf(ink: Ink, width = HAIRLINE, dash: Stroke['dash'] = null): Stroke {
  return { ink, width, dash };
}

export function rectShape(
  { x, y, width, height }: Pick<RectShape, 'x' | 'y' | 'width' | 'height'>,
  fill: Ink | null,
  stroke: Stroke | null = null,
  radius = 0,
): RectShape {
  return { kind: 'rect', x, y, width, height, radius, fill, stroke };
}

export function lineShape(data: string, stroke: Stroke): PathShape {
  return { kind: 'path', data, fill: null, stroke };
}

export function areaShape(data: string, fill: Ink): PathShape {
  return { kind: 'path', data, fill, stroke: null };
}

const BADGE_TEXT = 10;

/** A number on a filled pill whose left edge is at `left`; hollow for retransmissions. */
export function badgeShapes(
  { y, width, text }: LadderBadge,
  left: number,
  ink: Ink,
  height: number,
  hollow = false,
): readonly [RectShape, TextShape] {
  const box = { x: left, y: y - height / 2, width, height };
  return [
    hollow ? rectShape(box, 'background', strokeOf(ink), height / 2) : rectShape(box, ink, null, height / 2),
    {
      kind: 'text',
      x: left + width / 2,
      y: y + 3.5,
      anchor: 'middle',
      size: BADGE_TEXT,
      family: 'sans',
      spans: [{ text: visible(text), ink: hollow ? ink : 'on-ink', weight: 600, gap: 0 }],
    },
  ];
}

/**
 * An open padlock, 11 pixels wide, its top left corner at this place. The verdict on the ICV shows in its body: filled
 * where it is good, hollow where nobody has checked it, crossed out where it is bad.
 */
export function lockShapes(x: number, y: number, icv: Protection['icv']): readonly Shape[] {
  const ink = lockInks[icv];
  const shackle = lineShape(`M${x + 6} ${y + 4}V${y + 2.7}a2.2 2.2 0 0 1 4.4 0V${y + 4.4}`, strokeOf(ink, 1.3));
  if (icv === 'good') return [shackle, rectShape({ x, y: y + 4, width: 8, height: 6 }, ink, null, 1)];
  const hollow = rectShape({ x: x + 0.5, y: y + 4.5, width: 7, height: 5.5 }, 'background', strokeOf(ink, 1.2), 1);
  if (icv === 'unchecked') return [shackle, hollow];
  const cross = `M${x + 2} ${y + 5.5}L${x + 6} ${y + 9}M${x + 6} ${y + 5.5}L${x + 2} ${y + 9}`;
  return [shackle, hollow, lineShape(cross, strokeOf(ink, 1.2))];
}

const lockInks: Readonly<Record<Protection['icv'], Ink>> = { good: 'good', unchecked: 'warn', bad: 'bad' };

/** A head of 9 pixels whose tip is at this place, pointing to the right or to the left. */
export function headShape(x: number, y: number, right: boolean, ink: Ink): PathShape {
  return areaShape(`M${x} ${y}l${right ? -9 : 9} -4.5v9z`, ink);
}

/** A box that points to where media goes; `tip` of its pixels are the point. */
export function bandShape(
  { x, y, width, height }: LadderBox,
  tip: number,
  right: boolean,
  inks: { readonly fill: Ink; readonly stroke: Stroke },
): PathShape {
  const middle = y + height / 2;
  const end = x + width;
  const data = right
    ? `M${x} ${y}H${end - tip}L${end} ${middle}L${end - tip} ${y + height}H${x}Z`
    : `M${end} ${y}H${x + tip}L${x} ${middle}L${x + tip} ${y + height}H${end}Z`;
  return { kind: 'path', data, fill: inks.fill, stroke: inks.stroke };
}
