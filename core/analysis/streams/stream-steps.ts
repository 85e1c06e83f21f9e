import { Real, Word } from './stream-records.ts';

/** Changes of the packet time that are kept of one stream, and of all. */
const MAX_CHANGES = 32;
const MAX_ALL = 200_000;
/** A step holds when it came so often in a row. */
const IN_A_ROW = 4;
/** The first one does sooner. */
const AT_FIRST = 2;
/** A step that was met less often gives way to a new one. */
const SELDOM = 8;

/** From here on a stream's timestamps went by `step`. Plain data. */
export interface StepChange {
  readonly stream: number;
  /** Nanoseconds. */
  readonly time: number;
  /** Ticks. */
  readonly step: number;
  /** Bytes of payload of a packet that lasted so long. */
  readonly payload: number;
}

/**
 * What the timestamps of consecutive packets say of the packet time: the most frequent steps, and where the step changed
 * and stayed so. A long step behind a small packet is a pause (silence suppression, SID), not a packet time.
 */
export class StreamSteps {
  readonly changes: StepChange[] = [];
  private readonly counts = new Map<number, number>();

  /** The place of a step among the four that are counted, made for it where one is free or seldom used; -1 where none is. */
  placeOf(words: Int32Array, reals: Float64Array, w: number, f: number, step: number): number {
    let least = 0;
    for (let place = 0; place < 4; place++) {
      const count = words[w + Word.StepCounts + place] as number;
      if (count > 0 && words[w + Word.Steps + place] === step) {
        words[w + Word.Step] = place;
        return place;
      }
      if (count < (words[w + Word.StepCounts + least] as number)) least = place;
    }
    if ((words[w + Word.StepCounts + least] as number) >= SELDOM) return -1;
    words[w + Word.Step] = least;
    words[w + Word.Steps + least] = step;
    words[w + Word.StepCounts + least] = 0;
    reals[f + Real.StepSpacing + least] = 0;
    reals[f + Real.StepPayload + least] = 0;
    return least;
  }

  /** A step that is not the one that holds, or that is again, behind others. */
  differs(words: Int32Array, reals: Float64Array, w: number, f: number, stream: number, step: number): void {
    const current = words[w + Word.Current] as number;
    if (step === current || step <= 0) {
      words[w + Word.CandidateCount] = 0;
      return;
    }
    const payload = words[w + Word.PreviousPayload] as number;
    if (current !== 0 && isPause(payload, step, words[w + Word.CurrentPayload] as number, current)) return;
    if (step !== words[w + Word.Candidate]) {
      words[w + Word.Candidate] = step;
      words[w + Word.CandidateCount] = 0;
    }
    if (words[w + Word.CandidateCount] === 0) {
      // When the packet came that lasted so long.
      reals[f + Real.CandidateTime] = reals[f + Real.OrderTime] as number;
    }
    const count = (words[w + Word.CandidateCount] as number) + 1;
    words[w + Word.CandidateCount] = count;
    if (count < (current === 0 ? AT_FIRST : IN_A_ROW)) return;
    words[w + Word.Current] = step;
    words[w + Word.CurrentPayload] = payload;
    words[w + Word.CandidateCount] = 0;
    const kept = this.counts.get(stream) ?? 0;
    if (kept >= MAX_CHANGES || this.changes.length >= MAX_ALL) return;
    this.counts.set(stream, kept + 1);
    this.changes.push({ stream, time: reals[f + Real.CandidateTime] as number, step, payload });
  }
}

/** Whether a packet of `payload` bytes that was followed by `step` ticks was no packet of that length: less than half as dense as the others. */
export function isPause(payload: number, step: number, otherPayload: number, otherStep: number): boolean {
  return step > otherStep && 2 * payload * otherStep < otherPayload * step;
}
