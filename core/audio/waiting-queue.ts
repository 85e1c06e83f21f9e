import type { Arrival, PayloadUse } from './arrival.ts';

/** Packets that wait at most, and their bytes. Five seconds of 2.5 ms are 2,000. */
export const MOST_WAITING = 4096;
export const MOST_BYTES = 4 << 20;

/** A packet that waits for its time. */
export interface Waiting {
  /** Sample at which it is played. */
  readonly at: number;
  /** Of the sequence, without wrapping. */
  readonly number: number;
  readonly samples: number;
  readonly arrival: Arrival;
  readonly use: PayloadUse;
}

/** Packets in the order in which they are played: by their place, then by their number. */
export class WaitingQueue {
  private readonly list: Waiting[] = [];
  private head = 0;
  private bytes = 0;

  get first(): Waiting | null {
    return this.list[this.head] ?? null;
  }

  get last(): Waiting | null {
    return this.list.length > this.head ? (this.list.at(-1) ?? null) : null;
  }

  /** Answers the first where more wait than can; the caller then plays it. */
  add(waiting: Waiting): Waiting | null {
    const { list } = this;
    let place = list.length;
    while (place > this.head && isBefore(waiting, list[place - 1] as Waiting)) place -= 1;
    if (place === list.length) list.push(waiting);
    else list.splice(place, 0, waiting);
    this.bytes += waiting.arrival.payload.length;
    return list.length - this.head > MOST_WAITING || this.bytes > MOST_BYTES ? this.first : null;
  }

  shift(): void {
    const { first } = this;
    if (first === null) return;
    this.bytes -= first.arrival.payload.length;
    this.head += 1;
    if (this.head < 1024 && this.head < this.list.length) return;
    this.list.splice(0, this.head);
    this.head = 0;
  }
}

function isBefore(a: Waiting, b: Waiting): boolean {
  return a.at < b.at || (a.at === b.at && a.number < b.number);
}
