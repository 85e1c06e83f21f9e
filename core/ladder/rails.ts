import type { LadderItem, LadderRail } from '../contract/ladder.ts';
import type { BandRow } from './bands.ts';
import { Course } from './moments.ts';

/** From the middle of a lane to its first rail, and from one to the next; more than three share the outermost place. */
const FIRST = 4;
const STEP = 4;
const PLACES = 3;
/** Below the last row, to what still went on. */
const BEYOND = 16;
const SHORTEST = 6;

/**
 * A rail for each band, along the lane of who sends, on the side of the receiver, from the band down to where the
 * stream ends. `rows`: those that became `items`; `times` of the items, null for notes.
 */
export function railsOf(
  rows: readonly BandRow[],
  items: readonly LadderItem[],
  times: readonly (number | null)[],
  xs: readonly number[],
): LadderRail[] {
  const course = new Course({ y: items.map(({ y }) => y), time: times });
  const last = items.at(-1)?.y ?? 0;
  const lastTime = times.reduce<number>((most, time) => Math.max(most, time ?? -Infinity), -Infinity);
  const placed = new Map(items.flatMap((item) => (item.kind === 'band' ? [[item.key, item] as const] : [])));
  const rails: LadderRail[] = [];
  /** By lane and side: until which height each place is taken. */
  const taken = new Map<string, number[]>();
  for (const { group, key, part, warnings } of rows) {
    const band = placed.get(key);
    if (part === 'change' || band === undefined) continue;
    const { from, to, streams } = group;
    const end = streams.reduce((most, { endNs }) => Math.max(most, endNs), -Infinity);
    const y1 = band.y;
    const until = end > lastTime ? last + BEYOND : course.heightOf(end);
    const y2 = Math.round(Math.max(until, band.box.y + band.box.height + SHORTEST));
    const side = to >= from ? 1 : -1;
    const places = taken.get(`${from} ${side}`) ?? [];
    taken.set(`${from} ${side}`, places);
    let place = 0;
    while (place < PLACES - 1 && (places[place] ?? -Infinity) >= y1) place++;
    places[place] = Math.max(places[place] ?? -Infinity, y2);
    rails.push({
      lane: from,
      band: key,
      x: (xs[from] as number) + side * (FIRST + place * STEP),
      y1,
      y2,
      ink: warnings.length > 0 ? 'bad' : 'good',
      ticks: rows.flatMap((row) => {
        const change = row.part === 'change' && row.group === group ? placed.get(row.key) : undefined;
        return change === undefined ? [] : [change.y];
      }),
    });
  }
  return rails;
}
