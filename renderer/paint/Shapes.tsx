import { createElement, Fragment, memo } from 'react';
import type { PathShape, RectShape, Shape, Stroke, TextShape } from '../../core/ladder/shape.ts';
import { colourOf, MONO, type Theme } from '../../core/ladder/theme.ts';
import { TEXT_SIZE } from './Drawing.tsx';

export interface ShapesProps {
  readonly shapes: readonly Shape[];
  readonly theme: Theme;
}

/**
 * Shapes as SVG elements, inside a `Drawing`. It decides no position and no colour. As long as `shapes` and `theme` are the
 * same objects, nothing is painted again.
 */
export const Shapes = memo(PlainShapes);

function PlainShapes({ shapes, theme }: ShapesProps): React.JSX.Element {
  // A shape is told by its place: which one it is does not change, nor do they change places.
  const elements = shapes.map((shape) => elementOf(shape, theme));
  return createElement(Fragment, null, ...elements);
}

function elementOf(shape: Shape, theme: Theme): React.JSX.Element {
  if (shape.kind === 'rect') return <rect {...rectOf(shape)} {...paintOf(shape, theme)} />;
  if (shape.kind === 'path') return <path d={shape.data} {...paintOf(shape, theme)} />;
  return textOf(shape, theme);
}

function rectOf({ x, y, width, height, radius }: RectShape): React.SVGAttributes<SVGRectElement> {
  return { x, y, width, height, ...(radius === 0 ? {} : { rx: radius }) };
}

function paintOf({ fill, stroke }: RectShape | PathShape, theme: Theme): React.SVGAttributes<SVGElement> {
  return { fill: fill === null ? 'none' : colourOf(theme, fill), ...(stroke === null ? {} : strokeOf(stroke, theme)) };
}

function strokeOf({ ink, width, dash }: Stroke, theme: Theme): React.SVGAttributes<SVGElement> {
  return {
    stroke: colourOf(theme, ink),
    ...(width === 1 ? {} : { strokeWidth: width }),
    ...(dash === null ? {} : { strokeDasharray: dash.join(' ') }),
  };
}

function textOf({ x, y, anchor, size, family, spans }: TextShape, theme: Theme): React.JSX.Element {
  const [first, ...more] = spans;
  const attributes: React.SVGAttributes<SVGTextElement> = {
    x,
    y,
    ...(anchor === 'start' ? {} : { textAnchor: anchor }),
    ...(size === TEXT_SIZE ? {} : { fontSize: size }),
    ...(first === undefined || first.weight === 400 ? {} : { fontWeight: first.weight }),
    ...(family === 'sans' ? {} : { fontFamily: MONO }),
    ...(first === undefined || first.ink === 'text' ? {} : { fill: colourOf(theme, first.ink) }),
  };
  const rest = more.map(({ text, ink, weight, gap }) => {
    const own = { ...(weight === first?.weight ? {} : { fontWeight: weight }), ...(gap === 0 ? {} : { dx: gap }) };
    return createElement('tspan', { ...own, fill: colourOf(theme, ink) }, text);
  });
  return createElement('text', attributes, first?.text, ...rest);
}
