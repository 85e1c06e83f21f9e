import { highBit, ZstdError } from './bits.ts';

/** Finite State Entropy (RFC 8878 4.1): each state gives a symbol, and with some bits read, the next state. */
export interface FseTable {
  /** log2 of the number of states. */
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

/** A table of one state: always the same symbol, no bits read. */
export function oneSymbol(symbol: number): FseTable {
  return { log: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), bases: new Uint16Array(1) };
}

/** Builds the table of a distribution; -1 stands for a probability of less than one state (4.1.1). */
export function buildFse(probabilities: ArrayLike<number>, count: number, log: number): FseTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const next = new Uint16Array(count);
  let high = size;
  for (let symbol = 0; symbol < count; symbol++) {
    const probability = probabilities[symbol] as number;
    next[symbol] = probability < 0 ? 1 : probability;
    if (probability < 0) symbols[--high] = symbol;
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let place = 0;
  for (let symbol = 0; symbol < count; symbol++) {
    for (let i = 0; i < (probabilities[symbol] as number); i++) {
      symbols[place] = symbol;
      do place = (place + step) & (size - 1);
      while (place >= high);
    }
  }
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  for (let state = 0; state < size; state++) {
    const symbol = symbols[state] as number;
    const number = next[symbol] as number;
    next[symbol] = number + 1;
    const width = log - highBit(number);
    bits[state] = width;
    bases[state] = (number << width) - size;
  }
  return { log, symbols, bits, bases };
}

/** Reads table descriptions; `next` is where the last one ended. */
export class FseReader {
  next = 0;
  private readonly probabilities = new Int16Array(256);

  /**
   * The table described at `at`, with at most `maxLog` and symbols up to `maxSymbol`; the description ends at `end` at
   * the latest. Four bytes behind `end` have to be readable.
   */
  read(view: DataView, at: number, end: number, maxLog: number, maxSymbol: number): FseTable {
    if (at >= end) throw new ZstdError('a table description is missing');
    const log = (view.getUint8(at) & 15) + 5;
    if (log > maxLog) throw new ZstdError('a table is too large');
    let bit = at * 8 + 4;
    let rest = 1 << log;
    let count = 0;
    while (rest > 0) {
      if (count > maxSymbol || bit > end * 8) throw new ZstdError('a table description is wrong');
      // Values 0 to rest + 1, the first few of them in one bit less.
      const width = highBit(rest + 1) + 1;
      const short = (1 << width) - 2 - rest;
      let value = (view.getUint32(bit >>> 3, true) >>> (bit & 7)) & ((1 << width) - 1);
      const low = value & ((1 << (width - 1)) - 1);
      if (low < short) {
        value = low;
        bit += width - 1;
      } else {
        if (value >= 1 << (width - 1)) value -= short;
        bit += width;
      }
      const probability = value - 1;
      rest -= Math.abs(probability);
      this.probabilities[count++] = probability;
      if (probability === 0) {
        // How many more zeros follow, two bits at a time; 3 says that there is another such number.
        for (let more = 3; more === 3;) {
          if (bit > end * 8) throw new ZstdError('a table description is wrong');
          more = (view.getUint16(bit >>> 3, true) >>> (bit & 7)) & 3;
          bit += 2;
          if (count + more > maxSymbol + 1) throw new ZstdError('a table description is wrong');
          for (let i = 0; i < more; i++) this.probabilities[count++] = 0;
        }
      }
    }
    this.next = (bit + 7) >>> 3;
    if (this.next > end) throw new ZstdError('a table description is cut short');
    return buildFse(this.probabilities, count, log);
  }
}
