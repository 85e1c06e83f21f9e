import type { NumberColumn, TextColumn } from './source.ts';
import type { Interval } from './values.ts';

/** One test, evaluated for many rows (or calls) at a time. */
export interface Leaf {
  /** Writes 1 or 0 for each of the rows `from` to `to - 1` into `out`, from `at` on. Allocates nothing. */
  fill(from: number, to: number, out: Uint8Array, at: number): void;
}

/** A number lies in one of some intervals. NaN lies in none. */
export class NumberLeaf implements Leaf {
  private readonly column: NumberColumn;
  private readonly lows: Float64Array;
  private readonly highs: Float64Array;

  constructor(column: NumberColumn, intervals: readonly Interval[]) {
    this.column = column;
    this.lows = Float64Array.from(intervals, (interval) => interval.from);
    this.highs = Float64Array.from(intervals, (interval) => interval.to);
  }

  fill(from: number, to: number, out: Uint8Array, at: number): void {
    const { column, lows, highs } = this;
    if (lows.length === 1) {
      const [low, high] = [lows[0] as number, highs[0] as number];
      for (let row = from; row < to; row++) {
        const value = column.get(row);
        out[at + row - from] = value >= low && value <= high ? 1 : 0;
      }
      return;
    }
    for (let row = from; row < to; row++) {
      const value = column.get(row);
      let found = 0;
      for (let i = 0; i < lows.length && found === 0; i++) {
        if (value >= (lows[i] as number) && value <= (highs[i] as number)) found = 1;
      }
      out[at + row - from] = found;
    }
  }
}

/** A number passes a test that is asked once per distinct number. */
export class TestedNumberLeaf implements Leaf {
  private readonly column: NumberColumn;
  private readonly test: (value: number) => boolean;
  private readonly known = new Map<number, boolean>();

  constructor(column: NumberColumn, test: (value: number) => boolean) {
    this.column = column;
    this.test = test;
  }

  fill(from: number, to: number, out: Uint8Array, at: number): void {
    for (let row = from; row < to; row++) {
      const value = this.column.get(row);
      out[at + row - from] = !Number.isNaN(value) && this.passes(value) ? 1 : 0;
    }
  }

  private passes(value: number): boolean {
    let passes = this.known.get(value);
    if (passes === undefined) {
      passes = this.test(value);
      if (this.known.size < MAX_KNOWN) this.known.set(value, passes);
    }
    return passes;
  }
}

/** Distinct numbers whose answer is remembered. */
const MAX_KNOWN = 100_000;

/** A text passes a test that is asked once per distinct text. Absent text never does. */
export class TextLeaf implements Leaf {
  private readonly column: TextColumn;
  private readonly test: (id: number) => boolean;
  /** By id: 0 not yet asked, 1 no, 2 yes. */
  private readonly answers: Uint8Array;

  constructor(column: TextColumn, test: (id: number) => boolean) {
    this.column = column;
    this.test = test;
    this.answers = new Uint8Array(column.size);
  }

  fill(from: number, to: number, out: Uint8Array, at: number): void {
    const { column, answers } = this;
    for (let row = from; row < to; row++) {
      const id = column.get(row);
      const answer = id < answers.length ? (answers[id] as number) : 0;
      out[at + row - from] = id === 0 ? 0 : (answer === 0 ? this.ask(id) : answer) - 1;
    }
  }

  private ask(id: number): number {
    const answer = this.test(id) ? 2 : 1;
    // A live capture may have brought new text since we began: it is asked for each time.
    if (id < this.answers.length) this.answers[id] = answer;
    return answer;
  }
}

/** What a scan of the messages has found, by row. */
export class ScannedLeaf implements Leaf {
  private readonly found: Uint8Array;

  constructor(found: Uint8Array) {
    this.found = found;
  }

  fill(from: number, to: number, out: Uint8Array, at: number): void {
    out.set(this.found.subarray(from, to), at);
  }
}
