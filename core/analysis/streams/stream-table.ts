import type { MediaFound } from './media-streams.ts';
import { courseOf } from './stream-course.ts';
import { Lane, laneClocks, laneValue } from './stream-lanes.ts';
import { Real, spacingFrom, SPACINGS, StreamRecords, Word } from './stream-records.ts';
import { samplesOf, type PayloadSample } from './stream-samples.ts';
import type { StepChange } from './stream-steps.ts';
import type { StreamEvent } from './stream-events.ts';

/** Fewer packets are no evidence, where nothing announced the stream. */
const LEAST_PACKETS = 6;
/** How many of the packets have to follow the one before, for a flow that nothing announced. */
const LEAST_STEADY = 0.6;

/** How often consecutive timestamps were so far apart, and what that went with. */
export interface Step {
  readonly ticks: number;
  readonly count: number;
  /** Mean spacing of the arrivals, ms. */
  readonly arrivalMs: number;
  /** Mean payload of the packets that lasted so long, bytes. */
  readonly payload: number;
}

/** Milliseconds. */
export interface Jitter {
  /** Over regular packets, as Wireshark has them: no marker, no comfort noise. */
  readonly mean: number;
  readonly max: number;
  /** Over all packets (RFC 3550 A.8). */
  readonly rfcMean: number;
  readonly rfcMax: number;
}

export interface CoursePoint {
  /** Nanoseconds of the session. */
  readonly time: number;
  readonly packets: number;
  readonly expected: number;
  readonly jitterMs: number;
  readonly maxDeltaMs: number;
  /** Timestamp step that held, ticks; 0 where none did yet. */
  readonly ticks: number;
}

/** Reads what MediaStreams found. Streams are numbered from 1; numbers of records that are no streams are among them. */
export class StreamTable {
  readonly records: StreamRecords;
  private readonly found: MediaFound;
  /** By stream. */
  private readonly changesOf: StepChange[][] = [];
  private readonly eventsOf: StreamEvent[][] = [];
  /** Those asked for last: whoever describes a stream asks several times. */
  private lastSteps: { readonly stream: number; readonly steps: readonly Step[] } = { stream: 0, steps: [] };
  /** The first place whose spacing is not below so many milliseconds: streams have few packet times. */
  private slow = { ms: 0, place: 0 };

  constructor(found: MediaFound) {
    this.found = found;
    this.records = new StreamRecords(found.records);
    for (const change of found.changes) append(this.changesOf, change.stream, change);
    for (const event of found.events) append(this.eventsOf, event.stream, event);
  }

  get count(): number {
    return this.records.count;
  }

  get reports(): MediaFound['reports'] {
    return this.found.reports;
  }

  /**
   * Whether the packets by themselves show a stream: enough of them, of a payload type that is in use, with sequence
   * numbers one behind the other and timestamps that go forward by the same steps. Other protocols that begin with the
   * same two bits, and noise, have one or two of these at most.
   */
  isEvident(stream: number): boolean {
    const packets = this.word(stream, Word.Packets);
    const again = this.word(stream, Word.Duplicates);
    if (packets - again < LEAST_PACKETS) return false;
    for (let place = 0; place < 4; place++) {
      const type = this.word(stream, Word.Types + place) - 1;
      if (type < 0) break;
      if (!isAssigned(type)) return false;
    }
    const steady = this.word(stream, Word.Steady);
    if (steady < LEAST_STEADY * (packets - again - 1)) return false;
    // Events alone have no steps.
    if (this.word(stream, Word.EventPackets) * 2 > packets) return true;
    let counted = 0;
    let forward = 0;
    for (let place = 0; place < 4; place++) {
      const count = this.word(stream, Word.StepCounts + place);
      const ticks = this.word(stream, Word.Steps + place);
      counted += count;
      if (ticks >= 0 && ticks < 1_000_000) forward += count;
    }
    return forward > 0.6 * counted && counted * 4 >= steady;
  }

  word(stream: number, word: number): number {
    return this.records.word(stream, word);
  }

  real(stream: number, real: number): number {
    return this.records.real(stream, real);
  }

  expected(stream: number): number {
    return this.records.expected(stream);
  }

  /** Payload types in the order in which they came first, at most four. */
  types(stream: number): { readonly type: number; readonly packets: number }[] {
    const types: { type: number; packets: number }[] = [];
    for (let place = 0; place < 4; place++) {
      const type = this.word(stream, Word.Types + place) - 1;
      if (type < 0) break;
      const since = type === this.word(stream, Word.PayloadType);
      const rest = since ? this.word(stream, Word.Packets) - this.word(stream, Word.TypeSince) : 0;
      types.push({ type, packets: this.word(stream, Word.TypePackets + place) + rest });
    }
    return types;
  }

  /** The most frequent first. */
  steps(stream: number): readonly Step[] {
    if (this.lastSteps.stream !== stream) this.lastSteps = { stream, steps: this.stepsOf(stream) };
    return this.lastSteps.steps;
  }

  private stepsOf(stream: number): Step[] {
    const steps: Step[] = [];
    for (let place = 0; place < 4; place++) {
      const count = this.word(stream, Word.StepCounts + place);
      if (count === 0) continue;
      steps.push({
        ticks: this.word(stream, Word.Steps + place),
        count,
        arrivalMs: this.real(stream, Real.StepSpacing + place) / count / 1e6,
        payload: this.real(stream, Real.StepPayload + place) / count,
      });
    }
    return steps.length > 1 ? steps.sort((a, b) => b.count - a.count) : steps;
  }

  /** From when on which step held. */
  changes(stream: number): readonly StepChange[] {
    return this.changesOf[stream] ?? [];
  }

  events(stream: number): readonly StreamEvent[] {
    return this.eventsOf[stream] ?? [];
  }

  samples(stream: number): PayloadSample[] {
    return samplesOf(this.found.samples, this.word(stream, Word.Samples));
  }

  /** Spacing of the arrivals of consecutive packets: counts of the steps that `spacingFrom` names. */
  spacings(stream: number): number[] {
    return [...this.records.spacings(stream)];
  }

  /** Of the spacing of arrivals, ms, to within its step; null where there are none. */
  medianSpacing(stream: number): number | null {
    const counts = this.records.wordsOf(stream);
    const start = this.records.spacingAt(stream);
    let total = 0;
    for (let at = start; at < start + SPACINGS; at++) total += counts[at] as number;
    if (total === 0) return null;
    let below = 0;
    for (let place = 0; place < SPACINGS; place++) {
      const count = counts[start + place] as number;
      if ((below + count) * 2 >= total) {
        const from = spacingFrom(place);
        const width = place === SPACINGS - 1 ? 0 : spacingFrom(place + 1) - from;
        return from + (width * (total / 2 - below)) / count;
      }
      below += count;
    }
    return null;
  }

  /** How many arrivals came more than `ms` after the packet before; as exact as the steps are. */
  slowerThan(stream: number, ms: number): number {
    if (ms !== this.slow.ms) {
      let place = 0;
      while (place < SPACINGS && spacingFrom(place) < ms) place++;
      this.slow = { ms, place };
    }
    const counts = this.records.wordsOf(stream);
    const start = this.records.spacingAt(stream);
    let sum = 0;
    for (let at = start + this.slow.place; at < start + SPACINGS; at++) sum += counts[at] as number;
    return sum;
  }

  /** Jitter at a clock rate; null where it was not counted for that rate, or there was nothing to count. */
  jitter(stream: number, clock: number): Jitter | null {
    const count = this.real(stream, Real.JitterCount);
    if (count === 0) return null;
    const lanes = this.word(stream, Word.Lanes);
    if (lanes === 0) {
      return {
        mean: this.real(stream, Real.MeanJitter) / 1e6,
        max: this.real(stream, Real.MaxJitter) / 1e6,
        rfcMean: this.real(stream, Real.JitterSum) / count / 1e6,
        rfcMax: this.real(stream, Real.JitterPeak) / 1e6,
      };
    }
    const lane = (laneClocks as readonly number[]).indexOf(clock);
    if (lane === -1) return null;
    const value = (what: number): number => laneValue(this.found.lanes, lanes, lane, what) / 1e6;
    return {
      mean: value(Lane.Mean),
      max: value(Lane.Max),
      rfcMean: value(Lane.Sum) / count,
      rfcMax: value(Lane.Peak),
    };
  }

  /** The clock rate that fits timestamps and arrivals; null where none does within 6 %. */
  likelyClock(stream: number): number | null {
    const step = this.steps(stream).find(({ ticks }) => ticks > 0);
    if (step === undefined || step.count < 3 || !(step.arrivalMs > 0)) return null;
    const rate = (step.ticks / step.arrivalMs) * 1000;
    return laneClocks.find((clock) => Math.abs(rate / clock - 1) < 0.06) ?? null;
  }

  /** How much faster the sender's clock goes than that of the capture, in parts per million; null for less than 10 s or 100 packets. */
  skewPpm(stream: number, clock: number): number | null {
    const n = this.word(stream, Word.Regressed);
    if (n < 12 || this.real(stream, Real.Last) - this.real(stream, Real.First) < 10e9) return null;
    const x = this.real(stream, Real.SumTime);
    const spread = n * this.real(stream, Real.SumTimeTime) - x * x;
    if (!(spread > 0)) return null;
    const slope = (n * this.real(stream, Real.SumTimeTicks) - x * this.real(stream, Real.SumTicks)) / spread;
    return (slope / (clock / 1000) - 1) * 1e6;
  }

  /** How the stream went, in at most 65 points. */
  course(stream: number): CoursePoint[] {
    const course = courseOf(this.found.courses, this.word(stream, Word.Course));
    const first = this.real(stream, Real.First);
    const interval = course?.interval ?? 0;
    const points: CoursePoint[] = [];
    for (let step = 0; step < (course?.length ?? 0); step++) {
      const [packets = 0, expected = 0, jitterMs = 0, maxDeltaMs = 0, ticks = 0] = course?.step(step) ?? [];
      points.push({ time: first + step * interval, packets, expected, jitterMs, maxDeltaMs, ticks });
    }
    const packets = this.word(stream, Word.Packets) - this.real(stream, Real.CoursePackets);
    const time = course === null ? first : this.real(stream, Real.CourseEnd) - interval;
    if (packets > 0) {
      points.push({
        time,
        packets,
        expected: this.expected(stream) - this.real(stream, Real.CourseExpected),
        jitterMs: points.at(-1)?.jitterMs ?? 0,
        maxDeltaMs: this.real(stream, Real.CourseMaxDelta) / 1e6,
        ticks: this.word(stream, Word.Current),
      });
    }
    return points;
  }
}

/** Payload types that are assigned or dynamic (RFC 3551 6.); 72 to 76 would be RTCP. */
function isAssigned(type: number): boolean {
  return type <= 34 || type >= 96;
}

function append<Item>(lists: Item[][], stream: number, item: Item): void {
  const list = lists[stream];
  if (list === undefined) lists[stream] = [item];
  else list.push(item);
}
