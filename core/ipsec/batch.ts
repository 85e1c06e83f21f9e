import type { EspAssociation } from '../decode/esp-association.ts';
import type { Associations } from '../decode/esp-associations.ts';
import type { Packet, RecordForm, Upcoming } from '../decode/packet.ts';
import {
  AT,
  BASE,
  CIPHER_BLOCK,
  END,
  FRAME,
  HASH,
  ICV,
  INSIDE,
  IS_PLAIN,
  IV,
  LAST_HASH,
  LATEST,
  LITTLE,
  LOCK_NUMBER,
  LONGEST_RECORD,
  MOST_FLOWS,
  MOST_LOCKS,
  MOST_ROWS,
  NEXT,
  NO_HASH,
  PIECE,
  PLAIN,
  PORTS,
  RECORDS,
  ROW,
  ROWS,
  RUN_ROW,
  SCALE,
  SPAN,
  START,
  USED,
  WAYS,
  WIRE,
} from '../programs/esp/places.ts';
import { EspProgram, hashNumber } from './esp-program.ts';
import type { Lock } from './lock.ts';
import { OwnedAssociations } from './owned-associations.ts';

/** Packets of the capture that are looked at for a batch. */
const SCANNED = MOST_ROWS;
/** Bytes of a longer ESP packet that is not taken. */
export const LONGEST = 4096;
/** Words of a row. */
export const STEP = ROW >> 2;
const FIRST = ROWS >> 2;
/** Bytes of a word of the processor. */
const WORD = 8;
/** Of a batch with fewer ESP packets nothing is done. */
const LEAST = 8;

/** ESP packets of one input that are checked and decrypted as one, in the order in which they come, and the keys that are looked for. */
export class Batch {
  /** Where the input’s bytes begin, a position in the capture; how far was looked, counted from there, and LINKTYPE_ of what. */
  base = 0;
  end = 0;
  linkType = -1;
  /** Rows are `words[row + place / 4]`, from `row` on, STEP apart; those before are over. */
  row = FIRST;
  rowsEnd = FIRST;
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where packets begin and end, pair by pair. */
  private readonly records: Int32Array;

  readonly program: EspProgram;
  /** From where things stand in the capture to where they do in the program’s memory. */
  shift = 0;

  /** Associations in which runs take note of packets. */
  readonly associations: OwnedAssociations;

  private readonly locks: Lock[] = [];
  private readonly numbers = new Map<Lock, number>();
  private serial = 0;
  /** SPIs that are looked for: no more than there may be keys. */
  private spis = 0;
  private ports: Uint8Array | null = null;
  /** Of media of known flows nothing else is wanted than that it is there. */
  private isBrief = false;
  private flows = 0;

  private constructor(program: EspProgram) {
    const { words, bytes, view } = program;
    this.program = program;
    this.associations = new OwnedAssociations(program);
    this.words = words;
    this.bytes = bytes;
    this.view = view;
    this.records = words.subarray(RECORDS >> 2, (RECORDS >> 2) + 2 * SCANNED);
  }

  /** Null where there can be none. */
  static open(): Batch | null {
    const program = EspProgram.open();
    return program === null ? null : new Batch(program);
  }

  /** ESP with this SPI (the bytes as a number, the first one lowest) is looked for from now on, and has this key. */
  know(spi: number, lock: Lock): void {
    const { exports } = this.program;
    if (this.spis >= MOST_LOCKS) {
      this.associations.settle();
      exports.forget();
      this.spis = this.locks.length = 0;
      this.numbers.clear();
      this.row = this.rowsEnd = FIRST;
    }
    this.spis += exports.know(spi, this.numberOf(lock));
  }

  private numberOf(lock: Lock): number {
    const known = this.numbers.get(lock);
    if (known !== undefined) return known;
    const { program } = this;
    const number = this.locks.push(lock) - 1;
    this.numbers.set(lock, number);
    const hash = hashNumber(lock.bulkHash);
    program.setLock(number, HASH, hash);
    program.setLock(number, ICV, lock.icv);
    program.setLock(number, IV, lock.iv);
    program.setLock(number, CIPHER_BLOCK, lock.chain?.block ?? 0);
    program.setLock(number, IS_PLAIN, lock.encrypted ? 0 : 1);
    const { authenticationKey } = lock.secrets;
    if (hash !== NO_HASH && authenticationKey !== null) program.expand(number, authenticationKey);
    return number;
  }

  lockOf(row: number): Lock {
    return this.locks[this.words[row + (LOCK_NUMBER >> 2)] as number] as Lock;
  }

  /**
   * Looks ahead: the ESP packet `bytes[at, end)` in the packet that begins at `start` is the first, others are among those
   * that come next, in one of these ways: pairs of how many bytes are before and behind ESP.
   */
  run(
    bytes: Uint8Array,
    start: number,
    at: number,
    end: number,
    lock: Lock,
    upcoming: Upcoming,
    ways: readonly number[],
  ): void {
    const { words, program } = this;
    const { exports } = program;
    this.row = this.rowsEnd = FIRST;
    this.end = end;
    // Shared memory is copied by words only where both sides begin at a word, and else by bytes.
    const first = start & -WORD;
    if (end - at > LONGEST || end - first > SPAN) return;
    for (let i = 0; i < ways.length; i++) words[(WAYS >> 2) + i] = ways[i] as number;
    const shift = PIECE - first;
    this.shift = shift;
    const records = this.copy(bytes, first, end, upcoming);
    exports.add(0, start, at, end, this.numberOf(lock));
    const rows = exports.walk(records, ways.length >> 1, shift, 1, this.linkType);
    if (exports.looked.value > end) this.end = exports.looked.value;
    if (rows < LEAST) return;
    this.rowsEnd = FIRST + STEP * rows;
    this.serial += 1;
    const used = exports.use(rows, this.serial);
    for (let hash = NO_HASH + 1; hash <= LAST_HASH; hash++) exports.check(hash, rows, shift);
    if (this.isBrief) {
      this.decrypt(rows, used, shift, true);
      exports.skim(rows, shift);
    }
    this.decrypt(rows, used, shift, false);
    exports.lookInside(rows, shift);
  }

  /** Copies what is there from `first` on, and finds out where packets begin and end. Returns how many there are. */
  private copy(bytes: Uint8Array, first: number, end: number, upcoming: Upcoming): number {
    const { form } = upcoming;
    if (form === null) {
      const records = upcoming.upcoming(this.records);
      const last = records === 0 ? end : Math.max(end, this.records[2 * records - 1] as number);
      this.bytes.set(bytes.subarray(first, Math.min(last, first + SPAN)), PIECE);
      return records;
    }
    const last = Math.min(upcoming.end, first + SPAN);
    this.bytes.set(bytes.subarray(first, last), PIECE);
    return this.program.exports.records(upcoming.next, last, this.shift, form.little ? 1 : 0, form.longest);
  }

  /** With each key its packets one behind the other, each behind its initialisation vector. */
  private decrypt(rows: number, used: number, shift: number, isBrief: boolean): void {
    const { words, bytes, program, locks } = this;
    let to = PLAIN;
    for (let i = 0; i < used; i++) {
      const number = words[(USED >> 2) + i] as number;
      const { chain } = locks[number] as Lock;
      if (chain === null) continue;
      const end = program.exports.chain(number, rows, shift, to, isBrief ? 1 : 0);
      if (end > to) bytes.set(chain.decrypt(bytes.subarray(to, end)), to);
      to = end;
    }
  }

  /** The row of an ESP packet that comes next, or later; -1 where there is none. */
  find(lock: Lock, at: number, end: number): number {
    const { words, rowsEnd } = this;
    let { row } = this;
    while (row < rowsEnd && (words[row + (AT >> 2)] as number) < at) row += STEP;
    this.row = row;
    if (row >= rowsEnd || words[row + (AT >> 2)] !== at || words[row + (END >> 2)] !== end) return -1;
    return this.lockOf(row) === lock ? row : -1;
  }

  /** Whether the next row is that of the packet that begins at `start`, and all about it is as usual. */
  isNext(start: number): boolean {
    const { words, rowsEnd } = this;
    let { row } = this;
    while (row < rowsEnd && (words[row + (START >> 2)] as number) < start) row += STEP;
    this.row = row;
    return row < rowsEnd && words[row + (START >> 2)] === start && words[row + (INSIDE >> 2)] !== 0;
  }

  /** Gets ready to go over packets: see EspAhead. */
  prepare(packet: Packet, layout: RecordForm, base: number, at: number, latest: number, frame: number): void {
    const { words, doubles, bytes } = this.program;
    const ports = packet.routes.udpPorts;
    this.isBrief = packet.mediaSink.counting !== undefined;
    if (ports !== this.ports) bytes.set(ports, PORTS);
    this.ports = ports;
    words[LITTLE >> 2] = layout.little ? 1 : 0;
    words[LONGEST_RECORD >> 2] = layout.longest;
    doubles[SCALE >> 3] = layout.scale;
    doubles[BASE >> 3] = base;
    doubles[LATEST >> 3] = latest;
    words[NEXT >> 2] = at;
    words[FRAME >> 2] = frame;
  }

  /** Goes over packets, from the next row on; `row` becomes that of the last one where it is to be told of, or else of the next one. Returns how it ended. */
  goOver(): number {
    const { program, shift } = this;
    const how = program.exports.run(this.row << 2, this.rowsEnd << 2, shift);
    this.row = (program.words[RUN_ROW >> 2] as number) >> 2;
    return how;
  }

  get latest(): number {
    return this.program.doubles[LATEST >> 3] as number;
  }

  get wire(): number {
    return this.program.doubles[WIRE >> 3] as number;
  }

  /** The association of the row at hand, where it is owned. */
  get association(): EspAssociation | null {
    return this.associations.get(this.program.exports.associationOf(this.row << 2, this.shift));
  }

  /** Owns the association of the row at hand. */
  own(all: Associations, association: EspAssociation): void {
    const { program, shift, row } = this;
    const place = program.exports.associationOf(row << 2, shift);
    const destination = program.exports.destinationOf(row << 2, shift);
    this.associations.own(all, association, place, this.get(row, LOCK_NUMBER), destination);
  }

  /** Media of the flow of the row at hand is only counted from now on. */
  rememberFlow(): void {
    if (this.flows < MOST_FLOWS) this.flows += this.program.exports.rememberFlow(this.row << 2, this.shift);
  }

  /** A number of a row. */
  get(row: number, place: number): number {
    return this.words[row + (place >> 2)] as number;
  }
}
