import type { DispatcherRow, DispatcherTicks, DispatcherView } from '../contract/dispatcher.ts';
import { dark, light, MONO, SANS, type Theme } from '../ladder/theme.ts';
import { shown } from '../ladder/visible.ts';
import { xml } from './escape.ts';

/** Pixels. */
const WIDTH = 1400;
const LEFT = 260;
const RIGHT = 16;
const TOP = 44;
const ROW = 58;
const STRIP = 24;
const STEPS = WIDTH - LEFT - RIGHT;
/** Rows that one drawing shows. */
export const MOST_DRAWN = 500;

/** How many steps ticks are asked for: one a pixel. */
export const dispatcherSteps = STEPS;

export interface DispatcherDrawing {
  readonly view: DispatcherView;
  /** By row. */
  readonly ticks: readonly DispatcherTicks[];
  readonly theme: 'light' | 'dark';
}

type Tone = 'good' | 'warn' | 'bad' | 'info' | 'idle';

function toneOf(flags: string): Tone {
  if (flags.startsWith('D')) return 'idle';
  if (flags.startsWith('I')) return 'bad';
  if (flags.startsWith('T')) return 'warn';
  return flags.endsWith('X') ? 'info' : 'good';
}

/** States over time of a dispatcher's destinations: a whole SVG 1.1 document, nothing loaded, nothing that runs. Times are UTC. */
export function dispatcherSvg({ view, ticks, theme: name }: DispatcherDrawing): string {
  const theme = name === 'dark' ? dark : light;
  const rows = view.rows.slice(0, MOST_DRAWN);
  const height = TOP + rows.length * ROW + 36;
  const start = Number(view.start ?? 0);
  const span = Math.max(1e-6, Number(view.end ?? 0) - start);
  const place = (ts: string): number => LEFT + STEPS * Math.min(1, Math.max(0, (Number(ts) - start) / span));
  const parts = [
    `<rect width="${WIDTH}" height="${height}" fill="${theme.background}"/>`,
    text(16, 22, headline(view), { size: 13, weight: 600, fill: theme.ink.text }),
    ...axis(start, span, height, theme),
  ];
  for (const [at, row] of rows.entries()) {
    const y = TOP + at * ROW;
    parts.push(...label(row, y, theme), ...strips(row, y, place, view.end ?? '0', theme));
    const marks = ticks.find((one) => one.row === at);
    if (marks !== undefined) parts.push(...markPaths(marks, y + STRIP + 5, theme));
  }
  const legend = '▌ probe answered   ✕ probe failed   dashed: not probed';
  parts.push(text(16, height - 12, legend, { size: 11, fill: theme.ink.muted }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="${xml(SANS)}" font-size="12">\n${parts.join('\n')}\n</svg>\n`;
}

function headline({ probers }: DispatcherView): string {
  return probers
    .slice(0, 3)
    .map(
      ({ prober, destinations, probed }) =>
        `${shown(prober)} probes ${probed} of ${destinations} destination${destinations === 1 ? '' : 's'}`,
    )
    .join(' · ');
}

interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  readonly anchor?: 'middle' | 'end';
  readonly mono?: boolean;
}

function text(x: number, y: number, words: string, { size, fill, weight, anchor, mono = false }: TextStyle): string {
  const more = [
    ...(weight === undefined ? [] : [` font-weight="${weight}"`]),
    ...(anchor === undefined ? [] : [` text-anchor="${anchor}"`]),
    ...(mono ? [` font-family="${xml(MONO)}"`] : []),
  ].join('');
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"${more}>${xml(words)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function clock(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(11, 19);
}

function axis(start: number, span: number, height: number, theme: Theme): string[] {
  return [0, 1, 2, 3, 4, 5, 6].flatMap((step) => {
    const x = LEFT + (STEPS * step) / 6;
    const anchor = step === 6 ? 'end' : 'middle';
    return [
      `<path d="M${round(x)} ${TOP - 6}V${height - 32}" stroke="${theme.line}" fill="none"/>`,
      text(x, TOP - 12, clock(start + (span * step) / 6), { size: 11, fill: theme.ink.muted, mono: true, anchor }),
    ];
  });
}

function label(row: DispatcherRow, y: number, theme: Theme): string[] {
  const { destination, name, calls, roundTripMs } = row;
  const title = shown(name ?? destination).slice(0, 26);
  return [
    text(16, y + 14, title, { size: 12, weight: 600, fill: theme.ink.text }),
    ...(name === null
      ? []
      : [text(16, y + 30, shown(destination).slice(0, 30), { size: 11, fill: theme.ink.muted, mono: true })]),
    text(LEFT - 14, y + 14, `${calls} call${calls === 1 ? '' : 's'}`, {
      size: 11,
      fill: theme.ink.muted,
      anchor: 'end',
    }),
    text(LEFT - 14, y + 30, roundTripMs === null ? '' : `rtt ${roundTripMs} ms`, {
      size: 11,
      fill: theme.ink.muted,
      anchor: 'end',
    }),
  ];
}

function strips(
  { transitions, moreTransitions }: DispatcherRow,
  y: number,
  place: (ts: string) => number,
  end: string,
  theme: Theme,
): string[] {
  return transitions.flatMap(({ ts, to }, at) => {
    if (to === null) return [];
    const from = place(ts);
    // What came behind the last one that was kept is not known here.
    const until = place(transitions[at + 1]?.ts ?? (moreTransitions > 0 ? ts : end));
    const width = Math.max(1, until - from - 1);
    const colour = theme.ink[toneOf(to)];
    const dash = to.endsWith('X') ? ' stroke-dasharray="4 3"' : '';
    return [
      `<rect x="${round(from)}" y="${y}" width="${round(width)}" height="${STRIP}" rx="4" fill="${colour}" fill-opacity="0.16" stroke="${colour}" stroke-opacity="0.6"${dash}/>`,
      ...(width > 24 ? [text(from + 7, y + 16, to, { size: 11, weight: 600, fill: colour, mono: true })] : []),
    ];
  });
}

function markPaths({ good, failed, open }: DispatcherTicks, y: number, theme: Theme): string[] {
  const path = (steps: readonly number[], one: (x: number) => string, colour: string): string[] =>
    steps.length === 0
      ? []
      : [
          `<path d="${steps.map((step) => one(LEFT + step)).join('')}" stroke="${colour}" stroke-width="1.4" fill="none"/>`,
        ];
  return [
    ...path(good, (x) => `M${x} ${y}v7`, theme.ink.muted),
    ...path(failed, (x) => `M${x - 3} ${y}l6 6m0 -6l-6 6`, theme.ink.bad),
    ...path(open, (x) => `M${x} ${y + 5}v2`, theme.ink.muted),
  ];
}
