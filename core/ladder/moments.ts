/** Heights and times of rows, both from top to bottom; times may go back where captures were merged. */
export interface Moments {
  readonly y: readonly number[];
  /** In any unit from any moment; null for rows that have no time. */
  readonly time: readonly (number | null)[];
}

/** The rows of a ladder that tell when they were, in order of time. */
export class Course {
  private readonly ys: number[] = [];
  private readonly times: number[] = [];

  constructor({ y, time }: Moments) {
    let last = -Infinity;
    for (const [at, when] of time.entries()) {
      // A row from before the one above it would turn the course back.
      if (when === null || when < last) continue;
      last = when;
      this.times.push(when);
      this.ys.push(y[at] as number);
    }
  }

  /** Height of the moment `time`, between the rows before and after it; that of the first or last row beyond them. NaN without rows. */
  heightOf(time: number): number {
    const { ys, times } = this;
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] as number) <= time) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return ys[0] ?? Number.NaN;
    const y1 = ys[low - 1] as number;
    if (low === times.length) return y1;
    const t1 = times[low - 1] as number;
    const t2 = times[low] as number;
    return y1 + (((ys[low] as number) - y1) * (time - t1)) / (t2 - t1);
  }
}
