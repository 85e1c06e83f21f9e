import type { LadderBadge, LadderBox, LadderText } from '../contract/ladder.ts';
import type { Ink, PathShape, RectShape, Span, Stroke, TextShape } from './shape.ts';
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

/** A closed padlock, 10 pixels wide, its top left corner at this place. */
export function lockShapes(x: number, y: number): readonly [PathShape, RectShape] {
  return [
    lineShape(`M${x + 2.5} ${y + 4}V${y + 2.5}a2.5 2.5 0 0 1 5 0V${y + 4}`, strokeOf('warn', 1.3)),
    rectShape({ x: x + 1, y: y + 4, width: 8, height: 6 }, 'warn', null, 1),
  ];
}

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
