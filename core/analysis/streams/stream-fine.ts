import { staticTicks } from './stream-lanes.ts';
import { MarkList, type FoundMark } from './stream-marks.ts';
import { SequenceState, type Cause } from '../verdict/sequence-state.ts';

/** A packet as the fine course needs it: times in nanoseconds of the session, `payload` in bytes. */
export interface FinePacket {
  readonly time: number;
  readonly frame: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly payloadType: number;
  readonly marked: boolean;
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly end: number;
  readonly missing: number;
}

export type PayloadLength = (
  payloadType: number,
  bytes: Uint8Array,
  at: number,
  end: number,
  missing: number,
) => number | null;

/** What is to be measured, and what is known of the stream already. */
export interface FineQuery {
  /** Nanoseconds of the session. */
  readonly from: number;
  readonly to: number;
  /** Stretches of the same length. */
  readonly points: number;
  /** Of dynamic payload types, Hz. */
  readonly clock: number;
  /** Types that carry events or comfort noise beside the sound. */
  readonly isQuiet: (payloadType: number) => boolean;
  /** A packet that comes so much later than the one before (nanoseconds) missed its turn. */
  readonly lateAfter: number;
  /** What a payload holds, ms; null where its codec does not tell. */
  readonly payloadMs: (
    payloadType: number,
    bytes: Uint8Array,
    at: number,
    end: number,
    missing: number,
  ) => number | null;
}

/** Spacing is counted in steps of a millisecond up to here, and beyond. */
export const FINE_SPACINGS = 1000;
/** Nanoseconds over which losses are taken together for a MOS. */
const MOS_WINDOW = 5e9;
/** A part of that window, where stretches are shorter. */
const MOS_SLOT = 250e6;
/** Bits of RFC 4733's head that are reserved, and events that are in use. */
const EVENT_RESERVED = 0x40;
const MOST_EVENT = 16;

/**
 * Measures a stream packet by packet, as `MediaStreams` does while the capture is read, in as many stretches as asked for.
 * Numbers of stretch `i` are at index `i` of the columns.
 */
export class FineCourse {
  readonly packets: Uint32Array;
  readonly lost: Int32Array;
  readonly late: Uint32Array;
  readonly duplicates: Uint32Array;
  /** Nanoseconds; NaN without one. */
  readonly firstDelta: Float64Array;
  readonly minDelta: Float64Array;
  readonly maxDelta: Float64Array;
  readonly jitter: Float64Array;
  readonly maxJitter: Float64Array;
  /** Ticks; NaN without one. */
  readonly step: Float64Array;
  readonly minStep: Float64Array;
  readonly maxStep: Float64Array;
  /** Milliseconds; NaN where the codec does not tell. */
  readonly payloadMs: Float64Array;
  /** How often packets in sequence came so many milliseconds after the one before; the last one: later still. */
  readonly spacings = new Uint32Array(FINE_SPACINGS + 1);
  readonly marks = new MarkList();

  private readonly query: FineQuery;
  /** Nanoseconds of a stretch, and of a slot of the window for MOS. */
  readonly width: number;
  private readonly slotWidth: number;
  private readonly slotsFrom: number;
  private readonly window: number;
  private readonly slots: { readonly expected: Float64Array; readonly missing: Float64Array };

  private readonly order = new SequenceState();
  private known = false;
  private refTime = 0;
  private refTimestamp = 0;
  private ticks = 0;
  private jitterNow = 0;
  private soundType = -1;
  /** Of the newest packet by sequence number. */
  private orderTime = 0;
  private lastTimestamp = 0;
  private skip = false;

  constructor(query: FineQuery) {
    this.query = query;
    const { from, points, to } = query;
    const columns = (empty: number): Float64Array => new Float64Array(points).fill(empty);
    this.width = Math.max(1, (to - from) / points);
    this.packets = new Uint32Array(points);
    this.lost = new Int32Array(points);
    this.late = new Uint32Array(points);
    this.duplicates = new Uint32Array(points);
    this.firstDelta = columns(Number.NaN);
    this.minDelta = columns(Number.NaN);
    this.maxDelta = columns(0);
    this.jitter = columns(0);
    this.maxJitter = columns(0);
    this.step = columns(Number.NaN);
    this.minStep = columns(Number.NaN);
    this.maxStep = columns(Number.NaN);
    this.payloadMs = columns(Number.NaN);
    this.window = Math.max(MOS_WINDOW, this.width);
    this.slotWidth = Math.max(MOS_SLOT, this.width);
    this.slotsFrom = from - this.window;
    const slots = Math.ceil((to - this.slotsFrom) / this.slotWidth) + 1;
    this.slots = { expected: new Float64Array(slots), missing: new Float64Array(slots) };
  }

  /** Takes the stream's packets in order of arrival, from its first one on: what is before `from` is only followed. */
  packet(packet: FinePacket): void {
    const { payloadType: type, sequence, time, timestamp } = packet;
    const place = this.placeOf(time);
    const slot = this.slotOf(time);
    if (place >= 0) this.packets[place] = (this.packets[place] as number) + 1;
    if (slot >= 0) this.slots.expected[slot] = (this.slots.expected[slot] as number) + 1;
    const isEvent = isEventPacket(packet);
    const isNoise = type === 13 || type === 19;
    const isQuiet = isEvent || isNoise || this.query.isQuiet(type);
    if (!isQuiet) this.sound(packet, place);
    if (!this.known) {
      this.begin(packet, isEvent || isNoise);
      return;
    }
    this.arrival(packet, place, isEvent);
    if (packet.marked && !isEvent && place >= 0)
      this.marks.add({ kind: 'marker', time, frame: packet.frame, value: 0 });
    const news = this.order.next(sequence);
    if (news.gap > 0) this.gap(packet, news.gap, place, slot);
    else if (news.late) this.filled(news.cause, place, slot);
    else if (news.duplicate) this.repeated(place, slot);
    else if (news.restart && place >= 0) {
      this.marks.add({ kind: 'restart', time, frame: packet.frame, value: sequence });
    }
    if (news.next && !this.skip && !isEvent && !isNoise) this.follows(time, timestamp, place, slot);
    if (!news.newest) return;
    this.lastTimestamp = timestamp;
    this.orderTime = time;
    this.skip = isEvent || isNoise;
  }

  /** Packets expected in the five seconds before the end of a stretch (in the stretch, if that is longer), and how many of them were lost or late. */
  lossUntil(place: number): { readonly expected: number; readonly missing: number } {
    const end = this.slotOf(Math.min(this.query.to, this.query.from + (place + 1) * this.width - 1));
    const count = Math.max(1, Math.round(this.window / this.slotWidth));
    let expected = 0;
    let missing = 0;
    for (let slot = Math.max(0, end - count + 1); slot <= end; slot++) {
      expected += this.slots.expected[slot] as number;
      missing += this.slots.missing[slot] as number;
    }
    return { expected, missing };
  }

  get found(): readonly FoundMark[] {
    return this.marks.list;
  }

  private begin({ sequence, time, timestamp }: FinePacket, isQuiet: boolean): void {
    this.known = true;
    this.order.begin(sequence);
    this.refTime = time;
    this.refTimestamp = timestamp;
    this.lastTimestamp = timestamp;
    this.orderTime = time;
    this.skip = isQuiet;
  }

  /** What holds sound: its length, and a change of its type. */
  private sound({ at, bytes, end, frame, missing, payloadType, time }: FinePacket, place: number): void {
    if (place >= 0) {
      const ms = this.query.payloadMs(payloadType, bytes, at, end, missing);
      if (ms !== null) this.payloadMs[place] = ms;
      if (this.soundType >= 0 && this.soundType !== payloadType) {
        this.marks.add({ kind: 'payload-type', time, frame, value: payloadType, before: this.soundType });
      }
    }
    this.soundType = payloadType;
  }

  /** Spacing and jitter, from the packet before (RFC 3550 A.8). */
  private arrival({ payloadType: type, time, timestamp }: FinePacket, place: number, isEvent: boolean): void {
    const delta = time - this.refTime;
    const elapsed = (timestamp - this.refTimestamp) | 0;
    const isForward = this.ticks + elapsed >= 0;
    if (place >= 0) {
      if (Number.isNaN(this.firstDelta[place])) this.firstDelta[place] = delta;
      if (!(delta >= (this.minDelta[place] as number))) this.minDelta[place] = delta;
      if (delta > (this.maxDelta[place] as number)) this.maxDelta[place] = delta;
    }
    const fixed = staticTicks[type] as number;
    const tick = fixed > 0 || type < 96 ? fixed : 1e9 / this.query.clock;
    if (isForward && !isEvent && tick > 0) {
      this.jitterNow += (Math.abs(delta - elapsed * tick) - this.jitterNow) / 16;
    }
    if (place >= 0) {
      this.jitter[place] = this.jitterNow;
      if (this.jitterNow > (this.maxJitter[place] as number)) this.maxJitter[place] = this.jitterNow;
    }
    if (!isForward) return;
    this.refTime = time;
    this.ticks += elapsed;
    this.refTimestamp = timestamp;
  }

  /** A packet behind its neighbour in sequence. */
  private follows(time: number, timestamp: number, place: number, slot: number): void {
    const spacing = time - this.orderTime;
    if (slot >= 0 && spacing >= this.query.lateAfter)
      this.slots.missing[slot] = (this.slots.missing[slot] as number) + 1;
    if (place < 0) return;
    const bin = Math.max(0, Math.min(FINE_SPACINGS, Math.floor(spacing / 1e6)));
    this.spacings[bin] = (this.spacings[bin] as number) + 1;
    const step = (timestamp - this.lastTimestamp) | 0;
    this.step[place] = step;
    if (!(step >= (this.minStep[place] as number))) this.minStep[place] = step;
    if (!(step <= (this.maxStep[place] as number))) this.maxStep[place] = step;
  }

  private gap({ frame, sequence, time }: FinePacket, length: number, place: number, slot: number): void {
    const mark = place < 0 ? -1 : this.marks.add({ kind: 'gap', time, frame, value: length });
    this.order.missing(sequence, length, { place, slot, mark });
    if (place >= 0) this.lost[place] = (this.lost[place] as number) + length;
    if (slot >= 0) {
      this.slots.expected[slot] = (this.slots.expected[slot] as number) + length;
      this.slots.missing[slot] = (this.slots.missing[slot] as number) + length;
    }
  }

  /** A packet that was taken for lost came late: it is missing no more where its gap was noticed. */
  private filled(cause: Cause | null, at: number, slotNow: number): void {
    if (at >= 0) this.late[at] = (this.late[at] as number) + 1;
    // It was expected already where its gap was noticed.
    if (slotNow >= 0) this.slots.expected[slotNow] = (this.slots.expected[slotNow] as number) - 1;
    if (cause === null) return;
    const { mark, place, slot } = cause;
    if (place >= 0) this.lost[place] = (this.lost[place] as number) - 1;
    if (mark >= 0) this.marks.lessen(mark);
    if (slot >= 0) this.slots.missing[slot] = (this.slots.missing[slot] as number) - 1;
  }

  private repeated(place: number, slot: number): void {
    if (place >= 0) this.duplicates[place] = (this.duplicates[place] as number) + 1;
    if (slot >= 0) this.slots.expected[slot] = (this.slots.expected[slot] as number) - 1;
  }

  private placeOf(time: number): number {
    const { from, points, to } = this.query;
    return time < from || time > to ? -1 : Math.min(points - 1, Math.floor((time - from) / this.width));
  }

  private slotOf(time: number): number {
    if (time > this.query.to) return -1;
    return Math.floor((time - this.slotsFrom) / this.slotWidth);
  }
}

/** An event of RFC 4733, whatever its type is called. */
function isEventPacket({ at, bytes, end, payloadType }: FinePacket): boolean {
  return (
    payloadType >= 96 &&
    end - at === 4 &&
    (bytes[at] as number) <= MOST_EVENT &&
    ((bytes[at + 1] as number) & EVENT_RESERVED) === 0
  );
}
