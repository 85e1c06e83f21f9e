/** That much room is wanted between two lanes, which need not be neighbours. */
export interface Need {
  readonly from: number;
  readonly to: number;
  readonly room: number;
}

/**
 * Distances between `count` neighbouring lanes, `count - 1` of them, so that every need is met: each is at least
 * `least(i)`; needs of neighbours come first, wider ones share what is still missing evenly.
 */
export function gapsFor(count: number, least: (gap: number) => number, needs: Iterable<Need>): number[] {
  const gaps = Array.from({ length: Math.max(count - 1, 0) }, (_, gap) => least(gap));
  const wider: Need[] = [];
  for (const need of needs) {
    const left = Math.min(need.from, need.to);
    const right = Math.max(need.from, need.to);
    if (right === left + 1) gaps[left] = Math.max(gaps[left] as number, need.room);
    else if (right > left) wider.push({ from: left, to: right, room: need.room });
  }
  wider.sort((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from);
  for (const { from, to, room } of wider) {
    let missing = room;
    for (let gap = from; gap < to; gap++) missing -= gaps[gap] as number;
    if (missing <= 0) continue;
    const share = Math.ceil(missing / (to - from));
    for (let gap = from; gap < to; gap++) gaps[gap] = share + (gaps[gap] as number);
  }
  return gaps;
}

const MOST_LANES = 2 ** 26;

/** The greatest need of each pair of lanes, out of many: what `gapsFor` has to look at stays small. */
export class Needs {
  private readonly greatest = new Map<number, Need>();

  add(from: number, to: number, room: number): void {
    const left = Math.min(from, to);
    const right = Math.max(from, to);
    const key = left * MOST_LANES + right;
    const known = this.greatest.get(key);
    if (known === undefined || known.room < room) this.greatest.set(key, { from: left, to: right, room });
  }

  /** The same needs, none greater than `room` for each gap that it spans. */
  *atMost(room: number): Generator<Need> {
    for (const need of this.greatest.values())
      yield { ...need, room: Math.min(need.room, room * (need.to - need.from)) };
  }

  [Symbol.iterator](): Iterator<Need> {
    return this.greatest.values();
  }
}
