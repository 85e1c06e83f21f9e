import type { LadderItem, LadderScene } from '../contract/ladder.ts';

/** A stretch of a scene that one page shows, `[from, to)` in pixels of the drawing, and places `[first, end)` of its items. */
export interface PageSlice {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly end: number;
}

/** Pixels above and below the lanes' boxes where they are repeated. */
export const LANE_GAP = 8;

/** Heights between which the boxes of the lanes stand, with some room. */
export function laneStrip({ lanes, lifelines }: Pick<LadderScene, 'lanes' | 'lifelines'>): {
  readonly top: number;
  readonly bottom: number;
} {
  const tops = lanes.map(({ box }) => box.y);
  const bottoms = lanes.map(({ box }) => box.y + box.height);
  const top = tops.length === 0 ? lifelines.y1 : Math.min(...tops);
  return { top: top - LANE_GAP, bottom: Math.max(top, ...bottoms) };
}

/**
 * Divides a scene into pages that are `room` pixels high: the first begins with the head, the others show the lanes'
 * boxes again and then go on. No item is cut; legend and foot are on the last page with the last item, or alone.
 */
export function pageSlices(scene: LadderScene, room: number): PageSlice[] {
  const { items, height } = scene;
  const strip = laneStrip(scene);
  const repeated = strip.bottom - strip.top + LANE_GAP;
  const slices: PageSlice[] = [];
  let from = 0;
  let first = 0;
  let limit = room;
  let cut = 0;
  for (let at = 0; at <= items.length; at++) {
    const item = items[at];
    const next = items[at + 1];
    const end = item === undefined ? height : extent(item).bottom;
    if (end > limit && at > first) {
      const to = Math.min(cut, limit);
      slices.push({ from, to, first, end: at });
      // To scale, a pause can be longer than a page: then it is cut short.
      from = end - to <= room - repeated || item === undefined ? to : extent(item).top;
      first = at;
      limit = from + room - repeated;
    }
    if (item !== undefined) cut = next === undefined ? end : Math.round((end + extent(next).top) / 2);
  }
  slices.push({ from, to: height, first, end: items.length });
  return slices;
}

/** Heights that an item reaches up and down to. */
function extent(item: LadderItem): { readonly top: number; readonly bottom: number } {
  const { y } = item;
  switch (item.kind) {
    case 'band':
      return { top: item.box.y - 2, bottom: item.box.y + item.box.height + 2 };
    case 'note':
      return { top: y - 12, bottom: y + 12 };
    default: {
      const loop = item.loop === null ? y : item.loop.y + item.loop.height;
      return { top: y - 19, bottom: Math.max(y + 10, loop + 6, (item.below?.y ?? y) + 4) };
    }
  }
}
