import type { LadderArrow, LadderBadge, LadderText } from '../contract/ladder.ts';
import { BESIDE_GAP, LABEL_SIZE, LOCK_ROOM, SMALL_SIZE, type ArrowText } from './arrow-text.ts';
import { fitText, textWidth } from './metrics.ts';

/** No label makes two lanes stand further apart than this; what is longer ends with `…`. */
export const WIDEST = 360;
/** Room of a loop beside its lane, and from there to its text. */
const LOOP = { width: 34, height: 14, text: 44 };
/** Around the text of an arrow, so that it does not touch badge and head. */
const PADDING = 14;
const HEAD = 9;

/** Room that an arrow between two lanes would like to have. */
export function roomFor({ widths, locked }: ArrowText): number {
  const above = widths.above + (locked ? LOCK_ROOM : 0);
  return Math.min(Math.ceil(Math.max(above, widths.below) + widths.badge / 2 + HEAD + PADDING), WIDEST);
}

/** Room that a loop needs on the right of its lane. */
export function loopRoom({ widths, locked }: ArrowText): number {
  return Math.min(LOOP.text + Math.max(widths.above + (locked ? LOCK_ROOM : 0), widths.below) + 10, WIDEST);
}

export type PlacedArrow = Pick<
  LadderArrow,
  'y' | 'x1' | 'x2' | 'loop' | 'badge' | 'above' | 'beside' | 'below' | 'backdrop' | 'lock' | 'pin'
>;

/** An arrow from lane `from` to lane `to` at height `y`; `xs` are the lanes' places, `loopRooms` what is right of each. */
export function placeArrow(
  text: ArrowText,
  place: {
    readonly from: number;
    readonly to: number;
    readonly y: number;
    readonly xs: readonly number[];
    readonly loopRooms: readonly number[];
  },
): PlacedArrow {
  const { from, to, y, xs } = place;
  const { locked, widths } = text;
  const start = xs[from] as number;
  const end = xs[to] as number;
  const badge: LadderBadge = { text: text.badge, x: start, y, width: widths.badge };
  const loops = from === to;
  const side = Math.round(badge.width / 2);
  const x1 = loops ? start : start + (end > start ? side : -side);
  const x2 = loops ? start : end + (end > start ? -2 : 2);
  const room = loops ? (place.loopRooms[from] as number) - LOOP.text - 8 : Math.abs(x2 - x1) - HEAD - PADDING + 4;
  const lockRoom = locked ? LOCK_ROOM : 0;
  const fitted = fitAbove(text, room - lockRoom);
  const belowText = widths.below <= room ? text.below : fitText(text.below, room, SMALL_SIZE, 'regular');
  const anchor: LadderText['anchor'] = loops ? 'start' : 'middle';
  const headSide = end > start ? -HEAD : HEAD;
  const middle = loops ? start + LOOP.text : Math.round((x1 + x2 + headSide) / 2);
  const belowWidth = belowText === text.below ? widths.below : textWidth(belowText, SMALL_SIZE, 'regular');
  const aboveX = loops ? middle + lockRoom : middle + Math.round(lockRoom / 2);
  const aboveY = loops ? y + (belowText === '' ? 4 : -2) : y - 6;
  const crosses = Math.abs(to - from) > 1;
  return {
    y,
    x1,
    x2,
    loop: loops ? { x: start, y: y - 4, width: LOOP.width, height: LOOP.height } : null,
    badge,
    above: { text: fitted.label, x: aboveX, y: aboveY, anchor, style: 'strong', ink: text.ink },
    beside: fitted.beside,
    below: belowText === '' ? null : { text: belowText, x: middle, y: y + 13, anchor, style: 'small', ink: 'muted' },
    backdrop: {
      above: crosses ? fitted.width + lockRoom + 6 : 0,
      below: crosses && belowText !== '' ? belowWidth + 6 : 0,
    },
    lock: locked ? { x: loops ? middle : aboveX - Math.round(fitted.width / 2) - LOCK_ROOM, y: aboveY - 9 } : null,
    pin: pinOf(text, y, loops ? middle + lockRoom + Math.max(fitted.width, belowWidth) : Math.max(start, end)),
  };
}

function pinOf(text: ArrowText, y: number, right: number): LadderArrow['pin'] {
  if (text.pin === '') return null;
  const shown = fitText(text.pin, 200, SMALL_SIZE, 'regular');
  return { text: shown, x: right + 14, y, width: textWidth(shown, SMALL_SIZE, 'regular') + 16, ink: text.pinInk };
}

/** The label goes before what stands beside it. */
function fitAbove(
  { label, beside, widths }: ArrowText,
  room: number,
): { readonly label: string; readonly beside: string; readonly width: number } {
  if (widths.above <= room) return { label, beside, width: widths.above };
  const alone = textWidth(label, LABEL_SIZE, 'bold');
  if (alone > room) return { label: fitText(label, room, LABEL_SIZE, 'bold'), beside: '', width: room };
  const rest = fitText(beside, room - alone - BESIDE_GAP, LABEL_SIZE, 'regular');
  return { label, beside: rest, width: rest === '' ? alone : room };
}
