import type { Codec } from '../../decode/sdp-codecs.ts';
import { payloadOf } from './stream-payload.ts';
import { isPause, type StepChange } from './stream-steps.ts';
import type { Step } from './stream-table.ts';
import type { PayloadSample } from './stream-samples.ts';

/** What one side asked for, from a moment on (nanoseconds). */
export interface Wish {
  readonly from: number;
  readonly ms: number | null;
  readonly maxMs: number | null;
}

/** What is known of the packet time of a stream. */
export interface PacketTimeFacts {
  readonly packets: number;
  /** Of audio, and its clock is known: from SDP or by its static type, or only likely. */
  readonly codec: Codec | null;
  readonly clock: number | null;
  readonly isLikelyClock: boolean;
  /** Bytes of each payload that are no speech: the tag of SRTP. */
  readonly overhead: number;
  readonly steps: readonly Step[];
  readonly changes: readonly StepChange[];
  readonly medianMs: number | null;
  readonly samples: readonly PayloadSample[];
  /** Of the receiver, in order. Empty: nobody announced the stream. */
  readonly wishes: readonly Wish[];
  /** What to call them: `the caller (192.0.2.1:4000)`. */
  readonly sender: string;
  readonly receiver: string;
}

export interface PacketTime {
  readonly timestampMs: number | null;
  readonly arrivalMs: number | null;
  readonly payloadMs: number | null;
  readonly verdict: 'agree' | 'mismatch' | 'over-maxptime' | 'timestamp-clock-wrong' | 'mixed' | 'unknown';
  readonly explanation: string;
}

/** Fewer steps of one length say little. */
const LEAST_STEPS = 3;
/** Arrivals are given so much room. */
const ARRIVAL_ROOM = 0.2;
/** A second packet time counts from this share of the packets on. */
const SHARE = 0.1;
/** Pacing is only judged over so many packets: the network may hold back a few. */
const PACED = 20;

/**
 * Compares what the receiver asked for with what its packets say by their timestamps, arrivals and payloads. A wish that
 * was not uttered is met by everything; `a=ptime` is what one wants to receive (RFC 8866 6.4), so the sender's own does
 * not bind it.
 */
export function packetTime(facts: PacketTimeFacts): PacketTime {
  const { clock, steps } = facts;
  const kept = withoutPauses(steps);
  const [main] = kept;
  if (clock === null || main === undefined || main.count < Math.min(LEAST_STEPS, Math.max(1, facts.packets - 1))) {
    return { timestampMs: null, arrivalMs: null, payloadMs: null, verdict: 'unknown', explanation: whyUnknown(facts) };
  }
  const timestampMs = (main.ticks / clock) * 1000;
  const arrivalMs = arrivalOf(main, facts.medianMs);
  const payloadMs = payloadOf(facts, main);
  if (isSilence(facts, timestampMs, payloadMs)) {
    const explanation =
      'It holds only silence: packets that come now and then, and no speech to tell a packet time by.';
    return { timestampMs: null, arrivalMs: null, payloadMs: rounded(payloadMs), verdict: 'unknown', explanation };
  }
  if (facts.isLikelyClock) {
    const measured = {
      timestampMs: rounded(timestampMs),
      arrivalMs: rounded(arrivalMs),
      payloadMs: rounded(payloadMs),
    };
    return { ...measured, verdict: 'unknown', explanation: whyUnknown(facts) };
  }
  const measured = { timestampMs: rounded(timestampMs), arrivalMs: rounded(arrivalMs), payloadMs: rounded(payloadMs) };
  return { ...measured, ...judged(facts, kept, main, timestampMs, arrivalMs, payloadMs) };
}

/** Steps forward. In pauses a codec sends a small packet now and then: their steps are no packet time, however many there are. */
function withoutPauses(steps: readonly Step[]): readonly Step[] {
  const [only] = steps;
  // Nearly all streams have one step.
  if (steps.length === 1 && only !== undefined && only.ticks > 0) return steps;
  const forward = steps.filter(({ ticks }) => ticks > 0);
  return forward.filter((step) => !forward.some((other) => other.count > 1 && isPauseOf(step, other)));
}

function judged(
  facts: PacketTimeFacts,
  steps: readonly Step[],
  main: Step,
  timestampMs: number,
  arrivalMs: number,
  payloadMs: number | null,
): Pick<PacketTime, 'verdict' | 'explanation'> {
  const rate = facts.clock ?? 1;
  if (
    main.count >= LEAST_STEPS &&
    !isNear(timestampMs, arrivalMs) &&
    (payloadMs === null || isNear(payloadMs, arrivalMs))
  ) {
    const right = Math.round(((payloadMs ?? nearest(arrivalMs)) * rate) / 1000);
    const holds = payloadMs === null ? '' : ` and hold ${ms(payloadMs)} of ${facts.codec?.name ?? 'sound'}`;
    return {
      verdict: 'timestamp-clock-wrong',
      explanation:
        `Timestamps go by ${main.ticks}, which is ${ms(timestampMs)} at ${rate} Hz, but packets come every ` +
        `${ms(arrivalMs)}${holds}: ${facts.sender} should advance its timestamps by ${right}.`,
    };
  }
  const all = steps.reduce((sum, { count }) => sum + count, 0);
  const others = steps.length === 1 ? [] : steps.filter((step) => step !== main && step.count >= SHARE * all);
  const stretches = stretchesOf(facts, main, rate);
  if (others.length > 0 || stretches.some(({ length }) => length !== stretches[0]?.length)) {
    const steady = stretches.length > 1 && stretches.length <= 4;
    const bad = steady ? stretches.filter(({ length, wish }) => !meets(length, wish)) : [];
    const changed = steady && wishesChanged(facts.wishes);
    if (!changed || bad.length > 0) {
      const lengths = [main.ticks, ...others.map(({ ticks }) => ticks)].map((ticks) => (ticks / rate) * 1000);
      const texts = [...new Set([...lengths, ...stretches.map(({ length }) => length)].map((length) => ms(length)))];
      const want = facts.wishes.at(-1)?.ms ?? null;
      const wanted = want === null ? '' : `, the ${ms(want)} that ${facts.receiver} asks for`;
      if (steady) {
        const course = stretches.map(({ length }) => ms(length)).join(', then to ');
        const goes = `The packet time goes from ${course.replace(', then to ', ' to ')} during the stream`;
        return { verdict: 'mixed', explanation: `${goes}: ${facts.sender} should keep to one packet time${wanted}.` };
      }
      return {
        verdict: 'mixed',
        explanation: `Packets of ${list(texts)} take turns: ${facts.sender} should keep to one packet time${wanted}.`,
      };
    }
    return {
      verdict: 'agree',
      explanation: `The packet time goes from ${ms(stretches[0]?.length ?? 0)} to ${ms(stretches.at(-1)?.length ?? 0)}, as the SDP of the time asks for.`,
    };
  }
  const real = payloadMs ?? timestampMs;
  const wish = wishAt(facts.wishes, stretches[0]?.from ?? -Infinity);
  if (wish?.maxMs !== null && wish?.maxMs !== undefined && real > wish.maxMs + 0.5) {
    return {
      verdict: 'over-maxptime',
      explanation:
        `${capital(facts.receiver)} accepts ${ms(wish.maxMs)} at most (a=maxptime) and gets packets of ${ms(real)}: ` +
        `${facts.sender} has to send ${ms(wish.maxMs)} or less.`,
    };
  }
  if (wish?.ms !== null && wish?.ms !== undefined && Math.abs(real - wish.ms) > 0.5) {
    return {
      verdict: 'mismatch',
      explanation:
        `${capital(facts.receiver)} asks for packets of ${ms(wish.ms)} (a=ptime) and gets ${ms(real)}: ${facts.sender} should ` +
        `send ${ms(wish.ms)}, or ${facts.receiver} announce a=ptime:${plain(real)}.`,
    };
  }
  if (payloadMs !== null && !isNear(payloadMs, timestampMs, 0.02)) {
    return {
      verdict: 'mismatch',
      explanation:
        `Packets hold ${ms(payloadMs)} of ${facts.codec?.name ?? 'sound'}, but their timestamps are ${ms(timestampMs)} ` +
        `apart: ${facts.sender} should send what its timestamps say.`,
    };
  }
  if (main.count >= PACED && !isNear(timestampMs, arrivalMs)) {
    return {
      verdict: 'mismatch',
      explanation: `Packets hold ${ms(timestampMs)} but come every ${ms(arrivalMs)}: ${facts.sender} does not send in real time.`,
    };
  }
  const said =
    wish?.ms === null || wish === null
      ? facts.wishes.length === 0
        ? 'nothing was announced'
        : 'no a=ptime was asked for'
      : `as ${facts.receiver} asks for`;
  return {
    verdict: 'agree',
    explanation: `Packets of ${ms(real)} by timestamps${payloadMs === null ? '' : ', payloads'} and arrivals; ${said}.`,
  };
}

function isPauseOf(step: Step, other: Step): boolean {
  return isPause(step.payload, step.ticks, other.payload, other.ticks);
}

/** Codecs that send a description of silence every 160 ms or so, of a frame each (RFC 4867 4.1, TS 26.445). */
const withSilence = new Set(['AMR', 'AMR-WB', 'EVS']);

function isSilence({ codec }: PacketTimeFacts, timestampMs: number, payloadMs: number | null): boolean {
  return (
    codec !== null && payloadMs !== null && withSilence.has(codec.name.toUpperCase()) && timestampMs >= 3 * payloadMs
  );
}

interface Stretch {
  readonly from: number;
  readonly length: number;
  readonly wish: Wish | null;
}

/** From when on packets were how long, and what was asked for then. */
function stretchesOf({ changes, wishes }: PacketTimeFacts, main: Step, clock: number): Stretch[] {
  if (changes.length === 0)
    return [{ from: -Infinity, length: (main.ticks / clock) * 1000, wish: wishAt(wishes, -Infinity) }];
  const stretches: Stretch[] = [];
  for (const { time, step } of changes)
    stretches.push({ from: time, length: (step / clock) * 1000, wish: wishAt(wishes, time) });
  return stretches;
}

/** What holds at a time: packets on their way when it changes may be a second behind. */
function wishAt(wishes: readonly Wish[], time: number): Wish | null {
  for (let at = wishes.length - 1; at >= 0; at--) {
    const wish = wishes[at] as Wish;
    if (wish.from <= time + 1e9) return wish;
  }
  return wishes[0] ?? null;
}

function wishesChanged(wishes: readonly Wish[]): boolean {
  return new Set(wishes.map(({ ms: wanted }) => wanted)).size > 1;
}

function meets(length: number, wish: Wish | null): boolean {
  if (wish === null) return true;
  return (wish.ms === null || Math.abs(length - wish.ms) <= 0.5) && (wish.maxMs === null || length <= wish.maxMs + 0.5);
}

/** Mean spacing of the packets of this step; the median where a few long waits spoil the mean. */
function arrivalOf({ arrivalMs }: Step, medianMs: number | null): number {
  if (medianMs === null || Math.abs(arrivalMs - medianMs) <= 0.25 * medianMs) return arrivalMs;
  // Bursts have a median near zero, and a mean that is right.
  return medianMs < arrivalMs / 2 ? arrivalMs : medianMs;
}

function isNear(a: number, b: number, room = ARRIVAL_ROOM): boolean {
  return Math.abs(a - b) <= room * Math.max(a, b);
}

/** A packet time that people use. */
function nearest(length: number): number {
  return [5, 10, 20, 30, 40, 60, 80, 100, 120].reduce((best, one) =>
    Math.abs(one - length) < Math.abs(best - length) ? one : best,
  );
}

function whyUnknown({ clock, codec, packets, isLikelyClock }: PacketTimeFacts): string {
  if (packets < 2) return 'One packet has no packet time.';
  if (clock === null) return 'No SDP says what its payload type is, so that nothing is known of its clock.';
  if (isLikelyClock) return `No SDP says what its payload type is; ${clock} Hz fits timestamps and arrivals.`;
  return codec === null ? 'It is no audio.' : 'Its timestamps have no steady step.';
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}

function plain(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function ms(value: number): string {
  return `${plain(value)} ms`;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
