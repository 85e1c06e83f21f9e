import type { LadderScene } from '../contract/ladder.ts';
import { documentShapes } from '../ladder/shapes.ts';
import type { Ink, PathShape, RectShape, Shape, ShapeGroup, Span, Stroke, TextShape } from '../ladder/shape.ts';
import { colourOf, dark, light, MONO, SANS, type Theme } from '../ladder/theme.ts';
import { visible } from '../ladder/visible.ts';
import { xml } from './escape.ts';

export interface SvgOptions {
  readonly theme?: 'light' | 'dark';
}

/** What a text has from the element around it and need not say again. */
const TEXT_SIZE = 12;

/** A whole SVG 1.1 document with its own background: presentation attributes only, nothing loaded, nothing that runs. */
export function svg(scene: LadderScene, options: SvgOptions = {}): string {
  const theme = options.theme === 'dark' ? dark : light;
  const drawing = svgElement(scene, documentShapes(scene), { theme, from: 0, to: scene.height, titled: true });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${drawing}\n`;
}

export interface SvgElement {
  readonly theme: Theme;
  /** Heights between which it shows the scene. */
  readonly from: number;
  readonly to: number;
  /** Has the scene's title and description; false for a part that is told elsewhere. */
  readonly titled: boolean;
  /** What an arrow (by its row) or a band (by its key) points to when it is clicked; a drawing without links where there is none. */
  readonly link?: (target: number | string) => string;
}

/** What an element says of its drawing as a whole. */
type Drawn = Pick<LadderScene, 'width' | 'title' | 'description'>;

/** Shapes of a scene as an `<svg>` element. Positions and colours are as the shapes say. */
export function svgElement(scene: Drawn, groups: readonly ShapeGroup[], element: SvgElement): string {
  const { theme, from, to, titled, link } = element;
  const size = `width="${scene.width}" height="${to - from}" viewBox="0 ${from} ${scene.width} ${to - from}"`;
  const font = `font-family="${SANS}" font-size="${TEXT_SIZE}" fill="${theme.ink.text}"`;
  const role = link === undefined ? 'img' : 'group';
  const told = titled ? ` role="${role}" aria-labelledby="ladder-title ladder-description"` : ' aria-hidden="true"';
  const names = [
    `<title id="ladder-title">${safe(scene.title)}</title>`,
    `<desc id="ladder-description">${safe(scene.description)}</desc>`,
  ];
  const paint = shapePainter(theme);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}${told} ${font}>`,
    ...(titled ? names : []),
    ...groups.filter(({ shapes }) => shapes.length > 0).map((group) => groupText(group, paint, link)),
    '</svg>',
  ].join('\n');
}

function groupText(group: ShapeGroup, paint: (shape: Shape) => string, link: SvgElement['link']): string {
  const { row, band, title, strip } = group;
  const target = row ?? band;
  const shapes = group.shapes.map(paint).join('');
  if (title === null) return shapes;
  const named = `<title>${xml(title)}</title>`;
  if (link === undefined || target === null) return `<g>${named}${shapes}</g>`;
  // Makes the whole row clickable, not only its lines.
  const hit = strip === null ? '' : `<rect ${box(strip)} rx="5" fill="none" pointer-events="all"/>`;
  return `<a id="a${xml(String(row ?? `-${band ?? ''}`))}" href="${xml(link(target))}" aria-label="${xml(title)}">${named}${hit}${shapes}</a>`;
}

function shapePainter(theme: Theme): (shape: Shape) => string {
  const paint = (ink: Ink): string => colourOf(theme, ink);
  const fill = (ink: Ink | null): string => (ink === null ? 'fill="none"' : `fill="${paint(ink)}"`);
  const rect = (shape: RectShape): string =>
    `<rect ${words(box(shape), shape.radius === 0 ? '' : `rx="${shape.radius}"`, fill(shape.fill), stroke(shape.stroke))}/>`;
  const stroke = (line: Stroke | null): string =>
    line === null
      ? ''
      : words(
          `stroke="${paint(line.ink)}"`,
          line.width === 1 ? '' : `stroke-width="${line.width}"`,
          line.dash === null ? '' : `stroke-dasharray="${line.dash.join(' ')}"`,
        );
  const path = (shape: PathShape): string =>
    `<path ${words(`d="${shape.data}"`, stroke(shape.stroke), fill(shape.fill))}/>`;
  const span = ({ text, ink, weight, gap }: Span, first: Span): string =>
    `<tspan ${words(weight === first.weight ? '' : `font-weight="${weight}"`, fill(ink), gap === 0 ? '' : `dx="${gap}"`)}>${xml(text)}</tspan>`;
  const text = ({ x, y, anchor, size, family, spans }: TextShape): string => {
    const [first, ...more] = spans;
    if (first === undefined) return '';
    const attributes = words(
      `x="${x}" y="${y}"`,
      anchor === 'start' ? '' : `text-anchor="${anchor}"`,
      size === TEXT_SIZE ? '' : `font-size="${size}"`,
      first.weight === 400 ? '' : `font-weight="${first.weight}"`,
      family === 'sans' ? '' : `font-family="${MONO}"`,
      first.ink === 'text' ? '' : fill(first.ink),
    );
    return `<text ${attributes}>${xml(first.text)}${more.map((one) => span(one, first)).join('')}</text>`;
  };
  return (shape) => (shape.kind === 'rect' ? rect(shape) : shape.kind === 'path' ? path(shape) : text(shape));
}

function box({ x, y, width, height }: Pick<RectShape, 'x' | 'y' | 'width' | 'height'>): string {
  return `x="${x}" y="${y}" width="${width}" height="${height}"`;
}

function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function safe(text: string): string {
  return xml(visible(text));
}
