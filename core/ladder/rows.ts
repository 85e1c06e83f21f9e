import type { LadderArrow, LadderItem, LadderOptions } from '../contract/ladder.ts';
import type { Drawn } from './across.ts';
import type { Media } from './arrange.ts';
import { SMALL_SIZE } from './arrow-text.ts';
import { placeArrow, type PlacedArrow } from './arrows.ts';
import { BAND_HEIGHT, placeBand } from './bands.ts';
import { repeatsOf, repeatText } from './repeats.ts';
import { textWidth } from './metrics.ts';
import { shown } from './visible.ts';
import { endText, span } from './words.ts';

/** Between arrows with and without a line of text below. */
const ROW_TALL = 42;
const ROW_FLAT = 30;
const NOTE = 30;
/** To scale: pixels per second, and where it is cut. */
const PER_SECOND = 80;
const TALLEST = 320;
const DEFAULT_GAP_MS = 5000;
export interface RowPlan {
  readonly xs: readonly number[];
  readonly loopRooms: readonly number[];
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly options: LadderOptions;
  readonly timeOf: (timeNs: number) => string;
}

/** Everything below the lanes' boxes, from top to bottom in the order of time. */
export function placeRows(
  drawn: readonly Drawn[],
  media: readonly Media[],
  plan: RowPlan,
): { items: LadderItem[]; bottom: number; folded: number } {
  const { xs, loopRooms, options, timeOf } = plan;
  const row = drawn.some(({ text }) => text.below !== '') ? ROW_TALL : ROW_FLAT;
  const gapNs = (options.gapMs ?? DEFAULT_GAP_MS) * 1e6;
  const toScale = options.scale === 'time';
  const items: LadderItem[] = [];
  let y = plan.top;
  let band = 0;
  let before: number | null = null;
  const bandsUntil = (timeNs: number): void => {
    for (let next = media[band]; next !== undefined && next.stream.startNs <= timeNs; next = media[++band]) {
      items.push(placeBand(next.stream, next.from, next.to, xs, y + 22, timeOf));
      y += BAND_HEIGHT + 18;
    }
  };
  const repeats = options.fold === true && !toScale ? repeatsOf(drawn, gapNs) : [];
  let folded = 0;
  for (let at = 0; at < drawn.length; at++) {
    const repeat = repeats[folded];
    if (repeat?.at === at) {
      folded++;
      at += repeat.count - 1;
      before = (drawn[at] as Drawn).step.message.timeNs;
      y += row;
      items.push(noteOf(repeatText(drawn, repeat), y, xs, plan));
      continue;
    }
    const one = drawn[at] as Drawn;
    const { message } = one.step;
    bandsUntil(message.timeNs);
    const pause = before === null ? 0 : message.timeNs - before;
    const scaled = toScale ? Math.round((pause / 1e9) * PER_SECOND) : 0;
    if (toScale ? scaled > TALLEST : pause >= gapNs) {
      const blank = toScale ? TALLEST - row : 0;
      y += NOTE + Math.round(blank / 2);
      items.push(noteOf(`${span(pause)} later`, y, xs, plan));
      y += Math.round(blank / 2);
      y += row;
    } else y += Math.max(row, scaled);
    before = message.timeNs;
    items.push(arrowOf(one, placeArrow(one.text, { from: one.from, to: one.to, y, xs, loopRooms })));
  }
  bandsUntil(Infinity);
  return {
    items,
    bottom: y + (items.length === 0 ? row : 26),
    folded: repeats.reduce((sum, { count }) => sum + count, 0),
  };
}

function noteOf(text: string, y: number, xs: readonly number[], plan: RowPlan): LadderItem {
  const x1 = (xs[0] ?? plan.left) - 20;
  const x2 = (xs[xs.length - 1] ?? plan.left) + 20;
  const width = textWidth(text, SMALL_SIZE, 'regular') + 18;
  return { kind: 'note', text, y, pill: { text, x: Math.round((x1 + x2 - width) / 2), y, width }, x1, x2 };
}

function arrowOf({ step, text, from, to, time, delta }: Drawn, placed: PlacedArrow): LadderArrow {
  const { message, copies, repeats, request } = step;
  return {
    kind: 'arrow',
    row: message.row,
    frame: message.frame,
    ts: message.ts,
    time,
    delta,
    from,
    to,
    src: endText(shown(message.src.address), message.src.port),
    dst: endText(shown(message.dst.address), message.dst.port),
    transport: message.transport,
    protection: message.protection,
    label: text.label,
    cseq: text.cseq,
    details: text.details,
    sdp: text.sdp,
    faults: text.faults,
    call: message.callIndex,
    request,
    retransmission: message.retransmissionOf !== null,
    retransmissionOf: repeats?.frame ?? null,
    copies,
    ink: text.ink,
    ...placed,
  };
}
