import type { Step } from './fold.ts';

/** Beyond that many lanes the order of the requests' paths has to do: trying swaps would take too long. */
const MOST_TO_IMPROVE = 24;
/** Beyond that many they stand in order of first appearance. */
const MOST_TO_ORDER = 200;
const ROUNDS = 8;
/** No number of shorter arrows makes up for a request that opens a dialog and runs from right to left. */
const BACKWARDS = 1e6;

/**
 * Lane indexes from left to right: who asks stands left of who is asked, so that a call runs from caller over the
 * proxies to the callee and back, and most arrows go to a neighbour. `ends` gives the lanes of each step.
 */
export function orderLanes(
  count: number,
  steps: readonly Step[],
  ends: readonly (readonly [number, number])[],
): number[] {
  if (count > MOST_TO_ORDER) return Array.from({ length: count }, (_, lane) => lane);
  const opening: (readonly [number, number])[] = [];
  const traffic = new Map<number, number>();
  for (let at = 0; at < steps.length; at++) {
    const { message, repeats } = steps[at] as Step;
    const pair = ends[at] as readonly [number, number];
    const [from, to] = pair;
    if (from === to) continue;
    const key = Math.min(from, to) * count + Math.max(from, to);
    traffic.set(key, (traffic.get(key) ?? 0) + 1);
    if (message.method !== null && message.toTag === null && repeats === null) opening.push(pair);
  }
  const order = alongPaths(count, opening);
  return count < 3 || count > MOST_TO_IMPROVE ? order : improve(order, costs(count, traffic, opening));
}

/** Lanes in the order in which the opening requests reach them: a new one stands behind all that its asker has reached so far. */
function alongPaths(count: number, opening: readonly (readonly [number, number])[]): number[] {
  const order: number[] = [];
  const placed = new Uint8Array(count);
  const asker = new Int32Array(count).fill(-1);
  for (const [from, to] of opening) {
    if (placed[from] === 0) {
      const before = placed[to] === 0 ? order.length : order.indexOf(to);
      order.splice(before, 0, from);
      placed[from] = 1;
    }
    if (placed[to] === 0) {
      let at = order.indexOf(from) + 1;
      while (at < order.length && isReachedFrom(order[at] as number, from, asker)) at++;
      order.splice(at, 0, to);
      placed[to] = 1;
      asker[to] = from;
    }
  }
  for (let lane = 0; lane < count; lane++) if (placed[lane] === 0) order.push(lane);
  return order;
}

function isReachedFrom(lane: number, root: number, asker: Int32Array): boolean {
  for (let at = lane; at >= 0; at = asker[at] as number) if (at === root) return true;
  return false;
}

type Cost = (order: readonly number[]) => number;

function costs(
  count: number,
  traffic: ReadonlyMap<number, number>,
  opening: readonly (readonly [number, number])[],
): Cost {
  const pairs = [...traffic].map(([key, weight]) => ({ a: Math.floor(key / count), b: key % count, weight }));
  const asked = new Map<number, number>();
  for (const [from, to] of opening) asked.set(from * count + to, (asked.get(from * count + to) ?? 0) + 1);
  const requests = [...asked].map(([key, weight]) => ({ from: Math.floor(key / count), to: key % count, weight }));
  const place = new Int32Array(count);
  return (order) => {
    for (let at = 0; at < order.length; at++) place[order[at] as number] = at;
    let sum = 0;
    for (const { a, b, weight } of pairs) sum += (Math.abs((place[a] as number) - (place[b] as number)) - 1) * weight;
    for (const { from, to, weight } of requests) {
      if ((place[from] as number) > (place[to] as number)) sum += BACKWARDS * weight;
    }
    return sum;
  };
}

/** Moves one lane at a time as long as that makes arrows shorter. */
function improve(start: number[], cost: Cost): number[] {
  let best = start;
  let least = cost(best);
  for (let round = 0; round < ROUNDS && least > 0; round++) {
    const before = least;
    for (let at = 0; at < best.length; at++) {
      for (let to = 0; to < best.length; to++) {
        if (to === at) continue;
        const tried = best.toSpliced(at, 1).toSpliced(to, 0, best[at] as number);
        const sum = cost(tried);
        if (sum >= least) continue;
        best = tried;
        least = sum;
      }
    }
    if (least === before) break;
  }
  return best;
}
