import type { MediaSink, Packet } from '../../decode/packet.ts';
import type { MediaFlows } from './media-flows.ts';
import { RtcpReports, type PlainReports } from './rtcp-reports.ts';
import { StreamChains } from './stream-chains.ts';
import type { MediaProgram } from './media-program.ts';
import { StreamCourses, type PlainCourses } from './stream-course.ts';
import { isEventForm, StreamEvents, type StreamEvent } from './stream-events.ts';
import { staticTicks, StreamLanes } from './stream-lanes.ts';
import {
  Layout,
  LINEAR,
  MASK,
  PLACES_PER_NS,
  Real,
  SHIFT,
  spacingPlace,
  StreamRecords,
  Word,
  type PlainRecords,
} from './stream-records.ts';
import { expectedOf, outOfOrder } from './stream-sequence.ts';
import { StreamSamples } from './stream-samples.ts';
import { expectRun, settle } from './stream-runs.ts';
import { regress, typeChanges } from './stream-sums.ts';
import { StreamSteps, type StepChange } from './stream-steps.ts';

/** Streams that are kept at most, of 832 bytes each. */
export const MAX_STREAMS = 1 << 17;

/** What was found of RTP and RTCP: plain data, for `StreamTable`. */
export interface MediaFound {
  readonly records: PlainRecords;
  readonly lanes: Float64Array;
  readonly courses: PlainCourses;
  readonly samples: Uint8Array;
  readonly events: readonly StreamEvent[];
  readonly changes: readonly StepChange[];
  readonly reports: PlainReports;
}

export const nothingFound: MediaFound = {
  records: { count: 0, segments: [] },
  lanes: new Float64Array(0),
  courses: { lengths: [], intervals: [], segments: [] },
  samples: new Uint8Array(0),
  events: [],
  changes: [],
  reports: { packets: 0, receptions: [], sendings: [] },
};

/**
 * RTP streams (5-tuple and SSRC, RFC 3550): each packet is counted where it belongs, and forgotten. What has only the
 * form of RTP has a record too until more is known; whether it is a stream is judged in the end (`StreamTable`).
 */
export class MediaStreams implements MediaSink {
  readonly flows: MediaFlows;

  private readonly program: MediaProgram;
  private readonly records: StreamRecords;
  private readonly chains: StreamChains;
  private readonly lanes: StreamLanes;
  private readonly courses = new StreamCourses();
  private readonly samples = new StreamSamples();
  private readonly events = new StreamEvents();
  private readonly steps = new StreamSteps();
  private readonly reports = new RtcpReports();

  /**
   * @param program that measures streams
   * @param limit streams that are kept
   */
  constructor(program: MediaProgram, flows: MediaFlows, limit = MAX_STREAMS) {
    this.program = program;
    this.records = new StreamRecords(program.memory);
    this.lanes = new StreamLanes(program);
    this.chains = new StreamChains(this.records, limit);
    this.flows = flows;
  }

  /** Packets of streams beyond the limit. */
  get unplaced(): number {
    return this.chains.unplaced;
  }

  media(packet: Packet, at: number, end: number): void {
    const flow = this.flows.of(packet);
    const { view } = packet;
    // With its sign: a number of 32 bits without one does not fit a small integer, and would be put on the heap.
    const head = view.getInt32(at);
    const second = (head >>> 16) & 0xff;
    if (second >= 192 && second <= 223) {
      this.reports.packet(packet, at, end);
      return;
    }
    if (flow === 0) return;
    const ssrc = view.getInt32(at + 8);
    const stream = this.chains.of(flow, ssrc);
    if (stream === 0) return;
    const timestamp = view.getInt32(at + 4);
    const size = end - at + packet.missing;
    const words = this.records.words[stream >>> SHIFT] as Int32Array;
    const reals = this.records.reals[stream >>> SHIFT] as Float64Array;
    const w = (stream & MASK) * 2 * Layout.stride;
    const f = (stream & MASK) * Layout.stride + Layout.reals;
    if (this.goesOn(packet, stream, words, w, head, timestamp, size)) return;
    settle(words, reals, w, f);
    let start = at + 12 + ((head >>> 22) & 0x3c);
    if ((head & 0x1000_0000) !== 0 && start + 4 <= end) start += 4 + 4 * view.getUint16(start + 2);
    let payload = end - start + packet.missing;
    if ((head & 0x2000_0000) !== 0 && packet.missing === 0 && payload > 0) payload -= view.getUint8(end - 1);
    if (payload < 0) payload = 0;
    this.count(packet, stream, head, timestamp, start, end, payload, size);
    if (words[w + Word.NextHead] !== 0) this.program.remember(packet, ssrc, this.records.address(stream));
  }

  /** Whether the packet goes on with a run; then it is counted. */
  private goesOn(
    packet: Packet,
    stream: number,
    words: Int32Array,
    w: number,
    head: number,
    timestamp: number,
    size: number,
  ): boolean {
    if (words[w + Word.NextHead] !== head || packet.missing !== 0) return false;
    const wire = packet.end - packet.start;
    return this.program.goesOn(this.records.address(stream), packet.time, head, timestamp, size, wire) !== 0;
  }

  /** A packet of a stream: `head` are the first four bytes, the payload begins at `start`. */
  private count(
    packet: Packet,
    stream: number,
    head: number,
    timestamp: number,
    start: number,
    end: number,
    payload: number,
    size: number,
  ): void {
    const words = this.records.words[stream >>> SHIFT] as Int32Array;
    const reals = this.records.reals[stream >>> SHIFT] as Float64Array;
    const w = (stream & MASK) * 2 * Layout.stride;
    const f = (stream & MASK) * Layout.stride + Layout.reals;
    const { time } = packet;
    const sequence = head & 0xffff;
    const type = (head >>> 16) & 0x7f;
    const isMarked = (head & 0x80_0000) !== 0;
    const before = words[w + Word.Packets] as number;
    words[w + Word.Packets] = before + 1;
    words[w + Word.NextHead] = 0;
    if (isMarked) words[w + Word.Markers] = (words[w + Word.Markers] as number) + 1;
    reals[f + Real.PayloadBytes] = (reals[f + Real.PayloadBytes] as number) + payload;
    reals[f + Real.RtpBytes] = (reals[f + Real.RtpBytes] as number) + size;
    reals[f + Real.WireBytes] = (reals[f + Real.WireBytes] as number) + packet.end - packet.start + packet.missing;
    reals[f + Real.Last] = time;

    const isEvent = payload === 4 && type >= 96 && start + 4 <= end && isEventForm(packet.view.getInt32(start));
    const isNoise = type === 13 || type === 19;
    if (isEvent) {
      words[w + Word.EventPackets] = (words[w + Word.EventPackets] as number) + 1;
      const event = words[w + Word.Event] as number;
      words[w + Word.Event] = this.events.packet(stream, event, time, timestamp, packet.view.getUint32(start));
    }
    if (isNoise) words[w + Word.ComfortNoise] = (words[w + Word.ComfortNoise] as number) + 1;
    if (before === 0) {
      this.first(packet, words, reals, w, f, head, timestamp);
      words[w + Word.Skip] = isEvent || isNoise ? 1 : 0;
      words[w + Word.PreviousPayload] = payload;
      return;
    }
    const typeBefore = words[w + Word.PayloadType] as number;
    if (type !== typeBefore) typeChanges(words, w, type, before);

    // As RFC 3550 A.8 has it, and Wireshark: from the packet before, late or not; none whose timestamp is that of a time before the stream.
    const delta = time - (reals[f + Real.RefTime] as number);
    const elapsed = (timestamp - (words[w + Word.RefTimestamp] as number)) | 0;
    const isForward = (reals[f + Real.Ticks] as number) + elapsed >= 0;
    const isRegular = isForward && !isMarked && !isNoise && typeBefore !== 13 && typeBefore !== 19;
    const share = 1 / before;
    if (isRegular) {
      if (delta > (reals[f + Real.MaxDelta] as number)) reals[f + Real.MaxDelta] = delta;
      const mean = reals[f + Real.MeanDelta] as number;
      reals[f + Real.MeanDelta] = mean + (delta - mean) * share;
    }
    if (!isEvent) {
      const tick = staticTicks[type] as number;
      const lanes = words[w + Word.Lanes] as number;
      if (!isForward) {
        // No measure of jitter.
      } else if (tick > 0 && lanes === 0) {
        const last = reals[f + Real.Jitter] as number;
        const jitter = last + (Math.abs(delta - elapsed * tick) - last) / 16;
        reals[f + Real.Jitter] = jitter;
        reals[f + Real.JitterSum] = (reals[f + Real.JitterSum] as number) + jitter;
        if (jitter > (reals[f + Real.JitterPeak] as number)) reals[f + Real.JitterPeak] = jitter;
        if (isRegular) {
          if (jitter > (reals[f + Real.MaxJitter] as number)) reals[f + Real.MaxJitter] = jitter;
          const mean = reals[f + Real.MeanJitter] as number;
          reals[f + Real.MeanJitter] = mean + (jitter - mean) * share;
        }
        reals[f + Real.JitterCount] = (reals[f + Real.JitterCount] as number) + 1;
      } else if (tick > 0 || type >= 96) {
        const open = lanes === 0 ? this.openLanes(words, reals, w, f) : lanes;
        this.program.countLanes(open, delta, elapsed, tick, isRegular, share);
        reals[f + Real.JitterCount] = (reals[f + Real.JitterCount] as number) + 1;
      }
      if ((before & 7) === 0 && isForward) regress(words, reals, w, f, elapsed);
      if ((before & (before - 1)) === 0) this.sample(packet, words, w, before, payload, start, end);
    }
    if (isForward) {
      reals[f + Real.RefTime] = time;
      reals[f + Real.Ticks] = (reals[f + Real.Ticks] as number) + elapsed;
      words[w + Word.RefTimestamp] = timestamp;
    }

    if (time >= (reals[f + Real.CourseEnd] as number)) this.endCourseStep(stream, words, reals, w, f);
    if (delta > (reals[f + Real.CourseMaxDelta] as number)) reals[f + Real.CourseMaxDelta] = delta;

    const ahead = (sequence - (words[w + Word.MaxSequence] as number)) & 0xffff;
    if (ahead === 1) {
      const seen = words[w + Word.SeenLow] as number;
      words[w + Word.SeenHigh] = ((words[w + Word.SeenHigh] as number) << 1) | (seen >>> 31);
      words[w + Word.SeenLow] = (seen << 1) | 1;
      words[w + Word.Steady] = (words[w + Word.Steady] as number) + 1;
      if (sequence === 0) words[w + Word.Cycles] = (words[w + Word.Cycles] as number) + 1;
      if (words[w + Word.Skip] === 0 && !isEvent && !isNoise) {
        const was = reals[f + Real.OrderTime] as number;
        const step = (timestamp - (words[w + Word.LastTimestamp] as number)) | 0;
        let place = words[w + Word.Step] as number;
        if (words[w + Word.Steps + place] !== step) place = this.steps.placeOf(words, reals, w, f, step);
        if (place >= 0) {
          words[w + Word.StepCounts + place] = (words[w + Word.StepCounts + place] as number) + 1;
          reals[f + Real.StepSpacing + place] = (reals[f + Real.StepSpacing + place] as number) + time - was;
          reals[f + Real.StepPayload + place] =
            (reals[f + Real.StepPayload + place] as number) + (words[w + Word.PreviousPayload] as number);
        }
        const current = words[w + Word.Current] as number;
        if (step === current || current === 0) {
          const spacing = time - was;
          // The usual case is written out: a call would put the number on the heap.
          const at = spacing >= 0 && spacing < LINEAR ? Math.trunc(spacing * PLACES_PER_NS) : spacingPlace(spacing);
          words[w + Layout.spacings + at] = (words[w + Layout.spacings + at] as number) + 1;
        }
        if (step !== current || words[w + Word.CandidateCount] !== 0) {
          this.steps.differs(words, reals, w, f, stream, step);
        }
      }
    } else if (!outOfOrder(words, reals, w, f, sequence, ahead)) return;
    words[w + Word.MaxSequence] = sequence;
    words[w + Word.LastTimestamp] = timestamp;
    words[w + Word.PreviousPayload] = payload;
    words[w + Word.Skip] = isEvent || isNoise ? 1 : 0;
    reals[f + Real.OrderTime] = time;
    if (isRegular && !isEvent && ahead === 1) expectRun(packet, words, w, head, timestamp, size);
  }

  private first(
    packet: Packet,
    words: Int32Array,
    reals: Float64Array,
    w: number,
    f: number,
    head: number,
    timestamp: number,
  ): void {
    const { time } = packet;
    words[w + Word.Src] = packet.src;
    words[w + Word.Dst] = packet.dst;
    words[w + Word.Ports] = (packet.sport << 16) | packet.dport;
    words[w + Word.Frame] = packet.frame;
    words[w + Word.NeedsAll] = needsAll(packet) ? 1 : 0;
    words[w + Word.BaseSequence] = head & 0xffff;
    words[w + Word.MaxSequence] = head & 0xffff;
    words[w + Word.SeenLow] = 1;
    words[w + Word.RefTimestamp] = timestamp;
    words[w + Word.LastTimestamp] = timestamp;
    words[w + Word.PayloadType] = (head >>> 16) & 0x7f;
    words[w + Word.Types] = ((head >>> 16) & 0x7f) + 1;
    reals[f + Real.First] = time;
    reals[f + Real.RefTime] = time;
    reals[f + Real.OrderTime] = time;
    reals[f + Real.CourseEnd] = time + this.courses.interval(0);
  }

  /** Goes on in lanes with what was counted of static types so far. */
  private openLanes(words: Int32Array, reals: Float64Array, w: number, f: number): number {
    const number = this.lanes.open(
      reals[f + Real.Jitter] as number,
      reals[f + Real.MeanJitter] as number,
      reals[f + Real.MaxJitter] as number,
      reals[f + Real.JitterSum] as number,
      reals[f + Real.JitterPeak] as number,
    );
    words[w + Word.Lanes] = number;
    return number;
  }

  /** Keeps the head of the 2nd, 9th, 65th and 513th payload. */
  private sample(
    packet: Packet,
    words: Int32Array,
    w: number,
    before: number,
    payload: number,
    start: number,
    end: number,
  ): void {
    const power = 31 - Math.clz32(before);
    if (power % 3 !== 0 || power > 9) return;
    if (words[w + Word.Samples] === 0) words[w + Word.Samples] = this.samples.open();
    this.samples.keep(
      words[w + Word.Samples] as number,
      power / 3,
      Math.min(payload, 0xffff),
      packet.bytes,
      start,
      end,
    );
  }

  /** Writes down how the step of the course that is over went, and begins the one that the packet is in. */
  private endCourseStep(stream: number, words: Int32Array, reals: Float64Array, w: number, f: number): void {
    const time = reals[f + Real.Last] as number;
    if (words[w + Word.Course] === 0) words[w + Word.Course] = this.courses.open();
    const course = words[w + Word.Course] as number;
    const since = (reals[f + Real.CourseEnd] as number) - (reals[f + Real.First] as number);
    // The packet at hand belongs to the next step.
    const packets = (words[w + Word.Packets] as number) - 1;
    const expected = expectedOf(this.records, stream);
    const lanes = words[w + Word.Lanes] as number;
    const jitter = lanes === 0 ? (reals[f + Real.Jitter] as number) : this.lanes.least(lanes);
    const begin = since - this.courses.interval(course);
    this.courses.add(course, Math.max(0, begin), [
      packets - (reals[f + Real.CoursePackets] as number),
      expected - (reals[f + Real.CourseExpected] as number),
      jitter / 1e6,
      (reals[f + Real.CourseMaxDelta] as number) / 1e6,
      words[w + Word.Current] as number,
    ]);
    reals[f + Real.CoursePackets] = packets;
    reals[f + Real.CourseExpected] = expected;
    reals[f + Real.CourseMaxDelta] = 0;
    const interval = this.courses.interval(course);
    const passed = Math.floor((time - (reals[f + Real.First] as number)) / interval);
    reals[f + Real.CourseEnd] = (reals[f + Real.First] as number) + (passed + 1) * interval;
  }

  /** What was found, as of now: records are the ones that go on being written to. */
  get found(): MediaFound {
    this.records.each(settle);
    return {
      records: this.records.plain,
      lanes: this.lanes.plain,
      courses: this.courses.plain,
      samples: this.samples.plain,
      events: this.events.list,
      changes: this.steps.changes,
      reports: this.reports.plain,
    };
  }
}

/** Whether a packet's bytes come out of what other packets began: put together, decrypted, or behind a TCP connection. */
function needsAll({ association, origin, tcpFlags }: Packet): boolean {
  return association !== 0 || tcpFlags >= 0 || origin !== null;
}
