/** Lengths of steps below a day, in milliseconds: each divides the next whole minute, hour or day. */
const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000,
];
const DAY = 86_400_000;

export interface Grid {
  /** Of one step, milliseconds. */
  readonly step: number;
  /** Start of the first step as a multiple of `step`. */
  readonly first: number;
  /** How many, 1 at least. */
  readonly count: number;
}

/** The shortest round step with which at most `most` steps, each beginning at a multiple of its length, hold both `from` and `to` (milliseconds since 1970, finite). */
export function roundGrid(from: number, to: number, most: number): Grid {
  for (const step of roundSteps()) {
    const first = Math.floor(from / step);
    const count = Math.floor(to / step) - first + 1;
    if (count <= most) return { step, first, count };
  }
  throw new Error('no step is long enough');
}

/** Without end: beyond a day 1, 2 and 5 days, 10, 20 … With the longest both moments are in one step. */
function* roundSteps(): Generator<number> {
  yield* steps;
  for (let days = 1; ; days *= 10) yield* [days * DAY, 2 * days * DAY, 5 * days * DAY];
}
