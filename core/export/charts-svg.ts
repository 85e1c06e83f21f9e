import type { ChartMoment } from '../contract/charts.ts';
import {
  axisOf,
  linesOf,
  markLines,
  offsetText,
  quantities,
  tickDecimals,
  timeTicks,
  type Course,
  type CourseLimit,
  type CoursePoint,
  type CourseSide,
  type Quantity,
} from '../ladder/course-lines.ts';
import { fitText } from '../ladder/metrics.ts';
import { dark, light, SANS, type Theme } from '../ladder/theme.ts';
import { shown } from '../ladder/visible.ts';
import { xml } from './escape.ts';

/** Pixels. */
const WIDTH = 1200;
const LEFT = 60;
const RIGHT = 24;
const PLOT = WIDTH - LEFT - RIGHT;
const HEAD = 66;
const MARK_LINE = 18;
const CAPTION = 26;
const AXIS = 34;

interface Span {
  readonly from: number;
  readonly to: number;
}

export interface ChartsDrawing {
  readonly title: string;
  readonly theme: 'light' | 'dark';
  /** At most two. */
  readonly sides: readonly { readonly title: string; readonly course: Course | null }[];
  readonly limits: readonly CourseLimit[];
  readonly marks: readonly ChartMoment[];
  /** From the first packet to the last, and what is shown of that. Epoch seconds. */
  readonly whole: Span;
  readonly span: Span;
}

/**
 * Spacing, jitter, losses and MOS of one or two streams below each other on one axis of time: a whole SVG 1.1 document,
 * nothing loaded, nothing that runs. Same input, same bytes.
 */
export function chartsSvg(drawing: ChartsDrawing): {
  readonly text: string;
  readonly width: number;
  readonly height: number;
} {
  const { title, sides, limits, whole } = drawing;
  const theme = drawing.theme === 'dark' ? dark : light;
  const span = drawing.span.to > drawing.span.from ? drawing.span : { from: whole.from, to: whole.from + 1 };
  const courses = sides.map(({ course }) => course);
  const marks = drawing.marks.filter(({ at }) => at >= span.from && at <= span.to);
  const lines = markLines(marks, span.to - span.from);
  const top = HEAD + MARK_LINE * lines.reduce((most, line) => Math.max(most, line + 1), 0);
  const x = (at: number): number =>
    LEFT + (PLOT * (Math.min(Math.max(at, span.from), span.to) - span.from)) / (span.to - span.from);
  const { ticks, step } = timeTicks(span, whole.from);
  const plots: string[] = [];
  let y = top;
  for (const { key, title: name, unit, height } of quantities) {
    const own = key === 'spacing' ? limits : [];
    plots.push(
      ...caption(unit === '' ? name : `${name}, ${unit}`, own, y, theme),
      ...plot(key, courses, own, { x, span, ticks, top: y + CAPTION, height, theme }),
    );
    y += CAPTION + height;
  }
  const height = y + AXIS;
  const parts = [
    `<rect width="${WIDTH}" height="${height}" fill="${theme.background}"/>`,
    text(LEFT, 26, fitText(shown(title), PLOT, 15, 'bold'), { size: 15, weight: 600, fill: theme.ink.text }),
    ...legend(sides, theme),
    ...shades(marks, x, top, y, theme),
    ...plots,
    ...marks.flatMap((mark, at) => moment(mark, x(mark.at), HEAD + MARK_LINE * (lines[at] ?? 0), y, theme)),
    ...ticks.map((at) =>
      text(x(at), y + 20, offsetText(at - whole.from, tickDecimals(step)), {
        size: 11,
        fill: theme.ink.muted,
        anchor: 'middle',
      }),
    ),
  ];
  const described = xml(shown(title));
  return {
    text:
      `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" ` +
      `viewBox="0 0 ${WIDTH} ${height}" font-family="${xml(SANS)}" font-size="12" role="img">\n` +
      `<title>${described}</title>\n${parts.join('\n')}\n</svg>\n`,
    width: WIDTH,
    height,
  };
}

interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  readonly anchor?: 'middle' | 'end';
}

function text(x: number, y: number, words: string, { size, fill, weight, anchor }: TextStyle): string {
  const more =
    (weight === undefined ? '' : ` font-weight="${weight}"`) + (anchor === undefined ? '' : ` text-anchor="${anchor}"`);
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"${more}>${xml(words)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** How a side is drawn: colour, and what tells it apart besides. */
function lookOf(side: CourseSide, theme: Theme): string {
  return side === 'one'
    ? `stroke="${theme.ink.request}" stroke-width="1.5" fill="none"`
    : `stroke="${theme.ink.end}" stroke-width="1.5" stroke-dasharray="4 2.5" fill="none"`;
}

function legend(sides: ChartsDrawing['sides'], theme: Theme): string[] {
  const room = PLOT / 2 - 60;
  return sides.flatMap(({ title, course }, index) => {
    const x = LEFT + index * (PLOT / 2);
    const words = course === null ? `${shown(title)}: no stream` : shown(title);
    return [
      `<path d="M${round(x)} 46h26" ${lookOf(index === 0 ? 'one' : 'other', theme)}/>`,
      text(x + 34, 50, fitText(words, room, 12, 'regular'), { size: 12, fill: theme.ink.muted }),
    ];
  });
}

function caption(title: string, limits: readonly CourseLimit[], y: number, theme: Theme): string[] {
  const words = limits.map((limit) => limit.title).join(', ');
  return [
    text(LEFT, y + 18, title, { size: 12, weight: 600, fill: theme.ink.text }),
    ...(words === ''
      ? []
      : [
          `<path d="M${LEFT + 170} ${y + 14}h22" stroke="${theme.ink.warn}" stroke-dasharray="5 4" fill="none"/>`,
          text(LEFT + 200, y + 18, words, { size: 11, fill: theme.ink.muted }),
        ]),
  ];
}

interface Place {
  readonly x: (at: number) => number;
  readonly span: Span;
  readonly ticks: readonly number[];
  readonly top: number;
  readonly height: number;
  readonly theme: Theme;
}

function plot(
  quantity: Quantity,
  courses: readonly (Course | null)[],
  limits: readonly CourseLimit[],
  { x, span, ticks, top, height, theme }: Place,
): string[] {
  const points = linesOf(quantity, courses);
  const { least, most } = axisOf(quantity, points, limits);
  const base = top + height - 4;
  const room = height - 10;
  const y = (value: number): number =>
    base - (room * (Math.min(Math.max(value, least), most) - least)) / Math.max(1e-9, most - least);
  const steps = quantity !== 'lost' && courses.some((course) => course?.isFine === false);
  const values = [least, (least + most) / 2, most];
  return [
    ...values.flatMap((value) => [
      `<path d="M${LEFT} ${round(y(value))}H${LEFT + PLOT}" stroke="${theme.line}" fill="none"/>`,
      text(LEFT - 8, y(value) + 4, String(round(value)), { size: 11, fill: theme.ink.muted, anchor: 'end' }),
    ]),
    ...ticks.map((at) => `<path d="M${round(x(at))} ${top + 6}V${base}" stroke="${theme.line}" fill="none"/>`),
    ...limits.map(
      ({ value }) =>
        `<path d="M${LEFT} ${round(y(value))}H${LEFT + PLOT}" stroke="${theme.ink.warn}" stroke-dasharray="5 4" fill="none"/>`,
    ),
    ...(['one', 'other'] as const).flatMap((side) => {
      const path = pathOf(points, side, span, x, y, steps);
      return path === '' ? [] : [`<path d="${path}" ${lookOf(side, theme)} stroke-linejoin="round"/>`];
    }),
  ];
}

/** The line of a side: NaN and null break it. What lies outside of the span is cut off at its ends. */
function pathOf(
  points: readonly CoursePoint[],
  side: CourseSide,
  span: Span,
  x: (at: number) => number,
  y: (value: number) => number,
  steps: boolean,
): string {
  let path = '';
  let isDrawn = false;
  for (const point of points) {
    const value = point[side];
    if (value === undefined) continue;
    if (value === null || Number.isNaN(value) || point.at < span.from || point.at > span.to) {
      isDrawn = false;
      continue;
    }
    const [across, down] = [round(x(point.at)), round(y(value))];
    if (isDrawn) path += steps ? `H${across}V${down}` : `L${across} ${down}`;
    else path += `M${across} ${down}`;
    isDrawn = true;
  }
  return path;
}

function shades(
  marks: readonly ChartMoment[],
  x: (at: number) => number,
  top: number,
  bottom: number,
  theme: Theme,
): string[] {
  const first = marks.find((mark) => mark.shades);
  if (first === undefined) return [];
  const from = round(x(first.at));
  return [
    `<rect x="${from}" y="${top}" width="${round(LEFT + PLOT - from)}" height="${bottom - top}" fill="${theme.ink.bad}" fill-opacity="0.08"/>`,
  ];
}

function moment({ text: words, severity }: ChartMoment, x: number, y: number, bottom: number, theme: Theme): string[] {
  const ink = severity === 'bad' ? theme.ink.bad : theme.ink.muted;
  const isLate = x > LEFT + 0.75 * PLOT;
  const shownWords = fitText(`${severity === 'bad' ? '▲ ' : ''}${shown(words)}`, 0.24 * PLOT, 11, 'regular');
  return [
    `<path d="M${round(x)} ${y}V${bottom}" stroke="${ink}" stroke-dasharray="2 3" fill="none"/>`,
    text(isLate ? x - 5 : x + 5, y + 12, shownWords, { size: 11, fill: ink, ...(isLate ? { anchor: 'end' } : {}) }),
  ];
}
