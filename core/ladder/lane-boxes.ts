import type { LadderBox, LadderText } from '../contract/ladder.ts';
import { SMALL_SIZE } from './arrow-text.ts';
import type { Lane } from './lanes.ts';
import { fitText, textWidth, type Face } from './metrics.ts';

const TITLE_SIZE = 12;
const MOST = 176;
const LEAST = 84;
const PADDING = 12;
const LINE = 15;

/** The box on top of a lane before it stands anywhere: lines of text and the size they need. */
export interface BoxText {
  readonly lines: readonly { readonly text: string; readonly style: 'strong' | 'mono' | 'small' }[];
  readonly width: number;
}

/** Title, ports and role of a lane in lines. Long addresses are broken at a colon or dot, long names cut. */
export function boxText(lane: Lane, role: string | null): BoxText {
  const titles = inLines(lane.title, TITLE_SIZE, 'bold');
  const below = subtitle(lane);
  const lines = [
    ...titles.map((text) => ({ text, style: 'strong' as const })),
    ...(below === '' ? [] : inLines(below, SMALL_SIZE, 'mono').map((text) => ({ text, style: 'mono' as const }))),
    ...(role === null || role === ''
      ? []
      : [{ text: fitText(role, MOST, SMALL_SIZE, 'regular'), style: 'small' as const }]),
  ];
  const widest = Math.max(...lines.map(({ text, style }) => widthOf(text, style)));
  return { lines, width: Math.max(LEAST, widest + 2 * PADDING) };
}

/** Height of a box with that many lines. */
export function boxHeight(lines: number): number {
  return lines * LINE + 11;
}

/** The texts of `box` where it stands. */
export function boxTexts({ lines }: BoxText, box: LadderBox): LadderText[] {
  const x = box.x + Math.round(box.width / 2);
  const first = box.y + Math.round((box.height - lines.length * LINE) / 2) + 11;
  return lines.map(({ text, style }, line) => ({
    text,
    x,
    y: first + line * LINE,
    anchor: 'middle',
    style,
    ink: style === 'strong' ? 'text' : 'muted',
  }));
}

/** Ends of a lane, the most used first. */
export function endsOf({ ends }: Lane): string[] {
  return [...ends].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([end]) => end);
}

function subtitle(lane: Lane): string {
  const ends = endsOf(lane);
  // Where the title is the address, only its ports are news.
  if (lane.address === null && !ends.every((end) => addressOf(end) === lane.title)) {
    const others = ends.filter((end) => end !== lane.title);
    return others.length > 1 ? `${others[0] as string} +${others.length - 1}` : (others[0] ?? '');
  }
  const ports = ends.map((end) => end.slice(end.lastIndexOf(':') + 1));
  if (ports.length === 0) return '';
  const first = ports.slice(0, 2).join(', ');
  return `port${ports.length > 1 ? 's' : ''} ${first}${ports.length > 2 ? ` +${ports.length - 2}` : ''}`;
}

function addressOf(end: string): string {
  return end.slice(0, end.lastIndexOf(':')).replace(/^\[(.*)\]$/u, '$1');
}

function widthOf(text: string, style: 'strong' | 'mono' | 'small'): number {
  return style === 'strong'
    ? textWidth(text, TITLE_SIZE, 'bold')
    : textWidth(text, SMALL_SIZE, style === 'mono' ? 'mono' : 'regular');
}

/** One line, or two broken behind the colon or dot nearest to the middle. */
function inLines(text: string, size: number, face: Face): string[] {
  if (textWidth(text, size, face) <= MOST) return [text];
  const middle = text.length / 2;
  let cut = -1;
  for (let at = 1; at < text.length; at++) {
    const before = text[at - 1];
    if (before !== ':' && before !== '.' && before !== ' ') continue;
    if (cut < 0 || Math.abs(at - middle) < Math.abs(cut - middle)) cut = at;
  }
  if (cut < 0) return [fitText(text, MOST, size, face)];
  return [text.slice(0, cut).trimEnd(), text.slice(cut)].map((part) => fitText(part, MOST, size, face));
}
