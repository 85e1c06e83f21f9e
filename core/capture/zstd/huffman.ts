import { BackwardBits, highBit, ZstdError } from './bits.ts';
import type { FseReader } from './fse.ts';

const MAX_BITS = 11;
const MAX_WEIGHT_LOG = 6;

/** A Huffman code (RFC 8878 4.2): looked up with the next `bits` bits. */
export interface HuffmanTable {
  readonly bits: number;
  readonly symbols: Uint8Array;
  readonly lengths: Uint8Array;
}

/** Reads Huffman tree descriptions; `next` is where the last one ended. */
export class HuffmanReader {
  next = 0;
  private readonly weights = new Uint8Array(256);
  private readonly fse: FseReader;

  constructor(fse: FseReader) {
    this.fse = fse;
  }

  /** The table described at `at`; the description ends at `end` at the latest. */
  read(view: DataView, at: number, end: number): HuffmanTable {
    if (at >= end) throw new ZstdError('a Huffman table is missing');
    const head = view.getUint8(at);
    const from = at + 1;
    let count: number;
    if (head < 128) {
      this.next = from + head;
      if (this.next > end) throw new ZstdError('a Huffman table is cut short');
      count = this.compressedWeights(view, from, this.next);
    } else {
      count = head - 127;
      this.next = from + ((count + 1) >> 1);
      if (this.next > end) throw new ZstdError('a Huffman table is cut short');
      for (let i = 0; i < count; i++) {
        const pair = view.getUint8(from + (i >> 1));
        this.weights[i] = (i & 1) === 0 ? pair >> 4 : pair & 15;
      }
    }
    return buildHuffman(this.weights, count);
  }

  /** Weights in an FSE stream with two states that take turns (4.2.1.2). */
  private compressedWeights(view: DataView, from: number, to: number): number {
    const { log, symbols, bits, bases } = this.fse.read(view, from, to, MAX_WEIGHT_LOG, MAX_BITS + 1);
    const stream = new BackwardBits(view);
    stream.open(this.fse.next, to);
    let state = stream.read(log);
    let other = stream.read(log);
    if (stream.left < 0) throw new ZstdError('a Huffman table is cut short');
    let count = 0;
    while (count < 254) {
      this.weights[count++] = symbols[state] as number;
      const next = (bases[state] as number) + stream.read(bits[state] as number);
      if (stream.left < 0) {
        this.weights[count++] = symbols[other] as number;
        return count;
      }
      state = other;
      other = next;
    }
    throw new ZstdError('a Huffman table has too many symbols');
  }
}

/** `weights` of all symbols but the last, whose weight follows from the others; room for one more is needed. */
function buildHuffman(weights: Uint8Array, count: number): HuffmanTable {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const weight = weights[i] as number;
    if (weight > MAX_BITS) throw new ZstdError('a Huffman code is too long');
    if (weight > 0) sum += 1 << (weight - 1);
  }
  const bits = highBit(sum) + 1;
  const rest = (1 << bits) - sum;
  if (sum === 0 || bits > MAX_BITS || (rest & (rest - 1)) !== 0) throw new ZstdError('a Huffman table is wrong');
  weights[count] = highBit(rest) + 1;
  const symbols = new Uint8Array(1 << bits);
  const lengths = new Uint8Array(1 << bits);
  let place = 0;
  for (let weight = 1; weight <= bits; weight++) {
    for (let symbol = 0; symbol <= count; symbol++) {
      if (weights[symbol] !== weight) continue;
      const end = place + (1 << (weight - 1));
      symbols.fill(symbol, place, end);
      lengths.fill(bits + 1 - weight, place, end);
      place = end;
    }
  }
  return { bits, symbols, lengths };
}

/** Decodes the stream `[from, to)` of `view` into `target[start, end)`, which it has to fill exactly. */
export function decodeHuffman(
  table: HuffmanTable,
  view: DataView,
  from: number,
  to: number,
  target: Uint8Array,
  start: number,
  end: number,
): void {
  const { bits, symbols, lengths } = table;
  const mask = (1 << bits) - 1;
  const last = to > from ? view.getUint8(to - 1) : 0;
  if (last === 0) throw new ZstdError('a Huffman stream has no end');
  let left = (to - from - 1) * 8 + highBit(last);
  let at = start;
  // Two codes of at most 11 bits out of each 32 bits, of which 25 or more are there.
  while (left >= 32 && end - at >= 2) {
    const low = left - 25;
    const word = view.getUint32(from + (low >>> 3), true) >>> (low & 7);
    const first = (word >>> (25 - bits)) & mask;
    const length = lengths[first] as number;
    const second = (word >>> (25 - bits - length)) & mask;
    target[at] = symbols[first] as number;
    target[at + 1] = symbols[second] as number;
    at += 2;
    left -= length + (lengths[second] as number);
  }
  for (; at < end; at++) {
    const low = left - bits;
    const word = low >= 0 ? view.getUint32(from + (low >>> 3), true) >>> (low & 7) : view.getUint32(from, true) << -low;
    const code = (left > 0 ? word : 0) & mask;
    target[at] = symbols[code] as number;
    left -= lengths[code] as number;
    if (left < 0) throw new ZstdError('a Huffman stream is cut short');
  }
  if (left !== 0) throw new ZstdError('a Huffman stream is too long');
}
