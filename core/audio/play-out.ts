import type { Arrival, PayloadUse, PlayOutCounts, PlayOutSink } from './arrival.ts';
import { Sequence } from './sequence.ts';
import { WaitingQueue, type Waiting } from './waiting-queue.ts';

/** Seconds of disagreement between timestamps and arrivals that are a jump: the play-out begins anew there. */
export const JUMP = 1;
/** The same where arrivals are ignored: seconds that a packet is waited for. */
export const PATIENCE = 5;
/** So many packets in a row that come too late, for at least this many seconds, and the play-out is moved to where they are. */
const LATE_RUN = 5;
const LATE_SECONDS = 0.1;
/** How often drift is looked at, and what is worth moving the play-out for. Seconds. */
const DRIFT_INTERVAL = 10;
const DRIFT_MOST = 0.1;
/** Seconds that a sound may be put ahead of its arrival; timestamps that run away farther begin anew. */
const MOST_AHEAD = 10;
/** A sequence that goes on so far ahead goes on elsewhere (RFC 3550 A.1): what lies between is not lost. */
const DROPOUT = 3000;

export interface PlayOutOptions {
  /** Samples a second. */
  readonly rate: number;
  /** Samples of a tick of the RTP clock. */
  readonly samplesPerTick: number;
  /** Seconds that a packet may come later than the first one did. */
  readonly buffer: number;
  /** Places packets by their timestamps only, however late they came. */
  readonly asSent: boolean;
  readonly kindOf: (payloadType: number, bytes: number) => PayloadUse;
}

/**
 * The receiver's jitter buffer: packets of one stream (one SSRC) are put where their timestamps say, counted from the
 * arrival of the first, and what comes later than the buffer allows is dropped. The delay of the buffer itself is taken
 * off again, so that a sound stands where its packet arrived. All memory is bounded by `WaitingQueue`.
 */
export class PlayOut {
  readonly counts: PlayOutCounts = { played: 0, lost: 0, late: 0, duplicates: 0, dropped: 0, restarts: 0 };
  /** Samples that were played. */
  cursor = 0;

  /** Where the last sound ended. */
  private soundEnd = 0;
  /** What begins before is too late. */
  private due = 0;
  private readonly options: PlayOutOptions;
  private readonly sink: PlayOutSink;
  private readonly queue = new WaitingQueue();
  private readonly sequence = new Sequence();
  /** Where timestamp `ticks` = 0 is played. */
  private anchor = 0;
  /** Timestamp of the newest packet: counted from the anchor without wrapping, as it is, and when it first came. */
  private ticks = 0;
  private timestamp = 0;
  private arrived = 0;
  private started = false;
  private lateRun = 0;
  private lateSince = 0;
  /** The least time that a packet was early, since `driftSince`. Samples. */
  private leastEarly = Infinity;
  private driftSince = 0;
  private event = { timestamp: 0, code: -1, volume: 0, from: 0, to: 0, begun: false };

  constructor(options: PlayOutOptions, sink: PlayOutSink) {
    this.options = options;
    this.sink = sink;
  }

  /** Plays what is due at `time`, in seconds. */
  advance(time: number): void {
    const { rate, buffer, asSent } = this.options;
    this.playUntil(Math.floor((time - (asSent ? PATIENCE : buffer)) * rate));
  }

  /** Takes a packet; times do not go back. */
  packet(arrival: Arrival): void {
    this.advance(arrival.time);
    const { rate, kindOf, asSent } = this.options;
    const use = kindOf(arrival.payloadType, arrival.payload.length);
    const here = Math.round(arrival.time * rate);
    const place = this.placeOf(arrival, here);
    const number = this.sequence.number(arrival.sequence);
    if (this.sequence.has(number)) {
      this.counts.duplicates += 1;
      return;
    }
    this.sequence.note(number);
    if (use.kind === 'event') {
      this.hear(arrival, place);
      return;
    }
    if (use.kind === 'other') return;
    const samples = use.samplesOf(arrival.payload);
    const at = place < this.due ? this.tooLate(arrival, place, samples, here, number) : place;
    if (at < 0) return;
    if (!asSent) this.watchDrift(arrival.time, at - here);
    this.enqueue({ at, number, samples, arrival, use });
  }

  /** All that waits is played. */
  end(): void {
    for (let next = this.queue.first; next !== null; next = this.queue.first) this.playUntil(next.at);
    if (this.event.to > this.cursor) this.fill(this.event.to - this.cursor);
  }

  /** From here on timestamps are counted anew; `at` is the place of this packet. */
  private restart({ timestamp, time, sequence }: Arrival, at: number): void {
    if (this.started) this.counts.restarts += 1;
    else this.driftSince = time;
    this.started = true;
    this.sequence.restart(sequence);
    this.anchor = Math.max(at, this.cursor);
    this.timestamp = timestamp;
    this.ticks = 0;
    this.arrived = time;
    this.lateRun = 0;
  }

  /** Where a packet belongs: reckoned on from the one before, unless its timestamp jumps. */
  private placeOf(arrival: Arrival, here: number): number {
    const { rate, samplesPerTick } = this.options;
    const ahead = this.sequence.ahead(arrival.sequence);
    const step = (arrival.timestamp - this.timestamp) | 0;
    const newest = Math.round(this.anchor + this.ticks * samplesPerTick);
    const place = Math.round(this.anchor + (this.ticks + step) * samplesPerTick);
    // One from before cannot belong behind the newest.
    if (this.started && ahead <= 0) return Math.min(place, newest);
    const waited = arrival.time - this.arrived;
    if (!this.started) this.restart(arrival, here);
    else if (this.isJump((step * samplesPerTick) / rate, waited) || place - here > MOST_AHEAD * rate) {
      // What follows at once in the sequence goes on where the one before ended, if that is about where it arrived.
      const end = this.queue.last === null ? this.cursor : this.queue.last.at + this.queue.last.samples;
      this.restart(arrival, ahead === 1 && Math.abs(end - here) < JUMP * 0.1 * rate ? end : here);
    } else {
      if (ahead > DROPOUT) this.sequence.restart(arrival.sequence);
      this.ticks += step;
      this.timestamp = arrival.timestamp;
      if (step !== 0) this.arrived = arrival.time;
    }
    return Math.round(this.anchor + this.ticks * samplesPerTick);
  }

  /** @param step seconds from the newest packet's timestamp to this one's @param waited seconds between their arrivals. */
  private isJump(step: number, waited: number): boolean {
    // Where arrivals count, a short step that took long is a delay, or a pause that the sender's clock did not see.
    if (this.options.asSent) return Math.abs(step - waited) > PATIENCE - JUMP;
    return Math.abs(step) > JUMP && Math.abs(step - waited) > JUMP;
  }

  /** What to do with a packet whose time is over: its new place where the play-out moves, else -1. */
  private tooLate(arrival: Arrival, place: number, samples: number, here: number, number: number): number {
    if (samples === 0) return this.cursor;
    if (this.sequence.isNewest(number)) {
      if (this.lateRun === 0) this.lateSince = arrival.time;
      this.lateRun += 1;
      if (this.lateRun >= LATE_RUN && arrival.time - this.lateSince >= LATE_SECONDS && !this.options.asSent) {
        const at = Math.max(here, this.cursor);
        this.anchor += at - place;
        this.counts.restarts += 1;
        this.lateRun = 0;
        return at;
      }
    }
    this.counts.late += 1;
    if (this.sequence.wasMissed(number)) this.counts.lost -= 1;
    this.sink.mark(Math.max(0, place), Math.max(0, place + samples), 'late');
    return -1;
  }

  /** A sender whose clock is too fast fills the buffer: then a little is left out. */
  private watchDrift(time: number, early: number): void {
    this.lateRun = 0;
    this.leastEarly = Math.min(this.leastEarly, early);
    if (time - this.driftSince < DRIFT_INTERVAL) return;
    const { rate } = this.options;
    if (this.leastEarly > DRIFT_MOST * rate) {
      this.anchor -= this.leastEarly;
      this.counts.restarts += 1;
    }
    this.leastEarly = Infinity;
    this.driftSince = time;
  }

  private enqueue(waiting: Waiting): void {
    const over = this.queue.add(waiting);
    // More than can wait: the first is played before its time.
    if (over !== null) this.playUntil(over.at);
  }

  /** An event, or what its next packet adds to it. Its packets repeat each other, so none of them is too late. */
  private hear({ timestamp, payload }: Arrival, place: number): void {
    const { rate, samplesPerTick } = this.options;
    if (payload.length < 4) return;
    const [code = 0, second = 0, high = 0, low = 0] = payload;
    const duration = Math.min(MOST_AHEAD * rate, Math.round(((high << 8) | low) * samplesPerTick));
    const { event } = this;
    if (event.code !== code || event.timestamp !== timestamp) {
      this.event = { timestamp, code, volume: second & 63, from: place, to: place + duration, begun: false };
    } else event.to = Math.max(event.to, event.from + duration);
  }

  /** Plays what begins up to `target`, and goes there. */
  private playUntil(target: number): void {
    if (target > this.due) this.due = target;
    for (let next = this.queue.first; next !== null && next.at <= target; next = this.queue.first) {
      this.queue.shift();
      this.play(next);
    }
    if (target > this.cursor) this.fill(target - this.cursor);
  }

  private play({ at, number, samples, arrival, use }: Waiting): void {
    if (at > this.cursor) this.fill(at - this.cursor);
    const missed = this.sequence.play(number);
    if (missed > 0) {
      this.counts.lost += missed;
      // In a pause, only as much of it as the packets would have filled.
      this.sink.mark(Math.max(this.soundEnd, at - missed * samples), at, 'lost');
    }
    if (use.kind === 'noise') {
      this.sink.noise(arrival.payload);
      return;
    }
    const skip = this.cursor - at;
    if (skip >= samples) {
      this.counts.dropped += 1;
      return;
    }
    this.sink.noise(null);
    this.sink.sound(arrival.payloadType, arrival.payload, samples, skip);
    this.counts.played += 1;
    this.cursor += samples - skip;
    this.soundEnd = this.cursor;
  }

  /** Nothing came for so many samples: silence, noise, or the tone of an event. */
  private fill(samples: number): void {
    const { event, sink } = this;
    const end = this.cursor + samples;
    const before = Math.min(end, event.from) - this.cursor;
    if (event.to > this.cursor && event.from < end) {
      if (before > 0) {
        sink.gap(before);
        this.cursor += before;
      }
      const heard = Math.min(end, event.to) - this.cursor;
      sink.tone(event.code, event.volume, heard, !event.begun);
      event.begun = true;
      this.cursor += heard;
    }
    if (end > this.cursor) sink.gap(end - this.cursor);
    this.cursor = end;
  }
}
