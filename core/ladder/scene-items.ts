import type { LadderPart } from '../contract/api.ts';
import type { LadderArrow, LadderBand, LadderIndex, LadderItem, LadderScene } from '../contract/ladder.ts';

/** Items are asked for in runs of this many, so that scrolling by a row does not ask for a row. */
const RUN = 200;
/** Pixels that an item reaches beyond its own height at most. */
const REACH = 40;

/** The items of a scene that is looked at in parts: those that have come, and the places of all. */
export class SceneItems {
  readonly index: LadderIndex;
  private readonly items = new Map<number, LadderItem>();
  private readonly places = new Map<number, number>();
  private readonly bands = new Map<string, number>();
  private readonly keys = new Map<number, string>();

  /** A scene without an index has all its items. */
  constructor(scene: Pick<LadderScene, 'items' | 'index'>) {
    this.index = scene.index ?? indexOf(scene.items);
    this.put(0, scene.items);
    for (const [at, row] of this.index.row.entries()) if (row >= 0) this.places.set(row, at);
    for (const { at, key } of this.index.bands) {
      this.bands.set(key, at);
      this.keys.set(at, key);
    }
  }

  /** How many there are in all. */
  get count(): number {
    return this.index.y.length;
  }

  /** The item at this place, undefined while it has not come. */
  get(at: number): LadderItem | undefined {
    return this.items.get(at);
  }

  /** Takes items that have come; `from` is the place of the first. */
  put(from: number, items: readonly LadderItem[]): void {
    for (const [offset, item] of items.entries()) this.items.set(from + offset, item);
  }

  /** Places `[from, to)` of the items that can be seen between two heights of the scene. */
  between(top: number, bottom: number): { readonly from: number; readonly to: number } {
    return { from: this.firstBelow(top - REACH), to: this.firstBelow(bottom + REACH) };
  }

  /** The part to ask for next, so that `[from, to)` becomes whole; null where all of it is there. */
  missing(from: number, to: number): LadderPart | null {
    for (let at = Math.max(from, 0); at < Math.min(to, this.count); at++) {
      if (this.items.has(at)) continue;
      const start = at - (at % RUN);
      return { from: start, count: Math.min(RUN * Math.ceil((to - start) / RUN), this.count - start) };
    }
    return null;
  }

  /** Place of the arrow of a message; -1 where the ladder has none for it. */
  placeOf(row: number): number {
    return this.places.get(row) ?? -1;
  }

  /** Place of a band; -1 where the ladder has none with this key. */
  placeOfBand(key: string): number {
    return this.bands.get(key) ?? -1;
  }

  /** Key of the band at this place; null where there is none. */
  bandAt(at: number): string | null {
    return this.keys.get(at) ?? null;
  }

  /** Whether there is something at this place that can be chosen: an arrow or a band. */
  isStop(at: number): boolean {
    return (this.index.row[at] ?? -1) >= 0 || this.keys.has(at);
  }

  /** Place of the nearest arrow from `at` on (`step` 1) or back (-1); -1 where there is none. */
  arrowFrom(at: number, step: 1 | -1): number {
    for (let next = at; next >= 0 && next < this.count; next += step)
      if ((this.index.row[next] ?? -1) >= 0) return next;
    return -1;
  }

  /** As `arrowFrom`, of arrows and bands. */
  stopFrom(at: number, step: 1 | -1): number {
    for (let next = at; next >= 0 && next < this.count; next += step) if (this.isStop(next)) return next;
    return -1;
  }

  /** The arrow of a message, if it has come. */
  arrow(row: number): LadderArrow | null {
    const item = this.items.get(this.placeOf(row));
    return item?.kind === 'arrow' ? item : null;
  }

  /** The band with this key, if it has come. */
  band(key: string): LadderBand | null {
    const item = this.items.get(this.placeOfBand(key));
    return item?.kind === 'band' ? item : null;
  }

  private firstBelow(height: number): number {
    const { y } = this.index;
    let low = 0;
    let high = y.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((y[middle] as number) < height) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Where all of `items` stand, and when they were. */
export function indexOf(items: readonly LadderItem[]): LadderIndex {
  const times = items.map((item) => (item.kind === 'note' ? Number.NaN : Number(item.ts)));
  const start = times.find((time) => Number.isFinite(time)) ?? 0;
  return {
    y: items.map(({ y }) => y),
    row: items.map((item) => (item.kind === 'arrow' ? item.row : -1)),
    bands: items.flatMap((item, at) => (item.kind === 'band' ? [{ at, key: item.key }] : [])),
    start,
    ms: times.map((time) => (Number.isFinite(time) ? Math.round((time - start) * 1e6) / 1000 : null)),
  };
}
