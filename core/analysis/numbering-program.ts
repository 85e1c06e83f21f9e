import { ProgramMemory } from '../bytes/program-memory.ts';
import { program } from '../programs/identify.ts?program';
import type { Numbers } from './far-identifiers.ts';

/** Bytes behind the records that the program may read. */
const BEHIND = 8;
/** Bytes of records there is room for at first, and of memory that the program is given at a time, at least. */
const ROOM = 512 << 10;
const SHARE = 4 << 20;

/** What core/programs/identify.ts exports. Addresses are those of bytes in the memory. */
interface Exports {
  readonly more: (at: number, bytes: number) => void;
  readonly begin: (seedA: number, seedB: number) => void;
  readonly need: (count: number, bytes: number) => number;
  readonly identify: (at: number, count: number) => void;
  readonly size: (table: number) => number;
  readonly nodes: (table: number) => number;
}

/**
 * Gives numbers to the identifiers of whole batches of messages, in WebAssembly: the same ones as `Numbering`, but as fast
 * with the first batch as with the last, where JavaScript is compiled only after some tens of thousands of messages.
 */
export class NumberingProgram {
  private readonly exports: Exports;
  private readonly memory: ProgramMemory;
  /** Where records are numbered. */
  private room: Uint8Array<SharedArrayBuffer>;
  /** Bytes that were handed over. */
  private held = 0;
  /** Bytes that are handed over at most. */
  private readonly most: number;

  private constructor(memory: ProgramMemory, most: number) {
    this.memory = memory;
    this.most = most;
    this.room = memory.take(ROOM);
    memory.take(BEHIND);
    this.exports = memory.run(program) as Exports;
    this.give(SHARE);
    const [a = 0, b = 0] = [Math.random(), Math.random()].map((part) => part * 2 ** 32);
    this.exports.begin(a, b);
  }

  /**
   * Null where there is no WebAssembly, or no room for it.
   * @param most bytes that identifiers may take: by default, what there is.
   */
  static open(most = Infinity): NumberingProgram | null {
    const memory = ProgramMemory.open();
    return memory === null ? null : new NumberingProgram(memory, most);
  }

  /**
   * A copy of records as BatchWriter writes them, in which numbers stand instead of the identifiers' lengths; good until
   * the next ones. Null, and nothing was numbered, where there is no more room.
   */
  number(records: Uint8Array, count: number): Uint8Array<SharedArrayBuffer> | null {
    const { exports } = this;
    try {
      if (records.length > this.room.length) {
        this.room = this.memory.take(2 * records.length);
        this.memory.take(BEHIND);
      }
      const need = exports.need(count, records.length);
      if (this.held + need > this.most) return null;
      if (need > 0) this.give(Math.max(SHARE, need));
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
    this.room.set(records);
    exports.identify(this.room.byteOffset, count);
    return this.room.subarray(0, records.length);
  }

  /** Where the numbers are that were given so far. */
  told(): Numbers {
    const { exports, memory } = this;
    const tables = [0, 1, 2, 3].map((table) => ({ size: exports.size(table), nodes: exports.nodes(table) }));
    return { tables, memory: memory.words.buffer };
  }

  private give(bytes: number): void {
    this.exports.more(this.memory.take(bytes).byteOffset, bytes);
    this.held += bytes;
  }
}
