import type { Strings } from '../bytes/intern.ts';
import { ProgramMemory } from '../bytes/program-memory.ts';
import { tokenText } from '../bytes/text.ts';
import { program } from '../programs/identify.ts?program';
import type { Identifiers } from './numbering.ts';

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
  readonly textOf: (table: number, id: number) => number;
  readonly lengthOf: (table: number, id: number) => number;
  readonly find: (table: number, text: number, length: number) => number;
}

/**
 * Gives numbers to the identifiers of whole batches of messages, in WebAssembly: the same ones as `Numbering`, but as fast
 * with the first batch as with the last, where JavaScript is compiled only after some tens of thousands of messages.
 */
export class NumberingProgram implements Identifiers {
  readonly callIds = new ProgramStrings(this, 0);
  readonly tags = new ProgramStrings(this, 1);
  readonly branches = new ProgramStrings(this, 2);
  readonly sentBys = new ProgramStrings(this, 3);
  readonly exports: Exports;
  private readonly memory: ProgramMemory;
  /** Where records are numbered. */
  private room: Uint8Array;
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
  number(records: Uint8Array, count: number): Uint8Array | null {
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
    return this.room;
  }

  /** From now on others know all numbers, and those that come. */
  hand({ callIds, tags, branches, sentBys }: Identifiers): void {
    this.callIds.hand(callIds);
    this.tags.hand(tags);
    this.branches.hand(branches);
    this.sentBys.hand(sentBys);
  }

  /** Bytes at an address, as they are now. */
  bytesAt(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.words.buffer, at, length);
  }

  /** Bytes for a question, in the memory; null where there is no more room. */
  asked(bytes: Uint8Array): number | null {
    if (bytes.length > this.room.length) return null;
    this.room.set(bytes);
    return this.room.byteOffset;
  }

  get bytes(): number {
    return this.held + this.room.length;
  }

  private give(bytes: number): void {
    this.exports.more(this.memory.take(bytes).byteOffset, bytes);
    this.held += bytes;
  }
}

/** One kind of identifiers. */
class ProgramStrings implements Strings {
  private readonly program: NumberingProgram;
  private readonly table: number;
  private others: Strings | null = null;

  constructor(numbering: NumberingProgram, table: number) {
    this.program = numbering;
    this.table = table;
  }

  /** From now on another one knows them. */
  hand(others: Strings): void {
    this.others = others;
  }

  get size(): number {
    return this.others?.size ?? this.program.exports.size(this.table);
  }

  bytesOf(id: number): Uint8Array {
    if (this.others !== null) return this.others.bytesOf(id);
    if (id === 0) return new Uint8Array(0);
    const { exports } = this.program;
    // A copy: what is to be text may not be shared.
    return this.program.bytesAt(exports.textOf(this.table, id), exports.lengthOf(this.table, id)).slice();
  }

  text(id: number): string | null {
    return id === 0 ? null : tokenText(this.bytesOf(id));
  }

  find(bytes: Uint8Array, from = 0, to = bytes.length): number {
    if (this.others !== null) return this.others.find(bytes, from, to);
    const at = this.program.asked(bytes.subarray(from, to));
    // Nothing is longer than the longest record.
    return at === null ? 0 : this.program.exports.find(this.table, at, to - from);
  }
}
