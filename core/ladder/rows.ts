import type { LadderArrow, LadderItem, LadderOptions } from '../contract/ladder.ts';
import type { Drawn } from './across.ts';
import { SMALL_SIZE } from './arrow-text.ts';
import { placeArrow, type PlacedArrow } from './arrows.ts';
import { placeBand, type BandRow } from './bands.ts';
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
/** From a row to the top of a band below it; and how far the next row may move into the room that a band has below. */
const BAND_GAP = 22;
const BAND_OVERLAP = 4;

export interface RowPlan {
  readonly xs: readonly number[];
  readonly loopRooms: readonly number[];
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly options: LadderOptions;
}

/** Everything below the lanes' boxes, from top to bottom in the order of time. */
export function placeRows(
  drawn: readonly Drawn[],
  bands: readonly BandRow[],
  plan: RowPlan,
): { items: LadderItem[]; times: (number | null)[]; bottom: number; folded: number } {
  const { options } = plan;
  const toScale = options.scale === 'time';
  const gapNs = (options.gapMs ?? DEFAULT_GAP_MS) * 1e6;
  const repeats = options.fold === true && !toScale ? repeatsOf(drawn, gapNs) : [];
  const pile = new Pile(plan, drawn.some(({ text }) => text.below !== '') ? ROW_TALL : ROW_FLAT, toScale, gapNs);
  let band = 0;
  const bandsUntil = (timeNs: number): void => {
    for (let next = bands[band]; next !== undefined && next.timeNs <= timeNs; next = bands[++band]) pile.band(next);
  };
  let folded = 0;
  for (let at = 0; at < drawn.length; at++) {
    const repeat = repeats[folded];
    if (repeat?.at === at) {
      folded++;
      at += repeat.count - 1;
      pile.repeat(repeatText(drawn, repeat), (drawn[at] as Drawn).step.message.timeNs);
      continue;
    }
    const one = drawn[at] as Drawn;
    bandsUntil(one.step.message.timeNs);
    pile.arrow(one);
  }
  bandsUntil(Infinity);
  const { items, times } = pile;
  return { items, times, bottom: pile.bottom, folded: repeats.reduce((sum, { count }) => sum + count, 0) };
}

/** Rows, each put below the one before. */
class Pile {
  readonly items: LadderItem[] = [];
  /** When each was, nanoseconds; null for notes. */
  readonly times: (number | null)[] = [];
  private readonly plan: RowPlan;
  private readonly row: number;
  private readonly toScale: boolean;
  private readonly gapNs: number;
  private y: number;
  /** Of the row before: when it was, and its middle. */
  private before: { timeNs: number; y: number } | null = null;

  /** @param row distance of two arrows. @param gapNs a pause from this on has a note. */
  constructor(plan: RowPlan, row: number, toScale: boolean, gapNs: number) {
    this.plan = plan;
    this.row = row;
    this.toScale = toScale;
    this.gapNs = gapNs;
    this.y = plan.top;
  }

  get bottom(): number {
    return this.y + (this.items.length === 0 ? this.row : 26);
  }

  arrow(one: Drawn): void {
    const { timeNs } = one.step.message;
    const { xs, loopRooms } = this.plan;
    const scaled = this.pause(timeNs);
    this.y = Math.max(this.y + this.row, scaled);
    const place = { from: one.from, to: one.to, y: this.y, xs, loopRooms };
    this.put(arrowOf(one, placeArrow(one.text, place)), timeNs);
    this.before = { timeNs, y: this.y };
  }

  band(row: BandRow): void {
    const scaled = this.pause(row.timeNs);
    const flat = placeBand(row, this.plan.xs, this.y + BAND_GAP);
    const lower = Math.max(0, scaled - flat.y);
    const band = lower === 0 ? flat : placeBand(row, this.plan.xs, this.y + BAND_GAP + lower);
    this.y = band.box.y + band.box.height - BAND_OVERLAP;
    this.put(band, row.timeNs);
    // A band that begins before what stands above it has no say in how long the pause was.
    this.before = { timeNs: Math.max(row.timeNs, this.before?.timeNs ?? row.timeNs), y: band.y };
  }

  /** A note in place of messages, the last of which was at `timeNs`. */
  repeat(text: string, timeNs: number): void {
    this.y += this.row;
    this.note(text);
    this.before = { timeNs, y: this.y };
  }

  /** A note where nothing happened for long. To scale: the height at which the moment `timeNs` stands at least. */
  private pause(timeNs: number): number {
    const { before, toScale } = this;
    if (before === null) return 0;
    const pause = timeNs - before.timeNs;
    const scaled = toScale ? Math.round((pause / 1e9) * PER_SECOND) : 0;
    if (!(toScale ? scaled > TALLEST : pause >= this.gapNs)) return toScale ? before.y + scaled : 0;
    const blank = Math.round((toScale ? TALLEST - this.row : 0) / 2);
    this.y += NOTE + blank;
    this.note(`${span(pause)} later`);
    this.y += blank;
    return 0;
  }

  private note(text: string): void {
    this.put(noteOf(text, this.y, this.plan.xs, this.plan), null);
  }

  private put(item: LadderItem, timeNs: number | null): void {
    this.items.push(item);
    this.times.push(timeNs);
  }
}

function noteOf(text: string, y: number, xs: readonly number[], plan: RowPlan): LadderItem {
  const x1 = (xs[0] ?? plan.left) - 20;
  const x2 = (xs[xs.length - 1] ?? plan.left) + 20;
  const width = textWidth(text, SMALL_SIZE, 'regular') + 18;
  return { kind: 'note', text, y, pill: { text, x: Math.round((x1 + x2 - width) / 2), y, width }, x1, x2 };
}

function arrowOf({ step, text, from, to, time, delta, marks }: Drawn, placed: PlacedArrow): LadderArrow {
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
    marks,
    call: message.callIndex,
    request,
    retransmission: message.retransmissionOf !== null,
    retransmissionOf: repeats?.frame ?? null,
    copies,
    ink: text.ink,
    ...placed,
  };
}
