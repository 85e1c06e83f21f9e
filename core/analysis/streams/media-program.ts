import type { ProgramMemory } from '../../bytes/program-memory.ts';
import { program } from '../../programs/media.ts?program';
import * as State from '../../programs/media/state.ts';
import { laneTicks, staticTicks } from './stream-lanes.ts';

/** Flows that are told apart, and streams that are kept at most, of 832 bytes each. */
export const MAX_FLOWS = 1 << 21;
export const MAX_STREAMS = 1 << 17;

/** What core/programs/media.ts exports. Addresses are those of bytes in the memory. */
interface Exports {
  readonly run: (at: number, end: number) => number;
  readonly packet: (
    src: number,
    dst: number,
    ports: number,
    time: number,
    frame: number,
    at: number,
    end: number,
    missing: number,
    wire: number,
    needsAll: boolean,
    isUsual: boolean,
  ) => number;
  readonly finish: () => number;
}

/** How the program counts. */
export interface MediaLimits {
  /** Whether streams are measured, or packets only counted by flow. */
  readonly measures: boolean;
  readonly flows?: number;
  readonly streams?: number;
}

/** The program that goes over media as it is read, and measures streams: core/programs/media.ts, and the memory it works on. */
export class MediaProgram {
  readonly memory: ProgramMemory;
  /** Of the run before: packets, their bytes on the wire, and the time of the last one. */
  ran = 0;
  wire = 0;
  latest = 0;
  /** See core/programs/media.ts. */
  readonly packet: Exports['packet'];
  readonly finish: Exports['finish'];

  private readonly exports: Exports;
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;

  constructor(memory: ProgramMemory, { measures, flows = MAX_FLOWS, streams = MAX_STREAMS }: MediaLimits) {
    this.memory = memory;
    this.exports = memory.run(program) as Exports;
    this.packet = this.exports.packet;
    this.finish = this.exports.finish;
    this.words = memory.words;
    this.doubles = memory.doubles;
    // Another one may have worked on this memory.
    this.words.fill(0, State.LATEST >> 2, State.END >> 2);
    this.setWord(State.MEASURES, measures ? 1 : 0);
    this.setWord(State.MAX_FLOWS, flows);
    this.setWord(State.MAX_STREAMS, streams);
    this.setWord(State.TYPE_TICKS, this.constants(staticTicks));
    this.setWord(State.LANE_TICKS, this.constants(laneTicks));
  }

  /** `ports`: a byte for each UDP port, 0 where no decoder is; they stay as they are. To be said before `run`. */
  knowPorts(ports: Uint8Array): void {
    const room = this.memory.take(ports.length);
    room.set(ports);
    this.setWord(State.PORTS, room.byteOffset);
  }

  /** Packets of media; directed 5-tuples that carried some; packets of flows and of streams beyond the limits. */
  get packets(): number {
    return this.doubles[State.PACKETS_SEEN >> 3] as number;
  }

  /** So many packets of known flows are counted, of which nothing else is to be known. */
  more(packets: number): void {
    this.doubles[State.PACKETS_SEEN >> 3] = this.packets + packets;
  }

  get flows(): number {
    return this.words[(State.FLOWS + 4) >> 2] as number;
  }

  get unplacedFlows(): number {
    return this.doubles[State.UNPLACED_FLOWS >> 3] as number;
  }

  get unplacedStreams(): number {
    return this.doubles[State.UNPLACED_STREAMS >> 3] as number;
  }

  /**
   * Goes over the records at `bytes[at, end)`, which lie in the memory and are of the form that programs were told of, as
   * long as they hold media in a usual form; returns where it stopped. `latest` is the latest time so far, in nanoseconds;
   * `frame` packets are in front.
   */
  run(latest: number, frame: number, bytes: Uint8Array, at: number, end: number): number {
    const { doubles, words } = this;
    const from = bytes.byteOffset;
    doubles[State.LATEST >> 3] = latest;
    words[State.FRAME >> 2] = frame;
    const stopped = this.exports.run(from + at, from + end) - from;
    this.ran = words[State.RUN_PACKETS >> 2] as number;
    this.wire = doubles[State.WIRE_BYTES >> 3] as number;
    this.latest = doubles[State.LATEST >> 3] as number;
    return stopped;
  }

  /** A list of the program (see state.ts), of things of `width` bytes: views of it as it is now. */
  list(list: number, width: number): { readonly count: number; readonly view: DataView; readonly bytes: Uint8Array } {
    const count = this.words[(list + 4) >> 2] as number;
    const at = this.words[list >> 2] as number;
    const { buffer } = this.memory.words;
    return {
      count,
      view: new DataView(buffer, at, count * width),
      bytes: new Uint8Array(buffer, at, count * width),
    };
  }

  /** Addresses of the segments of such a list. */
  segments(list: number): Int32Array {
    const at = this.words[list >> 2] as number;
    return this.memory.words.subarray(at >> 2, (at >> 2) + (this.words[(list + 4) >> 2] as number));
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
