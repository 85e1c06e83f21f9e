import { END, NEED, PACKET } from './input.ts';
import type { Input, PacketSource } from './input.ts';

/**
 * Several inputs as one: packets by time, those of equal time in the order of the inputs, those of one input in its own
 * order. Each input stands at its next packet. As long as the input that is ahead stays earlier than the one behind it,
 * the others are not looked at.
 */
export class Merge implements PacketSource {
  current: Input;

  /** Inputs that were not asked for their first packet yet. */
  private readonly fresh: Input[];
  /** Inputs that stand at a packet, in their own order. */
  private readonly ready: Input[] = [];
  /** Whether the packet of `current` was taken, so that it has to go on before anything is compared. */
  private taken = false;
  private second: Input | null = null;

  /** `inputs` in order of their `index`; one at the least. */
  constructor(inputs: readonly Input[]) {
    this.fresh = [...inputs].reverse();
    this.current = this.fresh.at(-1) as Input;
  }

  step(): number {
    if (this.taken) {
      const { current, second } = this;
      const found = current.step();
      if (found === NEED) return NEED;
      if (found === PACKET && (second === null || before(current, second))) return PACKET;
      this.taken = false;
      if (found === END) this.ready.splice(this.ready.indexOf(current), 1);
    }
    for (let next = this.fresh.at(-1); next !== undefined; next = this.fresh.at(-1)) {
      this.current = next;
      const found = next.step();
      if (found === NEED) return NEED;
      this.fresh.pop();
      if (found === PACKET) this.ready.push(next);
    }
    return this.choose();
  }

  /** Finds the earliest packet, and the one after it. */
  private choose(): number {
    let first: Input | null = null;
    let second: Input | null = null;
    for (const input of this.ready) {
      if (first === null || before(input, first)) {
        second = first;
        first = input;
      } else if (second === null || before(input, second)) second = input;
    }
    if (first === null) return END;
    this.current = first;
    this.second = second;
    this.taken = true;
    return PACKET;
  }

  refill(): Promise<void> {
    return this.current.refill();
  }
}

function before(a: Input, b: Input): boolean {
  const difference = a.reader.seconds - b.reader.seconds || a.reader.nanoseconds - b.reader.nanoseconds;
  return difference === 0 ? a.index < b.index : difference < 0;
}
