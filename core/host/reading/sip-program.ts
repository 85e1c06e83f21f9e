import type { Sighting } from '../../analysis/sighting.ts';
import type { ProgramMemory } from '../../bytes/program-memory.ts';
import type { Input } from '../../capture/input.ts';
import { Outcome } from '../../decode/ledger.ts';
import { Transport, type Packet } from '../../decode/packet.ts';
import { program } from '../../programs/sip-run.ts?program';
import * as Place from '../../programs/sip-run-fields.ts';
import { BatchReader } from './batch.ts';
import type { Tally } from './drive.ts';

/** Bytes there is room for in messages of a run: few, so that they are still in the processor's cache when they are taken. */
const ROOM = 64 << 10;
/** Bytes that the program may write behind what it has written: 16 at a step, wherever that ends. */
const SLACK = 16;
/** Bytes of the longest message that is copied to where the program reaches it: a datagram. */
const LONGEST = 64 << 10;
/** Bytes of an IPv4 header and of ports. */
const NOTHING = 24;

/** What core/programs/sip-run.ts exports. */
interface Exports {
  readonly run: (at: number, end: number) => number;
  readonly message: (at: number, end: number, nothing: number) => number;
}

/** Takes messages as BatchReader reads them: `count` of them, one behind the other in `records`, which are used again. */
export type TakeRecords = (records: Uint8Array<SharedArrayBuffer>, count: number) => void;

/**
 * Reads runs of usual SIP packets in one go, with a program for WebAssembly: it is fast from its first packet on, where
 * JavaScript is slow until it is compiled. Whatever is not usual is left to the decoders.
 */
export class SipProgram {
  private readonly exports: Exports;
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;
  private readonly room: Uint8Array<SharedArrayBuffer>;
  private readonly take: TakeRecords;
  private readonly memory: ProgramMemory;
  private readonly reader: BatchReader;
  private readonly copied: Uint8Array;
  private readonly nothing: number;

  /** @param wantsSdp whether descriptions go with their messages. */
  constructor(memory: ProgramMemory, wantsSdp: boolean, take: TakeRecords) {
    this.exports = memory.run(program) as Exports;
    this.words = memory.words;
    this.doubles = memory.doubles;
    this.room = memory.take(ROOM + SLACK);
    this.take = take;
    this.memory = memory;
    this.reader = new BatchReader(this.room.buffer);
    this.copied = memory.take(LONGEST + SLACK);
    this.nothing = memory.take(NOTHING).byteOffset;
    this.setWord(Place.ROOM, this.room.byteOffset);
    this.setWord(Place.ROOM_END, this.room.byteOffset + ROOM);
    this.setWord(Place.WANTS_SDP, wantsSdp ? 1 : 0);
  }

  /**
   * Reads on from a packet with SIP over those behind it that are usual, as far as the window reaches, as if each had gone
   * through the decoders. The window lies in the memory, and programs were told of the form of records.
   */
  run(input: Input, packet: Packet, tally: Tally): void {
    const { window } = input;
    const { words, doubles } = this;
    const from = window.bytes.byteOffset;
    doubles[Place.ORIGIN >> 3] = input.positionOf(-from);
    do {
      this.setWord(Place.FRAME, tally.packets);
      doubles[Place.EARLIEST >> 3] = tally.start;
      doubles[Place.LATEST >> 3] = tally.end;
      window.at = this.exports.run(from + window.at, from + window.end) - from;
      const count = words[Place.COUNT >> 2] as number;
      if (count === 0) return;
      tally.packets += count;
      packet.time = doubles[Place.TIME >> 3] as number;
      tally.bytes += words[Place.WIRE >> 2] as number;
      tally.start = doubles[Place.EARLIEST >> 3] as number;
      tally.end = doubles[Place.LATEST >> 3] as number;
      packet.ledger.add(Outcome.Sip, count);
      this.take(this.room.subarray(0, words[Place.WRITTEN >> 2]), count);
    } while (words[Place.FULL >> 2] === 1);
  }

  /**
   * `seen` becomes the message in `packet.bytes[at, end)`, which came over UDP, as SipHead and `Sighting.see` make it; false
   * where it is not usual.
   */
  see(packet: Packet, at: number, end: number, seen: Sighting): boolean {
    const { bytes } = packet;
    const length = end - at;
    if (length > LONGEST) return false;
    const isThere = this.memory.holds(bytes);
    if (!isThere) this.copied.set(bytes.subarray(at, end));
    const from = isThere ? bytes.byteOffset + at : this.copied.byteOffset;
    if (this.exports.message(from, from + length, this.nothing) === 0) return false;
    this.reader.goTo(this.room.byteOffset);
    this.reader.next(seen);
    seen.standIn(packet, at, end, Transport.UDP);
    return true;
  }

  private setWord(place: number, value: number): void {
    this.words[place >> 2] = value;
  }
}
