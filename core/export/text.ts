import type { LadderArrow, LadderBand, LadderMark, LadderScene } from '../contract/ladder.ts';
import { inLines } from '../ladder/band-words.ts';
import { cells, fitCells, padCells, wrapCells } from './cells.ts';
import { asWritten } from './as-written.ts';
import {
  detailsOf,
  laneLines,
  LEAST_GAP,
  numberOf,
  onArrow,
  signsOf,
  textColumns,
  type TextColumns,
} from './text-columns.ts';
import { asciiPens, boxPens, inScript, TextLine, type Pens } from './text-lines.ts';
import { textHead, textList } from './text-head.ts';
import { bandWarnings, textMarks } from './text-marks.ts';
import { textPaths } from './text-paths.ts';

export interface TextOptions {
  /** Columns, 40 to 400; 100 without, and for what is no width. */
  readonly width?: number;
  /** Only characters 32 to 126. */
  readonly ascii?: boolean;
  /** Title, state and facts above the ladder. Default true. */
  readonly head?: boolean;
}

const USUAL = 100;
const LEAST = 40;
const MOST = 400;
/** Lines below an arrow for what does not fit on it. */
const MOST_BELOW = 3;
/** Lines below a band for what is wrong with it. */
const MOST_WARNED = 5;
/** In fewer cells they would be crumbs: only two lines then. */
const NARROW = 20;

/** The ladder as text of fixed width: lanes are columns, every line ends with a line feed, no line is longer than `width`. */
export function text(whole: LadderScene, options: TextOptions = {}): string {
  const scene = asWritten(whole);
  const asked = options.width ?? USUAL;
  const width = asked > 0 ? Math.max(LEAST, Math.min(Math.floor(asked), MOST)) : USUAL;
  const ascii = options.ascii === true;
  const columns = textColumns(scene, width, ascii);
  const lines = columns === null ? textList(scene, width, ascii) : new TextLadder(scene, columns, width, ascii).lines();
  lines.push(...textMarks(scene, width, ascii), ...textPaths(scene, width, ascii));
  const head = options.head === false ? [] : [...textHead(scene, width, ascii), ''];
  return [...head, ...lines, ''].join('\n');
}

class TextLadder {
  private readonly scene: LadderScene;
  private readonly columns: TextColumns;
  private readonly width: number;
  private readonly ascii: boolean;
  private readonly pens: Pens;
  private readonly marks: readonly LadderMark[];
  /** Of the item that is drawn. */
  private y = 0;

  constructor(scene: LadderScene, columns: TextColumns, width: number, ascii: boolean) {
    this.scene = scene;
    this.columns = columns;
    this.width = width;
    this.ascii = ascii;
    this.pens = ascii ? asciiPens : boxPens;
    this.marks = scene.items.flatMap((item) => (item.kind === 'arrow' ? item.marks : []));
  }

  lines(): string[] {
    const lines = this.laneTitles();
    for (const item of this.scene.items) {
      this.y = item.y;
      if (item.kind === 'note') lines.push(...this.note(item.text));
      else if (item.kind === 'band') lines.push(...this.band(item));
      else lines.push(...(item.loop === null ? this.arrow(item) : this.loop(item)));
    }
    this.y = this.scene.lifelines.y2;
    lines.push(this.lifelines(this.pens.lifeline).toString());
    return lines;
  }

  private laneTitles(): string[] {
    const { xs } = this.columns;
    const blocks = this.scene.lanes.map((lane, at) => {
      const x = xs[at] as number;
      const left = at === 0 ? x : ((x - (xs[at - 1] as number)) >> 1) - 1;
      const right = at === xs.length - 1 ? this.width - x - 1 : (((xs[at + 1] as number) - x) >> 1) - 1;
      const room = Math.max(2 * Math.min(left, right) + 1, LEAST_GAP - 1);
      return laneLines(lane, this.ascii).flatMap((line) =>
        wrapCells(line, room).map((part) => fitCells(part, room, this.pens.more)),
      );
    });
    const height = Math.max(1, ...blocks.map(({ length }) => length));
    const lines: string[] = [];
    for (let row = 0; row < height; row++) {
      const line = new TextLine(this.width);
      for (let at = 0; at < blocks.length; at++) {
        const part = (blocks[at] as string[])[row] ?? '';
        const start = (xs[at] as number) - (cells(part) >> 1);
        line.put(this.inside(start, part), part);
      }
      if (row === height - 1) this.gutter(line, this.scene.columns.titles[0]?.text ?? 'time', 'step', 'frame');
      lines.push(line.toString());
    }
    return [...lines, this.lifelines(this.pens.lifeline).toString()];
  }

  private gutter(line: TextLine, time: string, delta: string, frame: string): void {
    const { columns } = this;
    let at = 0;
    for (const [words, width] of [
      [time, columns.time],
      [delta, columns.delta],
      [frame, columns.frame],
    ] as const) {
      if (width === 0) continue;
      line.put(at, padCells(inScript(words, this.ascii), width, 'right'));
      at += width + 2;
    }
  }

  /** Where `words` that would like to start at `start` stay on the line. */
  private inside(start: number, words: string): number {
    return Math.max(0, Math.min(start, this.width - cells(words)));
  }

  private lifelines(pen: string): TextLine {
    const line = new TextLine(this.width);
    for (const [lane, x] of this.columns.xs.entries()) line.put(x, this.isSending(lane) ? this.pens.sending : pen);
    return line;
  }

  /** Whether media goes out from this lane at the height of the item that is drawn. */
  private isSending(lane: number): boolean {
    return this.scene.rails.some((rail) => rail.lane === lane && rail.y1 <= this.y && this.y <= rail.y2);
  }

  private arrow(arrow: LadderArrow): string[] {
    const { pens } = this;
    const pen = arrow.retransmission ? pens.dashed : pens.line;
    const line = this.lifelines(pens.lifeline);
    this.gutter(line, arrow.time, arrow.delta, `#${arrow.frame}`);
    const { left, right, rightward } = this.shaft(line, arrow.from, arrow.to, pen);
    const number = numberOf(this.scene, arrow);
    if (number !== '') line.put(rightward ? left + 1 : right - number.length, number);
    // Between the ends: the number behind the tail, the head, and a stroke and a blank on both sides of the words.
    const room = right - left - 1 - number.length - 5;
    const whole = onArrow(arrow, true, this.ascii);
    const fits = cells(whole) <= room;
    // Without the strokes there is a little more room for words that need it.
    const words = fitCells(fits ? whole : this.short(arrow, room), room + 2, pens.more);
    const slack = right - left - 1 - number.length - 1 - cells(words);
    if (words !== '') line.put(left + (rightward ? number.length : 1) + (slack >> 1), ` ${words} `);
    return [line.toString(), ...(fits ? [] : this.below(detailsOf(arrow), left, right))];
  }

  /** The label with CSeq where that fits, else without. */
  private short(arrow: LadderArrow, room: number): string {
    const both = onArrow(arrow, false, this.ascii);
    return cells(both) <= room + 2 ? both : inScript([arrow.label, ...signsOf(arrow)].join(' '), this.ascii);
  }

  private shaft(
    line: TextLine,
    from: number,
    to: number,
    pen: string,
  ): { left: number; right: number; rightward: boolean } {
    const { pens } = this;
    const { xs } = this.columns;
    const rightward = to > from;
    const left = xs[Math.min(from, to)] as number;
    const right = xs[Math.max(from, to)] as number;
    line.fill(left + 1, right, pen);
    for (let lane = Math.min(from, to) + 1; lane < Math.max(from, to); lane++)
      line.put(xs[lane] as number, pens.crossing);
    const sends = this.isSending(from);
    if (rightward) line.put(left, sends ? pens.sendingRight : pens.tailRight).put(right - 1, pens.right);
    else line.put(right, sends ? pens.sendingLeft : pens.tailLeft).put(left + 1, pens.left);
    return { left, right, rightward };
  }

  private below(details: string, left: number, right: number, lines = MOST_BELOW): string[] {
    const room = right - left - 3;
    const shown = inScript(details, this.ascii);
    if (shown === '' || room < 4) return [];
    // A separator stands between two details, not at the edge of a line.
    const parts = wrapCells(shown, room).map((part) => part.replace(/^[·-] /u, '').replace(/ [·-]$/u, ''));
    const most = room < NARROW ? lines - 1 : lines;
    if (parts.length > most)
      parts.splice(most - 1, Infinity, fitCells(parts.slice(most - 1).join(' '), room, this.pens.more));
    return parts.map((part) =>
      this.lifelines(this.pens.lifeline)
        .put(left + 2 + ((room - cells(part)) >> 1), part)
        .toString(),
    );
  }

  /** As `below`, broken between two pieces where that can be. */
  private pieces(pieces: readonly string[], left: number, right: number): string[] {
    const room = right - left - 3;
    const lines = inLines(pieces, (line) => cells(inScript(line, this.ascii)) <= room);
    if (room < NARROW || lines.length > MOST_BELOW) return this.below(pieces.join(' · '), left, right);
    return lines.flatMap((line) => this.below(line, left, right));
  }

  private loop(arrow: LadderArrow): string[] {
    const { pens } = this;
    const { xs } = this.columns;
    const x = xs[arrow.from] as number;
    const before = arrow.from === 0 ? x : (xs[arrow.from - 1] as number);
    const next = xs[arrow.from + 1] ?? this.width;
    // Only the last lane has nothing but the edge on its right.
    const mirrored = arrow.from === xs.length - 1 && x - before > next - x;
    const room = (mirrored ? x - before : next - x) - 5;
    const number = numberOf(this.scene, arrow);
    const label = this.short(arrow, room - 2 - (number === '' ? 0 : number.length + 1));
    const words = [number === '' ? label : `${number} ${label}`, inScript(detailsOf(arrow), this.ascii)];
    return words.map((part, at) => {
      const line = this.lifelines(pens.lifeline);
      if (at === 0) this.gutter(line, arrow.time, arrow.delta, `#${arrow.frame}`);
      const shown = fitCells(part, room, pens.more);
      if (mirrored) {
        line.put(x - 4 - cells(shown) + 1, shown);
        line.put(x - 2, at === 0 ? `${pens.cornerLeft}${pens.line}` : `${pens.cornerLeftBack}${pens.right}`);
        return (
          at === 0 ? line.put(x, this.isSending(arrow.from) ? pens.sendingLeft : pens.tailLeft) : line
        ).toString();
      }
      line.put(x + 1, at === 0 ? `${pens.line}${pens.corner}` : `${pens.left}${pens.cornerBack}`).put(x + 4, shown);
      return (
        at === 0 ? line.put(x, this.isSending(arrow.from) ? pens.sendingRight : pens.tailRight) : line
      ).toString();
    });
  }

  /** Between the outermost lifelines on as many lines as it takes, or behind the only one. */
  private note(words: string): string[] {
    const { xs } = this.columns;
    const first = xs[0] ?? 0;
    const room = xs.length > 1 ? (xs[xs.length - 1] as number) - first - 1 : this.width - first - 2;
    return wrapCells(inScript(words, this.ascii), room).map((part) => {
      const shown = cells(part) + 2 <= room ? ` ${part} ` : part;
      const before = xs.length > 1 ? (room - cells(shown)) >> 1 : 1;
      return this.lifelines(this.pens.pause)
        .put(first + 1 + before, shown)
        .toString();
    });
  }

  private band(band: LadderBand): string[] {
    const { pens } = this;
    const line = this.lifelines(pens.lifeline);
    this.gutter(line, band.time, '', band.frame === null ? '' : `#${band.frame}`);
    const [loop, loopRoom] = [band.from === band.to, this.width - (this.columns.xs[band.from] as number) - 2];
    const between = Math.abs((this.columns.xs[band.to] as number) - (this.columns.xs[band.from] as number));
    const { fitting, rest } = bandWords(band, loop ? loopRoom : between - 6, this.ascii);
    const more = [...rest, ...band.details].map((part) => inScript(part, this.ascii));
    const warnings = bandWarnings(band, this.marks).map((part) => inScript(`! ${part}`, this.ascii));
    const dot = inScript(' · ', this.ascii);
    if (loop) {
      const x = this.columns.xs[band.from] as number;
      const words = [fitting, ...more, ...warnings].join(dot);
      return [line.put(x + 2, fitCells(words, loopRoom, pens.more)).toString()];
    }
    const { left, right } = this.shaft(line, band.from, band.to, pens.media);
    const words = fitCells(fitting, right - left - 4, pens.more);
    line.put(left + 1 + ((right - left - 1 - cells(words) - 2) >> 1), ` ${words} `);
    return [
      line.toString(),
      ...this.pieces(more, left, right),
      ...this.below(warnings.join(dot), left, right, MOST_WARNED),
    ];
  }
}

/** As many of a band's words as have room, and those that have not. */
function bandWords(
  { words }: LadderBand,
  room: number,
  ascii: boolean,
): { readonly fitting: string; readonly rest: readonly string[] } {
  for (let count = words.length; count > 1; count--) {
    const fitting = inScript(words.slice(0, count).join(' · '), ascii);
    if (cells(fitting) <= room) return { fitting, rest: words.slice(count) };
  }
  return { fitting: inScript(words[0] ?? '', ascii), rest: words.slice(1) };
}
