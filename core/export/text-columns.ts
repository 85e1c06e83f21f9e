import type { LadderArrow, LadderLane, LadderScene } from '../contract/ladder.ts';
import { gapsFor, Needs } from '../ladder/gaps.ts';
import { changeSign, signOf } from '../ladder/marks.ts';
import { cells } from './cells.ts';
import { inScript } from './text-lines.ts';

export const LEAST_GAP = 10;
const MOST_GAP = 64;
/** Half of what a lane's title may claim for itself. */
const MOST_TITLE = 10;

export interface TextColumns {
  /** Cell of each lifeline. */
  readonly xs: readonly number[];
  /** Widths of the columns left of the ladder; of time and step 0 where there is no room for them. */
  readonly time: number;
  readonly delta: number;
  readonly frame: number;
}

/** Room for the words of loops right of the last lane, where it is the only one. */
const LOOP_ROOM = 24;

/** Where the lanes stand; null where they do not fit side by side. */
export function textColumns(scene: LadderScene, width: number, ascii: boolean): TextColumns | null {
  const { lanes, items } = scene;
  let time = 5;
  let delta = 5;
  let frame = 5;
  const needs = new Needs();
  for (const item of items) {
    if (item.kind === 'note') continue;
    time = Math.max(time, item.time.length);
    if (item.kind === 'arrow') {
      delta = Math.max(delta, item.delta.length);
      frame = Math.max(frame, String(item.frame).length + 1);
      const room = cells(inScript(onArrow(item, true, ascii), ascii)) + numberOf(scene, item).length + 8;
      needs.add(...gapOf(item, lanes.length - 1), Math.min(room, MOST_GAP));
    } else {
      const room = cells(inScript(item.words.join(' · '), ascii)) + 6;
      frame = Math.max(frame, String(item.frame ?? '').length + 1);
      needs.add(item.from, item.to, Math.min(room, MOST_GAP));
    }
  }
  const halves = lanes.map((lane) => {
    const widest = laneLines(lane, ascii).reduce((most, line) => Math.max(most, cells(line)), 0);
    return Math.min(Math.ceil(widest / 2), MOST_TITLE);
  });
  const half = (lane: number): number => halves[lane] ?? 0;
  const titled = (gap: number): number => Math.max(half(gap) + half(gap + 1) + 2, LEAST_GAP);
  const wanted = gapsFor(lanes.length, titled, needs);
  const alone = lanes.length === 1 && items.some((item) => item.kind === 'arrow' && item.to === item.from);
  const edges = half(0) + (alone ? LOOP_ROOM : half(lanes.length - 1));
  // The times give way before the lanes' words do. The frame never does: the sentences name frames, and so do commands.
  const plans = [
    { time, delta, frame, least: 30 },
    { time, delta: 0, frame, least: 14 },
    { time: 0, delta: 0, frame, least: LEAST_GAP },
  ];
  for (const { least, ...plan } of plans) {
    const gutter = [plan.time, plan.delta, plan.frame].reduce((sum, one) => (one === 0 ? sum : sum + one + 2), 0);
    const room = width - gutter - edges - 1;
    if (room < Math.min(total(wanted), wanted.length * least)) continue;
    const gaps = shrunk(
      wanted,
      wanted.map((_, gap) => titled(gap)),
      room,
    );
    let x = gutter + half(0);
    const xs = lanes.map((_, lane) => (lane === 0 ? x : (x += gaps[lane - 1] as number)));
    return { xs, ...plan };
  }
  return null;
}

/** Between which lanes the words of an arrow stand: those of a loop right of it, of the last lane left of it. */
function gapOf({ from, to }: LadderArrow, last: number): [number, number] {
  if (from !== to) return [from, to];
  return from === last ? [Math.max(from - 1, 0), from] : [from, from + 1];
}

/** Gaps that fit into `room`: words lose room first, then the lanes' titles. */
function shrunk(wanted: readonly number[], titled: readonly number[], room: number): readonly number[] {
  const sum = total(wanted);
  if (sum <= room) return wanted;
  const least = titled.map((gap, at) => Math.min(gap, wanted[at] as number));
  const enough = total(least);
  if (enough > room)
    return shares(
      least,
      least.map(() => LEAST_GAP),
      room,
    );
  return shares(wanted, least, room);
}

/** Each gap gives the same part of what it has above `least`. */
function shares(gaps: readonly number[], least: readonly number[], room: number): number[] {
  const spare = total(gaps) - total(least);
  const part = spare === 0 ? 0 : Math.max(room - total(least), 0) / spare;
  return gaps.map((gap, at) => (least[at] as number) + Math.floor((gap - (least[at] as number)) * part));
}

function total(gaps: readonly number[]): number {
  return gaps.reduce((sum, gap) => sum + gap, 0);
}

/** Number of the request with its call's letter, where the ladder has several calls. */
export function numberOf(scene: LadderScene, arrow: LadderArrow): string {
  return scene.calls.length > 1 ? arrow.badge.text : '';
}

/** What is written on an arrow: label, CSeq, and with `all` the details too. */
export function onArrow(arrow: LadderArrow, all: boolean, ascii: boolean): string {
  const beside = arrow.cseq === null ? arrow.label : `${arrow.label} ${besideText(arrow)}`;
  const marked = [beside, ...signsOf(arrow)].join(' ');
  const more = all ? detailsOf(arrow) : '';
  return inScript(more === '' ? marked : `${marked} · ${more}`, ascii);
}

/** `▲1 ±2`: what is told below the ladder. */
export function signsOf(arrow: LadderArrow): string[] {
  return [...arrow.marks.map(signOf), ...changeSign(arrow)];
}

function besideText(arrow: LadderArrow): string {
  const [number = '', method = ''] = (arrow.cseq ?? '').split(' ');
  return method === arrow.label ? `CSeq ${number}` : `CSeq ${arrow.cseq ?? ''}`;
}

export function detailsOf(arrow: LadderArrow): string {
  return [...arrow.details, ...arrow.faults.map((fault) => `! ${fault}`)].join(' · ');
}

/** Title, ports and role of a lane, a line each. */
export function laneLines(lane: LadderLane, ascii: boolean): string[] {
  const ports = lane.texts.filter(({ style }) => style === 'mono').map(({ text: part }) => part);
  return [lane.title, ports.join(''), lane.role ?? '']
    .filter((line) => line !== '')
    .map((line) => inScript(line, ascii));
}
