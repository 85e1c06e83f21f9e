import { BackwardBits, ZstdError } from './bits.ts';
import { buildFse, FseReader, oneSymbol } from './fse.ts';
import type { FseTable } from './fse.ts';
import { decodeHuffman, HuffmanReader } from './huffman.ts';
import type { HuffmanTable } from './huffman.ts';

/** No block holds more, neither compressed nor decompressed (RFC 8878 3.1.1.2.4). */
export const MAX_BLOCK = 128 << 10;

/** Bits that follow a length code, and where its range begins (3.1.1.3.2.1.1). */
function baselines(bits: Uint8Array, first: number): Uint32Array {
  let base = first;
  return Uint32Array.from(bits, (width) => {
    base += 1 << width;
    return base - (1 << width);
  });
}

const literalBits = new Uint8Array(36);
literalBits.set([1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 16);
const literalBases = baselines(literalBits, 0);
const matchBits = new Uint8Array(53);
matchBits.set([1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 32);
const matchBases = baselines(matchBits, 3);
/** Offsets have as many bits as their code says; beyond this they reach out of any window we hold. */
const MAX_OFFSET_CODE = 28;

/** The three codes of a sequence. */
interface Tables {
  readonly literals: FseTable;
  readonly offsets: FseTable;
  readonly matches: FseTable;
}

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);
const lows = (count: number): number[] => Array.from({ length: count }, () => -1);
const literalCodes = [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1];

/** Tables in force where a block brings none (3.1.1.3.2.2), the largest it may bring, and the last symbol of each. */
const codes = {
  literals: { standard: buildFse([...literalCodes, ...lows(4)], 36, 6), maxLog: 9, last: 35 },
  offsets: { standard: buildFse([...ones(6), 2, 2, 2, ...ones(15), ...lows(5)], 29, 5), maxLog: 8, last: 31 },
  matches: { standard: buildFse([1, 4, 3, 2, 2, 2, 2, 2, 2, ...ones(37), ...lows(7)], 53, 6), maxLog: 9, last: 52 },
} as const;

/** Decodes compressed blocks (RFC 8878 3.1.1.3). Keeps what later blocks of a frame refer to. */
export class BlockDecoder {
  private readonly fse = new FseReader();
  private readonly huffmanReader = new HuffmanReader(this.fse);
  private huffman: HuffmanTable | null = null;
  private tables: Tables | null = null;
  private recent1 = 1;
  private recent2 = 4;
  private recent3 = 8;

  private readonly literals = new Uint8Array(MAX_BLOCK);
  private literalCount = 0;
  /** The block itself, with room behind it so that four bytes can be read anywhere. */
  private readonly block = new Uint8Array(MAX_BLOCK + 8);
  private readonly view = new DataView(this.block.buffer);
  private readonly stream = new BackwardBits(this.view);

  /** Forgets what belongs to the frame before. */
  reset(): void {
    this.huffman = null;
    this.tables = null;
    this.recent1 = 1;
    this.recent2 = 4;
    this.recent3 = 8;
  }

  /**
   * Decodes `block` into `out` from `at` on, where there is room for MAX_BLOCK bytes, and returns where it ended.
   * Matches may reach back to `first`. Throws ZstdError.
   */
  decode(block: Uint8Array, out: Uint8Array, at: number, first: number): number {
    this.block.set(block);
    this.block.fill(0, block.length, block.length + 8);
    const next = this.readLiterals(block.length);
    return this.runSequences(next, block.length, out, at, first);
  }

  /** Literals section (3.1.1.3.1); returns where it ends. */
  private readLiterals(end: number): number {
    const { view } = this;
    const head = view.getUint8(0);
    const kind = head & 3;
    const format = (head >> 2) & 3;
    if (kind < 2) {
      const from = (format & 1) === 0 ? 1 : format === 1 ? 2 : 3;
      const count = from === 1 ? head >> 3 : (view.getUint32(0, true) & (from === 2 ? 0xffff : 0xffffff)) >> 4;
      const next = from + (kind === 0 ? count : 1);
      if (next > end || count > MAX_BLOCK) throw new ZstdError('literals are cut short');
      this.literalCount = count;
      if (kind === 0) this.literals.set(this.block.subarray(from, next));
      else this.literals.fill(view.getUint8(from), 0, count);
      return next;
    }
    const width = format < 2 ? 10 : format === 2 ? 14 : 18;
    const from = format < 2 ? 3 : format + 2;
    const word = view.getUint32(0, true);
    const mask = (1 << width) - 1;
    const count = (word >>> 4) & mask;
    const packed = width === 18 ? (word >>> 22) | (view.getUint8(4) << 10) : (word >>> (4 + width)) & mask;
    const to = from + packed;
    if (to > end || count > MAX_BLOCK) throw new ZstdError('literals are cut short');
    let at = from;
    if (kind === 2) {
      this.huffman = this.huffmanReader.read(view, from, to);
      at = this.huffmanReader.next;
    }
    if (this.huffman === null) throw new ZstdError('there is no earlier Huffman table');
    this.literalCount = count;
    if (format === 0) decodeHuffman(this.huffman, view, at, to, this.literals, 0, count);
    else this.fourStreams(this.huffman, at, to, count);
    return to;
  }

  private fourStreams(table: HuffmanTable, at: number, to: number, count: number): void {
    const { view } = this;
    const part = (count + 3) >> 2;
    if (at + 6 > to || part * 3 > count) throw new ZstdError('literals are cut short');
    let from = at + 6;
    for (let i = 0; i < 4; i++) {
      const end = i < 3 ? from + view.getUint16(at + 2 * i, true) : to;
      if (end > to) throw new ZstdError('literals are cut short');
      decodeHuffman(table, view, from, end, this.literals, part * i, i < 3 ? part * (i + 1) : count);
      from = end;
    }
  }

  /** Sequences section (3.1.1.3.2): copies literals and matches to `out`. */
  private runSequences(from: number, end: number, out: Uint8Array, start: number, first: number): number {
    const { view, literals, literalCount, stream } = this;
    if (from >= end) throw new ZstdError('the number of sequences is missing');
    let at = from + 1;
    let count = view.getUint8(from);
    if (count === 255) {
      count = view.getUint16(at, true) + 0x7f00;
      at += 2;
    } else if (count > 127) count = ((count - 128) << 8) | view.getUint8(at++);
    let place = start;
    let literal = 0;
    if (count > 0) {
      const tables = this.readTables(at, end);
      const { literals: literalTable, offsets: offsetTable, matches: matchTable } = tables;
      stream.open(this.fse.next, end);
      let literalState = stream.read(literalTable.log);
      let offsetState = stream.read(offsetTable.log);
      let matchState = stream.read(matchTable.log);
      const limit = start + MAX_BLOCK;
      for (;;) {
        const offsetCode = offsetTable.symbols[offsetState] as number;
        const matchCode = matchTable.symbols[matchState] as number;
        const literalCode = literalTable.symbols[literalState] as number;
        if (offsetCode > MAX_OFFSET_CODE) throw new ZstdError('a match reaches too far back');
        // No more than 24 bits can be read at once.
        const high = offsetCode > 24 ? stream.read(offsetCode - 24) * 2 ** 24 : 0;
        const value = 2 ** offsetCode + high + stream.read(Math.min(offsetCode, 24));
        const length = (matchBases[matchCode] as number) + stream.read(matchBits[matchCode] as number);
        const run = (literalBases[literalCode] as number) + stream.read(literalBits[literalCode] as number);
        if (stream.left < 0) throw new ZstdError('sequences are cut short');
        const offset = this.offsetOf(value, run === 0);
        if (literal + run > literalCount || place + run + length > limit) throw new ZstdError('a block is too long');
        if (offset > place + run - first) throw new ZstdError('a match reaches too far back');
        if (run > 64) out.set(literals.subarray(literal, literal + run), place);
        else for (let i = 0; i < run; i++) out[place + i] = literals[literal + i] as number;
        literal += run;
        place += run;
        if (length > 64 && offset >= length) out.copyWithin(place, place - offset, place - offset + length);
        else for (let i = 0; i < length; i++) out[place + i] = out[place - offset + i] as number;
        place += length;
        if (--count === 0) break;
        literalState =
          (literalTable.bases[literalState] as number) + stream.read(literalTable.bits[literalState] as number);
        matchState = (matchTable.bases[matchState] as number) + stream.read(matchTable.bits[matchState] as number);
        offsetState = (offsetTable.bases[offsetState] as number) + stream.read(offsetTable.bits[offsetState] as number);
      }
      if (stream.left !== 0) throw new ZstdError('sequences are too long');
    }
    const rest = literalCount - literal;
    if (place + rest > start + MAX_BLOCK) throw new ZstdError('a block is too long');
    out.set(literals.subarray(literal, literalCount), place);
    return place + rest;
  }

  /** The three tables as the modes byte at `at` tells; `fse.next` is where the descriptions end. */
  private readTables(at: number, end: number): Tables {
    if (at >= end) throw new ZstdError('the modes of the sequences are missing');
    const modes = this.view.getUint8(at);
    this.fse.next = at + 1;
    const literals = this.readTable('literals', modes >> 6, end);
    const offsets = this.readTable('offsets', (modes >> 4) & 3, end);
    const matches = this.readTable('matches', (modes >> 2) & 3, end);
    this.tables = { literals, offsets, matches };
    return this.tables;
  }

  private readTable(code: keyof Tables, mode: number, end: number): FseTable {
    const { standard, maxLog, last } = codes[code];
    const at = this.fse.next;
    if (mode === 0) return standard;
    if (mode === 1) {
      const symbol = at < end ? this.view.getUint8(at) : 255;
      if (symbol > last) throw new ZstdError('a table description is wrong');
      this.fse.next = at + 1;
      return oneSymbol(symbol);
    }
    if (mode === 2) return this.fse.read(this.view, at, end, maxLog, last);
    if (this.tables === null) throw new ZstdError('there is no earlier table');
    return this.tables[code];
  }

  /** An offset value as an offset: the last three are remembered (3.1.1.5). */
  private offsetOf(value: number, noLiterals: boolean): number {
    if (value > 3) {
      this.recent3 = this.recent2;
      this.recent2 = this.recent1;
      this.recent1 = value - 3;
      return this.recent1;
    }
    const which = noLiterals ? value + 1 : value;
    if (which === 1) return this.recent1;
    const offset = which === 2 ? this.recent2 : which === 3 ? this.recent3 : this.recent1 - 1;
    if (offset === 0) throw new ZstdError('a match has no offset');
    if (which !== 2) this.recent3 = this.recent2;
    this.recent2 = this.recent1;
    this.recent1 = offset;
    return offset;
  }
}
