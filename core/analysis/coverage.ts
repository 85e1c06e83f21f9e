import { FILE_SPAN } from '../bytes/position.ts';
import { Flag } from './messages.ts';
import type { Tables } from './tables.ts';

/** Nanoseconds between the end of one input and the beginning of another that goes on with it (files of a rotation). */
const TOUCHES = 5e9;

/**
 * Which stretch of time each of several inputs covers. Merged, they may be years apart, or one may end while others go
 * on elsewhere: that a message is missing says something only as long as somebody looked. Times are nanoseconds since
 * the session's base.
 */
export class Coverage {
  private readonly starts: Float64Array;
  private readonly ends: Float64Array;
  /** By input: how far the inputs that go on with it reach. */
  private readonly reached: Float64Array;
  private changed = true;

  /** @param inputs how many there are */
  constructor(inputs: number) {
    this.starts = new Float64Array(inputs).fill(Infinity);
    this.ends = new Float64Array(inputs).fill(-Infinity);
    this.reached = new Float64Array(inputs).fill(-Infinity);
  }

  /** The input with this number, from 0, has a packet of this time. */
  seen(input: number, time: number): void {
    if (time < (this.starts[input] as number)) this.starts[input] = time;
    if (time <= (this.ends[input] as number)) return;
    this.ends[input] = time;
    this.changed = true;
  }

  /** Until when an input was looked at, with those that go on where it ends; -Infinity for one without packets. */
  endOf(input: number): number {
    if (this.changed) this.reach();
    return this.reached[input] ?? -Infinity;
  }

  /** Until when the inputs were looked at that show a call; -Infinity where none of them is known. */
  endFor(tables: Tables, call: number): number {
    const { calls } = tables;
    let end = -Infinity;
    let last = -1;
    for (let row = calls.first(call) + 1; row !== 0; row = calls.next.get(row - 1)) {
      const input = inputOf(tables, row - 1);
      if (input === last) continue;
      last = input;
      end = Math.max(end, this.endOf(input));
    }
    return end;
  }

  private reach(): void {
    const { starts, ends, reached } = this;
    // The latest first: what goes on with an input ends after it.
    const order = [...ends.keys()].sort((a, b) => (ends[b] as number) - (ends[a] as number) || a - b);
    for (const [place, input] of order.entries()) {
      const end = ends[input] as number;
      let far = end;
      for (let before = 0; before < place; before++) {
        const other = order[before] as number;
        const on = Math.abs((starts[other] as number) - end) <= TOUCHES && (ends[other] as number) > end;
        if (on) far = Math.max(far, reached[other] as number);
      }
      reached[input] = far;
    }
    this.changed = false;
  }
}

/** Number of the input that the message in `row` came from. */
function inputOf({ messages }: Tables, row: number): number {
  const position = messages.position.get(row);
  const pieces = (messages.flags.get(row) & Flag.Pieces) !== 0;
  return Math.floor((pieces ? messages.extents.firstPosition(position) : position) / FILE_SPAN);
}
