import * as Place from '../../programs/media/record.ts';
import { RECORD_SHIFT, RECORDS } from '../../programs/media/state.ts';
import type { MediaProgram } from './media-program.ts';

/* What is kept of each RTP stream while packets come in: a record of numbers, which core/programs/media writes. */

/** 32-bit numbers of a record, as core/programs/media/record.ts describes them. */
export const Word = {
  Src: Place.SRC,
  Dst: Place.DST,
  Ports: Place.UDP_PORTS,
  Frame: Place.FIRST_FRAME,
  Duplicates: Place.DUPLICATES,
  Late: Place.LATE,
  Restarts: Place.RESTARTS,
  Markers: Place.MARKERS,
  TypeChanges: Place.TYPE_CHANGES,
  Types: Place.TYPES,
  TypePackets: Place.TYPE_PACKETS,
  TypeSince: Place.TYPE_SINCE,
  Course: Place.COURSE,
  Samples: Place.SAMPLES_NUMBER,
  ComfortNoise: Place.COMFORT_NOISE,
  EventPackets: Place.EVENT_PACKETS,
  Gaps: Place.GAPS,
  LongestGap: Place.LONGEST_GAP,
  PayloadType: Place.PAYLOAD_TYPE,
  Steps: Place.STEPS,
  StepCounts: Place.STEP_COUNTS,
  Current: Place.CURRENT,
  Lanes: Place.LANES_NUMBER,
  Steady: Place.STEADY,
  NeedsAll: Place.NEEDS_ALL,
  Ssrc: Place.SSRC,
  Packets: Place.PACKETS,
  Regressed: Place.REGRESSED,
} as const;

/** Doubles of a record. Times are nanoseconds of the session. */
export const Real = {
  RefTime: Place.REF_TIME,
  Ticks: Place.TICKS,
  MeanJitter: Place.MEAN_JITTER,
  MaxJitter: Place.MAX_JITTER,
  JitterSum: Place.JITTER_SUM,
  MeanDelta: Place.MEAN_DELTA,
  MaxDelta: Place.MAX_DELTA,
  CourseEnd: Place.COURSE_END,
  CourseMaxDelta: Place.COURSE_MAX_DELTA,
  First: Place.FIRST,
  SumTime: Place.SUM_TIME,
  SumTicks: Place.SUM_TICKS,
  SumTimeTime: Place.SUM_TIME_TIME,
  SumTimeTicks: Place.SUM_TIME_TICKS,
  JitterPeak: Place.JITTER_PEAK,
  JitterCount: Place.JITTER_COUNT,
  Last: Place.LAST,
  PayloadBytes: Place.PAYLOAD_BYTES,
  RtpBytes: Place.RTP_BYTES,
  WireBytes: Place.WIRE_SUM,
  StepSpacing: Place.STEP_SPACING,
  StepPayload: Place.STEP_PAYLOAD,
  CoursePackets: Place.COURSE_PACKETS,
  CourseExpected: Place.COURSE_EXPECTED,
} as const;

export const { SPACINGS } = Place;
/** Doubles from one record to the next, in front of its own, and in front of the counts of arrival spacing. */
const STRIDE = Place.RECORD_WIDTH / 8;
const REALS = Place.REALS_AT / 8;
const SPACING_START = Place.SPACINGS_AT / 4;
const MASK = (1 << RECORD_SHIFT) - 1;

export interface PlainRecords {
  readonly count: number;
  readonly segments: readonly Float64Array[];
}

/** Those of the program, which go on being written to: so many. */
export function plainRecords(program: MediaProgram, count: number): PlainRecords {
  const { buffer } = program.memory.words;
  const addresses = Array.from(program.segments(RECORDS));
  return { count, segments: addresses.map((address) => new Float64Array(buffer, address, STRIDE << RECORD_SHIFT)) };
}

/** Records by number, from 1, in segments with two views each. */
export class StreamRecords {
  /** How many there are; 0 is nobody's. */
  readonly count: number;
  private readonly reals: readonly Float64Array[];
  private readonly words: readonly Int32Array[];

  constructor({ count, segments }: PlainRecords) {
    this.count = count;
    this.reals = segments;
    this.words = segments.map(({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, 2 * length));
  }

  word(number: number, word: number): number {
    return (this.words[number >>> RECORD_SHIFT] as Int32Array)[(number & MASK) * 2 * STRIDE + word] as number;
  }

  real(number: number, real: number): number {
    return (this.reals[number >>> RECORD_SHIFT] as Float64Array)[(number & MASK) * STRIDE + REALS + real] as number;
  }

  /** Where its numbers lie, for who needs many of them: 32-bit ones, doubles, and counts of arrival spacing. */
  wordsOf(number: number): Int32Array {
    return this.words[number >>> RECORD_SHIFT] as Int32Array;
  }

  wordAt(number: number): number {
    return (number & MASK) * 2 * STRIDE;
  }

  realsOf(number: number): Float64Array {
    return this.reals[number >>> RECORD_SHIFT] as Float64Array;
  }

  realAt(number: number): number {
    return (number & MASK) * STRIDE + REALS;
  }

  /** Among the 32-bit ones. */
  spacingAt(number: number): number {
    return (number & MASK) * 2 * STRIDE + SPACING_START;
  }

  /** Packets that the sequence numbers say were sent. */
  expected(number: number): number {
    const highest = this.word(number, Place.CYCLES) * 65_536 + this.word(number, Place.MAX_SEQUENCE);
    return this.real(number, Place.EXPECTED_BEFORE) + highest - this.word(number, Place.BASE_SEQUENCE) + 1;
  }

  /** Counts of arrival spacing. */
  spacings(number: number): Int32Array {
    const start = (number & MASK) * 2 * STRIDE + SPACING_START;
    return (this.words[number >>> RECORD_SHIFT] as Int32Array).subarray(start, start + SPACINGS);
  }
}

/** Where a place begins, in milliseconds. */
export function spacingFrom(place: number): number {
  if (place < 50) return 2 * place;
  return place < 60 ? 100 + 10 * (place - 50) : 200 * 2 ** (place - 60);
}
