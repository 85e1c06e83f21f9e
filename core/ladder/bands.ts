import type { LadderBand, LadderText } from '../contract/ladder.ts';
import { WIDEST } from './arrows.ts';
import { changeWords, foldedWords, inLines, safeMedia, streamWords, type BandWords } from './band-words.ts';
import { signs } from './marks.ts';
import type { MediaGroup } from './media-groups.ts';
import { fitText, textWidth, wrapText } from './metrics.ts';
import { shown } from './visible.ts';
import { endText, span } from './words.ts';

/** From a lane to the box: rails stand there. */
const INSET = 16;
/** How far the tip stands out of the box's rectangle, and what stays free around the words. */
export const TIP = 10;
const PADDING = 8;
/** Width of a band whose streams begin and end on one lane. */
const ALONE = 220;
/** Lines: the first, the others, and what is above and below them all. */
const FIRST = 15;
const LINE = 14;
const MARGIN = 7;
/** Lines of details where there is no warning, and of warnings. */
const MOST_DETAILS = 2;
const MOST_WARNINGS = 2;
/** Changes of packet time that have a row of their own. */
const MOST_CHANGES = 6;
/** Streams of a folded band whose numbers go with it. */
const MOST_MEDIA = 100;

/** A row of the ladder that is about media, with its words and not placed yet. */
export interface BandRow extends BandWords {
  readonly group: MediaGroup;
  readonly timeNs: number;
  readonly key: string;
  readonly part: LadderBand['part'];
  readonly ts: string;
  readonly time: string;
  readonly duration: string;
}

/** Rows for the beginnings of streams and for changes of their packet time, in order of time. */
export function bandRows(
  groups: readonly MediaGroup[],
  letters: readonly string[],
  timeOf: (timeNs: number) => string,
): BandRow[] {
  const rows: BandRow[] = [];
  for (const group of groups) {
    const { streams, call } = group;
    const [first] = streams;
    const letter = letters[call] ?? '';
    const key = `${first.media.stream}${streams.length > 1 ? '+' : ''}`;
    const end = streams.reduce((last, { endNs }) => Math.max(last, endNs), -Infinity);
    rows.push({
      ...(streams.length === 1 ? streamWords(first, letter) : foldedWords(streams, letter)),
      group,
      timeNs: first.startNs,
      key,
      part: 'begin',
      ts: first.media.start,
      time: timeOf(first.startNs),
      duration: span(end - first.startNs),
    });
    if (streams.length > 1) continue;
    for (const [at, { timeNs, ms }] of first.changes.entries()) {
      if (at === 0 || at > MOST_CHANGES) continue;
      const left = at === MOST_CHANGES ? first.changes.length - 1 - at : 0;
      rows.push({
        ...changeWords(first.media, first.changes[at - 1]?.ms ?? ms, ms, left, letter),
        group,
        timeNs,
        key: `${key}.${at}`,
        part: 'change',
        ts: first.media.changes[at]?.ts ?? first.media.start,
        time: timeOf(timeNs),
        duration: '',
      });
    }
  }
  return rows.sort((a, b) => a.timeNs - b.timeNs);
}

/** Room a band would like to have between its lanes. */
export function bandRoom({ words, group }: BandRow): number {
  if (group.from === group.to) return ALONE + 2 * INSET;
  return Math.min(textWidth(words.join(' · '), 12, 'bold') + 2 * (INSET + PADDING) + TIP, WIDEST);
}

/** The band of `row` with its top at `top`. */
export function placeBand(row: BandRow, xs: readonly number[], top: number): LadderBand {
  const { group, words, details, warnings, part } = row;
  const { from, to, streams } = group;
  const [first] = streams;
  const left = Math.min(xs[from] as number, xs[to] as number);
  const right = from === to ? left + ALONE + 2 * INSET : Math.max(xs[from] as number, xs[to] as number);
  const tip = from <= to ? 'right' : 'left';
  const box = { x: left + INSET, y: top, width: Math.max(right - left - 2 * INSET, 2 * TIP), height: 0 };
  const room = box.width - TIP - 2 * PADDING;
  const middle = box.x + Math.round((box.width + (tip === 'right' ? -TIP : TIP)) / 2);
  const { fitting, rest } = fitWords(words, room);
  const below = detailLines([...rest, ...details], room, warnings.length > 0 ? 1 : MOST_DETAILS);
  const wrong = wrapText(
    warnings.length === 0 ? '' : `${signs.bad} ${warnings.join(' ')}`,
    room,
    11,
    'regular',
    MOST_WARNINGS,
  );
  const text = (words_: string, line: number, style: LadderText['style'], ink: LadderText['ink']): LadderText => ({
    text: words_,
    x: middle,
    y: top + FIRST + line * LINE,
    anchor: 'middle',
    style,
    ink,
  });
  const height = MARGIN + FIRST + (below.length + wrong.length) * LINE;
  const alone = streams.length === 1;
  return {
    kind: 'band',
    key: row.key,
    part,
    from,
    to,
    call: group.call,
    streams: streams.map(({ media }) => media.stream),
    media: part === 'change' ? [] : streams.slice(0, MOST_MEDIA).map(({ media }) => safeMedia(media)),
    ts: row.ts,
    words,
    details,
    warnings,
    src: alone ? endText(shown(first.src.address), first.src.port) : '',
    dst: alone ? endText(shown(first.dst.address), first.dst.port) : '',
    frame: part === 'change' ? null : first.media.frame,
    time: row.time,
    duration: row.duration,
    y: top + Math.round(height / 2),
    box: { ...box, height },
    tip,
    joins: from === to ? [{ x1: left, x2: box.x }] : joinsOf(left, right, box),
    texts: [
      text(fitting, 0, 'strong', 'success'),
      ...below.map((line, at) => text(line, at + 1, 'small', 'muted')),
      ...wrong.map((line, at) => text(line, below.length + at + 1, 'small', 'bad')),
    ],
  };
}

function joinsOf(left: number, right: number, box: LadderBand['box']): LadderBand['joins'] {
  return [
    { x1: left, x2: box.x },
    { x1: right, x2: box.x + box.width },
  ];
}

/** What does not fit on `most` lines is cut: the tooltip tells all of it. */
function detailLines(pieces: readonly string[], room: number, most: number): string[] {
  const lines = inLines(pieces, (line) => textWidth(line, 11, 'regular') <= room);
  if (lines.length > most) lines.splice(most - 1, Infinity, lines.slice(most - 1).join(' · '));
  return lines.flatMap((line, at) => wrapText(line, room, 11, 'regular', at === lines.length - 1 ? most - at : 1));
}

/** As many of the words, most important first, as have room; the others are told below. */
function fitWords(
  words: readonly string[],
  room: number,
): { readonly fitting: string; readonly rest: readonly string[] } {
  for (let count = words.length; count > 0; count--) {
    const fitting = words.slice(0, count).join(' · ');
    if (textWidth(fitting, 12, 'bold') <= room) return { fitting, rest: words.slice(count) };
  }
  return { fitting: fitText(words[0] ?? '', room, 12, 'bold'), rest: words.slice(1) };
}
