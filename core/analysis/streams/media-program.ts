import type { ProgramMemory } from '../../bytes/program-memory.ts';
import type { Packet } from '../../decode/packet.ts';
import { program } from '../../programs/media.ts?program';
import * as State from '../../programs/media-state.ts';
import { laneTicks, staticTicks } from './stream-lanes.ts';

/** Flows and streams that are known at most; packets of others go the long way. */
const MAX_KNOWN = 1 << 18;
const FIRST_PLACES = 1 << 12;
/** Addresses below are no IPv4 addresses but numbers of others (see Addresses). */
const FIRST_V4 = 0x0100_0000;

/** What core/programs/media.ts exports. Addresses are those of bytes in the memory. */
interface Exports {
  readonly run: (at: number, end: number) => number;
  readonly goesOn: (
    record: number,
    time: number,
    head: number,
    timestamp: number,
    size: number,
    wire: number,
  ) => number;
  readonly countLanes: (
    lanes: number,
    delta: number,
    ticks: number,
    tick: number,
    isRegular: boolean,
    share: number,
  ) => void;
  readonly remember: (src: number, dst: number, ports: number, source: number, what: number) => void;
  readonly move: (from: number, places: number) => void;
}

/** Records of a capture, all of them of one form (see RecordLayout). */
interface Layout {
  readonly little: boolean;
  readonly scale: number;
  readonly longest: number;
  readonly linkType: number;
}

/** The program that goes over media as it is read, and what it knows. */
export class MediaProgram {
  readonly memory: ProgramMemory;
  /** See core/programs/media.ts. */
  readonly goesOn: Exports['goesOn'];
  readonly countLanes: Exports['countLanes'];
  /** Packets of all runs. */
  packets = 0;
  /** Of the run before: packets, their bytes on the wire, and the time of the last one. */
  ran = 0;
  wire = 0;
  latest = 0;

  private readonly exports: Exports;
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;
  /** Where the table of what is known stands, and how many places it has. */
  private table = 0;
  private places = 0;
  private layout: Layout | null = null;
  private base = Number.NaN;

  /** @param measures whether streams are measured, or packets only counted by flow. */
  constructor(memory: ProgramMemory, measures: boolean) {
    this.memory = memory;
    this.exports = memory.run(program) as Exports;
    this.goesOn = this.exports.goesOn;
    this.countLanes = this.exports.countLanes;
    this.words = memory.words;
    this.doubles = memory.doubles;
    this.setWord(State.MEASURES, measures ? 1 : 0);
    this.setWord(State.TYPE_TICKS, this.constants(staticTicks));
    this.setWord(State.LANE_TICKS, this.constants(laneTicks));
    this.makeTable(FIRST_PLACES);
  }

  /** `ports`: a byte for each UDP port, 0 where no decoder is; they stay as they are. */
  knowPorts(ports: Uint8Array): void {
    const room = this.memory.take(ports.length);
    room.set(ports);
    this.setWord(State.PORTS, room.byteOffset);
  }

  /** Lanes by number begin at this address. */
  knowLanes(address: number): void {
    this.setWord(State.LANES_AT, address);
  }

  /**
   * Goes over the records at `bytes[at, end)`, which lie in the memory, as long as they hold media that is known; returns
   * where it stopped. `base` is what times are counted from, in seconds, `latest` the latest so far, in nanoseconds from there.
   */
  run(layout: Layout, base: number, latest: number, bytes: Uint8Array, at: number, end: number): number {
    if (layout !== this.layout || base !== this.base) this.know(layout, base);
    const { doubles, words } = this;
    const from = bytes.byteOffset;
    doubles[State.LATEST >> 3] = latest;
    const stopped = this.exports.run(from + at, from + end) - from;
    this.ran = words[State.RUN_PACKETS >> 2] as number;
    this.wire = doubles[State.WIRE_BYTES >> 3] as number;
    this.latest = doubles[State.LATEST >> 3] as number;
    this.packets += this.ran;
    return stopped;
  }

  /**
   * From now on packets like this one are known: with `source` as SSRC where streams are measured, then `what` is the
   * address of the stream's record; else anything but 0, and `source` is 0.
   */
  remember(packet: Packet, source: number, what: number): void {
    const { src, dst } = packet;
    if (packet.family !== 4 || src < FIRST_V4 || dst < FIRST_V4) return;
    const known = this.words[State.KNOWN_COUNT >> 2] as number;
    if (2 * known >= this.places) {
      if (known >= MAX_KNOWN) return;
      this.grow();
    }
    this.exports.remember(src, dst, (packet.sport << 16) | packet.dport, source, what);
  }

  private know(layout: Layout, base: number): void {
    this.layout = layout;
    this.base = base;
    this.setWord(State.LITTLE, layout.little ? 1 : 0);
    this.setWord(State.LONGEST, layout.longest);
    this.setWord(State.LINK_TYPE, layout.linkType);
    this.doubles[State.SCALE >> 3] = layout.scale;
    this.doubles[State.BASE >> 3] = base;
  }

  private grow(): void {
    const { table, places } = this;
    this.makeTable(4 * places);
    this.exports.move(table, places);
  }

  private makeTable(places: number): void {
    this.table = this.memory.take(places * State.KNOWN_WIDTH).byteOffset;
    this.places = places;
    this.setWord(State.KNOWN, this.table);
    this.setWord(State.KNOWN_MASK, places - 1);
  }

  private constants(values: Float64Array): number {
    const room = this.memory.take(values.byteLength);
    this.doubles.set(values, room.byteOffset >> 3);
    return room.byteOffset;
  }

  private setWord(place: number, value: number): void {
    this.words[place >> 2] = value;
  }
}
