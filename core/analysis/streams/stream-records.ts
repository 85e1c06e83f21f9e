import type { ProgramMemory } from '../../bytes/program-memory.ts';
import * as Place from '../../programs/stream-record.ts';

/**
 * What is kept of each RTP stream while packets come in: a record of numbers, the 32-bit ones first, then the doubles,
 * then the counts of arrival spacing. All lie next to each other: a packet touches a few lines of the cache.
 */

/** 32-bit numbers of a record. Timestamps and SSRCs are signed here. What each packet touches stands at the end, next to the doubles that it touches. */
export const Word = {
  /** The stream of the same flow that was looked at before, 0 at the end. */
  Next: 0,
  Src: 1,
  Dst: 2,
  /** Source port in the upper half. */
  Ports: 3,
  /** First packet, from 1. */
  Frame: 4,
  BaseSequence: 5,
  /** Times the sequence number began anew at 0. */
  Cycles: 6,
  Duplicates: 7,
  Late: 8,
  /** Times the sequence went on somewhere else (RFC 3550 A.1). */
  Restarts: 9,
  /** Sequence number behind one that was out of all order, + 1. */
  JumpSequence: 10,
  Markers: 11,
  TypeChanges: 12,
  /** Payload type + 1 of the first four that were met, and their packets; those of the current one since `TypeSince` come on top. */
  Types: 13,
  TypePackets: 17,
  TypeSince: 21,
  Candidate: 22,
  /** Bytes of payload for `Current`. */
  CurrentPayload: 23,
  /** Numbers in what is kept beside the records, 0 where nothing is. */
  Event: 24,
  Course: 25,
  Samples: 26,
  ComfortNoise: 27,
  EventPackets: 28,
  /** Gaps in the sequence, and packets missing in the longest. */
  Gaps: 29,
  LongestGap: 30,
  MaxSequence: 34,
  /** A bit for each of the 64 newest sequence numbers that was seen; bit 0 of the first is the newest. */
  SeenLow: 35,
  SeenHigh: 36,
  /** Of the packet before: what delta and jitter are counted from. */
  RefTimestamp: 37,
  /** Of the newest packet by sequence number. */
  LastTimestamp: 38,
  PreviousPayload: 39,
  /** Bytes in front of its payload are no measure of a packet's time: it was an event or comfort noise. */
  Skip: 40,
  PayloadType: 41,
  /** Which of the four steps below was the last. */
  Step: 42,
  /** Differences of the timestamps of consecutive packets, the most frequent ones, and how often. */
  Steps: 43,
  StepCounts: 47,
  /** The step that holds at present; see `Steps`. */
  Current: Place.LAST_STEP,
  CandidateCount: 52,
  Lanes: Place.LANES,
  /** Packets with the sequence number behind the one before. */
  Steady: 54,
  /** 1 where its first packet cannot be read without what came before: see `needsAll`. */
  NeedsAll: 55,
  Ssrc: Place.SSRC,
  Packets: Place.PACKETS,
  Regressed: Place.REGRESSED,
  /** Packets of the run that is under way (`stream-runs.ts`), what the next one of it begins with, and how long each is. */
  Run: Place.RUN,
  NextHead: Place.NEXT_HEAD,
  NextTimestamp: Place.NEXT_TIMESTAMP,
  /** Of UDP's payload, and on the wire. */
  Size: Place.SIZE,
  Wire: Place.WIRE,
} as const;

const WORDS = Place.REALS_AT / 4;

/** Doubles of a record. Times are nanoseconds of the session. */
export const Real = {
  /** Of the packet before. */
  RefTime: Place.REF_TIME,
  Jitter: Place.JITTER,
  MeanJitter: Place.MEAN_JITTER,
  MaxJitter: Place.MAX_JITTER,
  /** Over all packets, as RFC 3550 has it. */
  JitterSum: Place.JITTER_SUM,
  MeanDelta: Place.MEAN_DELTA,
  MaxDelta: Place.MAX_DELTA,
  /** Of the step of the course that is under way. */
  CourseEnd: Place.COURSE_END,
  CourseMaxDelta: Place.COURSE_MAX_DELTA,
  First: Place.FIRST,
  /** Sums for the line through arrival (ms) and timestamp. */
  SumTime: Place.SUM_TIME,
  SumTicks: Place.SUM_TICKS,
  SumTimeTime: Place.SUM_TIME_TIME,
  SumTimeTicks: Place.SUM_TIME_TICKS,
  /** Timestamp since the first packet, not wrapped. */
  Ticks: Place.TICKS,
  JitterPeak: Place.JITTER_PEAK,
  JitterCount: 16,
  /** Of the newest packet by sequence number. */
  OrderTime: 17,
  Last: 18,
  PayloadBytes: 19,
  /** Of UDP's payload. */
  RtpBytes: 20,
  WireBytes: 21,
  /** By step: spacing of arrivals, bytes of payload of the packet that lasted so long. */
  StepSpacing: 22,
  StepPayload: 26,
  /** Packets that were expected before the last restart. */
  ExpectedBefore: 30,
  CoursePackets: 31,
  CourseExpected: 32,
  /** When the candidate was first met. */
  CandidateTime: 33,
} as const;

/** With some that are not used: records begin where lines of the cache do. */
const REALS = (Place.SPACINGS_AT - Place.REALS_AT) / 8;

/** Arrival spacing: steps of 2 ms up to 100, of 10 ms up to 200, then four that double. */
export const SPACINGS = 64;

const WORD_START = 0;
const REAL_START = WORDS / 2;
const SPACING_START = 2 * (REAL_START + REALS);
/** Doubles from one record to the next. */
const STRIDE = REAL_START + REALS + SPACINGS / 2;

/** Offsets in the two views on a segment. */
export const Layout = { words: WORD_START, reals: REAL_START, spacings: SPACING_START, stride: STRIDE } as const;

export const SHIFT = 7;
export const MASK = (1 << SHIFT) - 1;

/** Records by number, from 1, in segments with two views each. */
export class StreamRecords {
  /** How many there are; 0 is nobody's. */
  count = 0;
  readonly reals: Float64Array[] = [];
  readonly words: Int32Array[] = [];
  private readonly memory: ProgramMemory | null;

  /** @param memory where records are, so that programs reach them; null where none has to. */
  constructor(memory: ProgramMemory | null = null) {
    this.memory = memory;
    this.segment();
  }

  /** Opens a record of zeros and returns its number. */
  push(): number {
    this.count += 1;
    if (this.count >>> SHIFT >= this.reals.length) this.segment();
    return this.count;
  }

  /** Where the record stands in the memory. */
  address(number: number): number {
    return (this.reals[number >>> SHIFT] as Float64Array).byteOffset + (number & MASK) * STRIDE * 8;
  }

  /** All zeros again. */
  clear(number: number): void {
    const start = (number & MASK) * STRIDE;
    (this.reals[number >>> SHIFT] as Float64Array).fill(0, start, start + STRIDE);
  }

  word(number: number, word: number): number {
    return (this.words[number >>> SHIFT] as Int32Array)[(number & MASK) * 2 * STRIDE + word] as number;
  }

  real(number: number, real: number): number {
    return (this.reals[number >>> SHIFT] as Float64Array)[(number & MASK) * STRIDE + REAL_START + real] as number;
  }

  /** Counts of arrival spacing. */
  spacings(number: number): Int32Array {
    const start = (number & MASK) * 2 * STRIDE + SPACING_START;
    return (this.words[number >>> SHIFT] as Int32Array).subarray(start, start + SPACINGS);
  }

  /** Calls `what` with the views on each record, and where in them it begins. */
  each(what: (words: Int32Array, reals: Float64Array, w: number, f: number) => void): void {
    for (let number = 1; number <= this.count; number++) {
      const [words, reals] = [this.words[number >>> SHIFT], this.reals[number >>> SHIFT]];
      const at = (number & MASK) * STRIDE;
      if (words !== undefined && reals !== undefined) what(words, reals, 2 * at, at + REAL_START);
    }
  }

  private segment(): void {
    const length = STRIDE << SHIFT;
    const room = this.memory?.take(8 * length) ?? new Uint8Array(8 * length);
    this.reals.push(new Float64Array(room.buffer, room.byteOffset, length));
    this.words.push(new Int32Array(room.buffer, room.byteOffset, 2 * length));
  }

  /** The same as plain data, and back. */
  get plain(): PlainRecords {
    return { count: this.count, segments: this.reals };
  }

  static of({ count, segments }: PlainRecords): StreamRecords {
    const records = new StreamRecords();
    if (segments.length === 0) return records;
    records.count = count;
    records.reals.splice(0, 1, ...segments);
    const words = segments.map(({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, 2 * length));
    records.words.splice(0, 1, ...words);
    return records;
  }
}

export interface PlainRecords {
  readonly count: number;
  readonly segments: readonly Float64Array[];
}

/** Up to so many nanoseconds places are of the same length: so many of them lie in a nanosecond. */
export const { LINEAR, PLACES_PER_NS } = Place;

/** The place among `SPACINGS` of a spacing in nanoseconds. */
export function spacingPlace(ns: number): number {
  if (!(ns > 0)) return 0;
  if (ns < LINEAR) return Math.trunc(ns * PLACES_PER_NS);
  const ms = ns / 1e6;
  if (ms < 200) return 50 + Math.floor((ms - 100) / 10);
  return Math.min(SPACINGS - 1, 60 + Math.floor(Math.log2(ms / 200)));
}

/** Where a place begins, in milliseconds. */
export function spacingFrom(place: number): number {
  if (place < 50) return 2 * place;
  return place < 60 ? 100 + 10 * (place - 50) : 200 * 2 ** (place - 60);
}
