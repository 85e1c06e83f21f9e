import type { LadderHost } from '../contract/ladder.ts';
import type { Path } from '../contract/paths.ts';
import { fitText } from '../ladder/metrics.ts';
import { pathGraph } from '../ladder/path-graph.ts';
import { rectShape, textShape } from '../ladder/plain-shapes.ts';
import type { Shape, ShapeGroup } from '../ladder/shape.ts';
import { dark, light } from '../ladder/theme.ts';
import { visible } from '../ladder/visible.ts';
import { svgElement } from './svg.ts';

export interface PathSvgOptions {
  readonly theme?: 'light' | 'dark';
  readonly hosts?: readonly LadderHost[];
}

const WIDTH = 860;
const MARGIN = 16;
const HEAD = 64;

/** The graph of a path as an SVG 1.1 document with its own background, a head, and what is odd about it below. */
export function pathSvg(path: Path, options: PathSvgOptions = {}): string {
  const theme = options.theme === 'dark' ? dark : light;
  const { hosts } = options;
  const graph = pathGraph(path, { room: WIDTH - 2 * MARGIN, ...(hosts === undefined ? {} : { hosts }) });
  const title = `${path.cseq.method} ${path.cseq.number}: ${path.from ?? '?'} → ${path.to ?? '?'}`;
  const sentences = wrapped(
    visible([path.explanation, ...(path.fork?.branches ?? []).map(({ said }) => said)].join(' ')),
  );
  const height = HEAD + graph.height + 20 + sentences.length * 16 + MARGIN;
  const line = (text: string, y: number, style: 'title' | 'small' | 'plain', muted = false): Shape =>
    textShape({ text, x: MARGIN, y, anchor: 'start', style, ink: muted ? 'muted' : 'text' });
  const facts = `${path.verdict} · Call-ID ${path.callId} · ${utc(path.start)}`;
  const groups: ShapeGroup[] = [
    group([
      rectShape({ x: 0, y: -HEAD, width: WIDTH, height }, 'background'),
      line(fitText(visible(title), WIDTH - 2 * MARGIN, 15, 'bold'), 28 - HEAD, 'title'),
      line(fitText(visible(facts), WIDTH - 2 * MARGIN, 11, 'regular'), 48 - HEAD, 'small', true),
    ]),
    group(graph.lines),
    ...graph.rows.map(({ shapes, words }) => ({ ...group(shapes), title: words })),
    group(sentences.map((text, at) => line(text, graph.height + 20 + at * 16, 'plain'))),
  ];
  const element = svgElement({ width: WIDTH, title: visible(title), description: visible(path.explanation) }, groups, {
    theme,
    from: -HEAD,
    to: height - HEAD,
    titled: true,
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element}\n`;
}

function group(shapes: readonly Shape[]): ShapeGroup {
  return { part: 'item', row: null, band: null, title: null, strip: null, shapes };
}

/** Characters of a line; the font is of about this width. */
const COLUMNS = 128;
const MOST_LINES = 24;

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > COLUMNS) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word.slice(0, COLUMNS) : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines.slice(0, MOST_LINES);
}

function utc(ts: string): string {
  const date = new Date(Number(ts) * 1000);
  return Number.isNaN(date.getTime()) ? ts : `${date.toISOString().replace('T', ' ').slice(0, 23)} UTC`;
}
