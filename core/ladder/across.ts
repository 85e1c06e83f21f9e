import type { LadderMark, LadderText } from '../contract/ladder.ts';
import { SMALL_SIZE, type ArrowText, type ArrowTexts } from './arrow-text.ts';
import { loopRoom, roomFor } from './arrows.ts';
import { bandRoom, type BandRow } from './bands.ts';
import type { Step } from './fold.ts';
import { gapsFor, Needs } from './gaps.ts';
import type { BoxText } from './lane-boxes.ts';
import { fitText, textWidth } from './metrics.ts';
import { span } from './words.ts';

const MARGIN = 16;
/** Lanes that have to move closer leave this much to a label; so far apart do they go where there is room. */
const NARROW = 190;
const APART = 600;

/** A step with its texts and lanes, not placed yet. */
export interface Drawn {
  readonly step: Step;
  readonly text: ArrowText;
  readonly from: number;
  readonly to: number;
  readonly time: string;
  readonly delta: string;
  readonly marks: readonly LadderMark[];
}

/** Texts and times of `step`, whose lanes are `from` and `to`; `timeOf` writes a time, `before` is the one above. */
export function drawnOf(
  step: Step,
  texts: ArrowTexts,
  [from, to]: readonly [number, number],
  timeOf: (timeNs: number) => string,
  before: Step | undefined,
  marks: readonly LadderMark[],
): Drawn {
  const { timeNs } = step.message;
  const since = before === undefined ? '' : span(timeNs - before.message.timeNs);
  const delta = since === '' || since.startsWith('-') ? since : `+${since}`;
  return { step, text: texts.of(step, marks), from, to, time: timeOf(timeNs), delta, marks };
}

export interface Columns {
  readonly time: number;
  readonly delta: number;
  readonly frame: number;
  readonly right: number;
  readonly titles: (y: number) => LadderText[];
}

/** Right edges of the columns with times (under `title`), step and frame. */
export function columnsOf(drawn: readonly Drawn[], bands: readonly BandRow[], title: string): Columns {
  let time = 5;
  let delta = 5;
  let frame = 5;
  for (const one of drawn) {
    time = Math.max(time, one.time.length);
    delta = Math.max(delta, one.delta.length);
    frame = Math.max(frame, String(one.step.message.frame).length + 1);
  }
  for (const { time: written, group } of bands) {
    time = Math.max(time, written.length);
    frame = Math.max(frame, String(group.streams[0].media.frame).length + 1);
  }
  const timeAt = MARGIN + wide(time);
  const deltaAt = timeAt + 12 + wide(delta);
  const frameAt = deltaAt + 12 + wide(frame);
  const titles = (y: number): LadderText[] =>
    (
      [
        [title, timeAt],
        ['step', deltaAt],
        ['frame', frameAt],
      ] as const
    ).map(([text, x]) => ({ text, x, y, anchor: 'end', style: 'small', ink: 'muted' }));
  return { time: timeAt, delta: deltaAt, frame: frameAt, right: frameAt, titles };
}

function wide(length: number): number {
  return textWidth('0'.repeat(length), SMALL_SIZE, 'mono');
}

/**
 * Where the lanes stand, and how far to the right everything reaches. `loopRooms`: what is free right of each lane.
 * `room` pixels are filled where there are any to fill: lanes move apart, or closer together at the cost of long labels.
 */
export function placeLanes(
  boxes: readonly BoxText[],
  drawn: readonly Drawn[],
  bands: readonly BandRow[],
  left: number,
  room: number | null,
): { xs: number[]; right: number; loopRooms: number[] } {
  const needs = new Needs();
  const last = boxes.length - 1;
  let behind = 0;
  let pins = 0;
  for (const { text, from, to } of drawn) {
    if (from !== to) needs.add(from, to, roomFor(text));
    else if (from < last) needs.add(from, from + 1, loopRoom(text));
    else behind = Math.max(behind, loopRoom(text));
    if (text.pin !== '' && Math.max(from, to) === last) {
      pins = Math.max(
        pins,
        textWidth(fitText(text.pin, 200, SMALL_SIZE, 'regular'), SMALL_SIZE, 'regular') +
          34 +
          (from === to ? loopRoom(text) : 0),
      );
    }
  }
  for (const band of bands) {
    const { from, to } = band.group;
    if (from !== to) needs.add(from, to, bandRoom(band));
    else if (from < last) needs.add(from, from + 1, bandRoom(band));
    else behind = Math.max(behind, bandRoom(band));
  }
  const half = (lane: number): number => Math.ceil((boxes[lane]?.width ?? 0) / 2);
  const least = (gap: number): number => half(gap) + half(gap + 1) + 16;
  const wished = gapsFor(boxes.length, least, needs);
  const first = left + 20 + half(0);
  const gaps =
    room === null
      ? wished
      : filled(room - first - Math.max(half(last), behind, pins), wished, () =>
          gapsFor(boxes.length, least, needs.atMost(NARROW)),
        );
  const xs: number[] = [];
  let x = first;
  for (let lane = 0; lane < boxes.length; lane++) {
    xs.push(x);
    x += gaps[lane] ?? 0;
  }
  const edge = xs[last] ?? left;
  return { xs, right: edge + Math.max(half(last), behind, pins), loopRooms: xs.map((_, lane) => gaps[lane] ?? behind) };
}

/** The gaps that fill `room` together, as far as they may grow and as far as `least` lets them shrink. */
function filled(room: number, wished: readonly number[], least: () => readonly number[]): number[] {
  const missing = wished.reduce((sum, gap) => sum + gap, 0) - room;
  if (missing <= 0) {
    const share = Math.floor(-missing / Math.max(wished.length, 1));
    return wished.map((gap) => Math.max(gap, Math.min(gap + share, APART)));
  }
  const floor = least();
  const spare = wished.map((gap, at) => Math.max(0, gap - (floor[at] ?? gap)));
  const part = Math.min(
    1,
    missing /
      Math.max(
        1,
        spare.reduce((sum, one) => sum + one, 0),
      ),
  );
  return wished.map((gap, at) => gap - Math.ceil((spare[at] ?? 0) * part));
}
