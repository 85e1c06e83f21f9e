import type { Packet } from '../../decode/packet.ts';
import { staticTicks } from './stream-lanes.ts';
import { Real, Word } from './stream-records.ts';

/**
 * Runs: packets that follow each other as those before did, by sequence number, by timestamp and in length. That is what
 * nearly all packets of media do. Of each only what its time of arrival says is worked out as it comes; all that is the
 * same from one to the next waits until the run is over, and is then multiplied. What comes out is the same to the bit:
 * these are sums of whole numbers. Going on with a run is in core/programs/media.ts; here is how one begins and ends.
 */

/** No head of a packet of RTP: its version is 0. */
const NONE = 0;
/** Version 2, neither padding nor extension nor sources. */
const PLAIN = 0x80;

/** What the packet behind one begins with; the one that begins the sequence numbers anew is counted by itself. */
function next(head: number): number {
  return (head & 0xffff) === 0xffff ? NONE : (head + 1) | 0;
}

/** Ends a run: what had to wait is made up for. */
export function settle(words: Int32Array, reals: Float64Array, w: number, f: number): void {
  const run = words[w + Word.Run] as number;
  if (run === 0) return;
  words[w + Word.Run] = 0;
  const size = words[w + Word.Size] as number;
  const step = words[w + Word.Current] as number;
  const place = words[w + Word.Step] as number;
  const low = words[w + Word.SeenLow] as number;
  const timestamp = ((words[w + Word.RefTimestamp] as number) + Math.imul(run, step)) | 0;
  words[w + Word.Packets] = (words[w + Word.Packets] as number) + run;
  words[w + Word.Steady] = (words[w + Word.Steady] as number) + run;
  words[w + Word.MaxSequence] = (words[w + Word.MaxSequence] as number) + run;
  words[w + Word.RefTimestamp] = timestamp;
  words[w + Word.LastTimestamp] = timestamp;
  words[w + Word.StepCounts + place] = (words[w + Word.StepCounts + place] as number) + run;
  if (run < 32) {
    words[w + Word.SeenHigh] = ((words[w + Word.SeenHigh] as number) << run) | (low >>> (32 - run));
    words[w + Word.SeenLow] = (low << run) | ((1 << run) - 1);
  } else {
    words[w + Word.SeenHigh] = run < 64 ? (low << (run - 32)) | ((1 << (run - 32)) - 1) : -1;
    words[w + Word.SeenLow] = -1;
  }
  const time = reals[f + Real.RefTime] as number;
  const since = time - (reals[f + Real.OrderTime] as number);
  reals[f + Real.Ticks] = (reals[f + Real.Ticks] as number) + run * step;
  reals[f + Real.JitterCount] = (reals[f + Real.JitterCount] as number) + run;
  reals[f + Real.OrderTime] = time;
  reals[f + Real.Last] = time;
  reals[f + Real.PayloadBytes] = (reals[f + Real.PayloadBytes] as number) + run * (size - 12);
  reals[f + Real.RtpBytes] = (reals[f + Real.RtpBytes] as number) + run * size;
  reals[f + Real.WireBytes] = (reals[f + Real.WireBytes] as number) + run * (words[w + Word.Wire] as number);
  reals[f + Real.StepSpacing + place] = (reals[f + Real.StepSpacing + place] as number) + since;
  reals[f + Real.StepPayload + place] = (reals[f + Real.StepPayload + place] as number) + run * (size - 12);
}

/**
 * Behind a packet that was counted by itself, was regular and is the newest by sequence number: what would go on with it,
 * where its stream is in order.
 */
export function expectRun(
  packet: Packet,
  words: Int32Array,
  w: number,
  head: number,
  timestamp: number,
  size: number,
): void {
  const type = (head >>> 16) & 0x7f;
  const step = words[w + Word.Current] as number;
  const isInOrder =
    head >>> 24 === PLAIN &&
    packet.missing === 0 &&
    step > 0 &&
    words[w + Word.CandidateCount] === 0 &&
    words[w + Word.Steps + (words[w + Word.Step] as number)] === step &&
    words[w + Word.RefTimestamp] === timestamp &&
    // Events of RFC 4733 are so long, and told by what they hold.
    (type < 96 || size !== 16) &&
    ((words[w + Word.Lanes] as number) !== 0 || (staticTicks[type] as number) > 0);
  if (!isInOrder) return;
  words[w + Word.NextHead] = next(head);
  words[w + Word.NextTimestamp] = (timestamp + step) | 0;
  words[w + Word.Size] = size;
  words[w + Word.Wire] = packet.end - packet.start;
}
