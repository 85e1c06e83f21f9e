import type { LadderArrow, LadderBand, LadderItem } from '../../../core/contract/ladder.ts';
import type { SceneItems } from '../../../core/ladder/scene-items.ts';

/** A row of the ladder as wide as the pane: what its selection and its focus ring cover. Pixels above the arrow, and in all. */
export interface Strip {
  readonly above: number;
  readonly height: number;
}

/** Rows with a line below the arrow; and without, which stand closer. */
const tall: Strip = { above: 19, height: 38 };
const flat: Strip = { above: 18, height: 28 };

/** How much of a row is marked, so that neighbours stay free. */
export function stripOf({ index: { y } }: SceneItems): Strip {
  let least = Infinity;
  for (let at = 1; at < Math.min(y.length, 100); at++) least = Math.min(least, (y[at] ?? 0) - (y[at - 1] ?? 0));
  return least < tall.height ? flat : tall;
}

/** How much of the row of `item` is marked: a band has its own height. */
export function stripOfItem(item: LadderItem | undefined, strip: Strip): Strip {
  if (item?.kind !== 'band') return strip;
  return { above: item.y - item.box.y + 3, height: item.box.height + 6 };
}

/** Place of the arrow or band whose row is at height `y` of the scene; -1 where there is none. */
export function placeAt(items: SceneItems, y: number): number {
  const { index } = items;
  // Rows overlap by some pixels: the nearest arrow wins.
  const { from, to } = items.between(y, y);
  let best = -1;
  for (let at = from; at < to; at++) {
    if (!items.isStop(at)) continue;
    const away = Math.abs((index.y[at] ?? 0) - 2 - y);
    const reach = Math.max(tall.height, stripOfItem(items.get(at), tall).height) / 2 + 2;
    if (away <= reach && (best === -1 || away < Math.abs((index.y[best] ?? 0) - 2 - y))) best = at;
  }
  return best;
}

/** Place of the arrow or band that a key moves to from the one at `place` (-1: none yet); null for keys that move nowhere. */
export function moved(items: SceneItems, place: number, key: string, height: number): number | null {
  const last = items.count - 1;
  switch (key) {
    case 'ArrowDown':
      return stay(items.stopFrom(place + 1, 1), place);
    case 'ArrowUp':
      return stay(items.stopFrom(place === -1 ? last : place - 1, -1), place);
    case 'Home':
      return items.stopFrom(0, 1);
    case 'End':
      return items.stopFrom(last, -1);
    case 'PageDown':
      return stay(paged(items, place, height), place);
    case 'PageUp':
      return stay(paged(items, place, -height), place);
    default:
      return null;
  }
}

function stay(next: number, place: number): number {
  return next === -1 ? place : next;
}

/** The arrow or band about `height` pixels further on. */
function paged(items: SceneItems, place: number, height: number): number {
  const { y } = items.index;
  const from = Math.max(place, 0);
  const goal = (y[from] ?? 0) + height;
  const step = height > 0 ? 1 : -1;
  let best = from;
  for (let at = from; at >= 0 && at < items.count; at += step) {
    if (Math.abs((y[at] ?? 0) - (y[from] ?? 0)) > Math.abs(goal - (y[from] ?? 0))) break;
    best = at;
  }
  const found = items.stopFrom(best, -step as 1 | -1);
  return found === place || found === -1 ? items.stopFrom(from + step, step) : found;
}

/** From where to where an arrow or a band reaches, with what belongs to it. */
export function reachOf(item: LadderArrow | LadderBand): { readonly left: number; readonly right: number } {
  if (item.kind === 'band') return { left: item.box.x - MARGIN, right: item.box.x + item.box.width + MARGIN };
  const { x1, x2, loop, badge, above, pin } = item;
  const half = badge.width / 2;
  // How wide the words of a loop are is not known here; they are seldom wider.
  const words = loop === null ? x1 : above.x + LOOP_WORDS;
  return {
    left: Math.min(x1, x2, badge.x - half) - MARGIN,
    right: Math.max(x1, x2, badge.x + half, words, pin === null ? x1 : pin.x + pin.width) + MARGIN,
  };
}

const MARGIN = 12;
const LOOP_WORDS = 160;

/**
 * How far to scroll to the right so that all from `left` to `right` is seen beside the columns that stay, which take
 * `beside` of the `seen` pixels; of what is wider, its left end. `at`, as it is, where all is seen already.
 */
export function acrossTo(
  at: number,
  { seen, beside }: { readonly seen: number; readonly beside: number },
  { left, right }: { readonly left: number; readonly right: number },
): number {
  if (left >= at + (at === 0 ? 0 : beside) && right <= at + seen) return at;
  const wide = right - left > seen - beside;
  return Math.max(0, wide || left < at + beside ? left - beside : right - seen);
}
