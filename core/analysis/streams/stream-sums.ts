import { Real, Word } from './stream-records.ts';

/** Notes a change of the payload type; `before`: packets before this one. */
export function typeChanges(words: Int32Array, w: number, type: number, before: number): void {
  const since = words[w + Word.TypeSince] as number;
  words[w + Word.TypeChanges] = (words[w + Word.TypeChanges] as number) + 1;
  const was = (words[w + Word.PayloadType] as number) + 1;
  for (let place = 0; place < 4; place++) {
    if (words[w + Word.Types + place] !== was) continue;
    words[w + Word.TypePackets + place] = (words[w + Word.TypePackets + place] as number) + before - since;
  }
  for (let place = 0; place < 4; place++) {
    if (words[w + Word.Types + place] === type + 1) break;
    if (words[w + Word.Types + place] !== 0) continue;
    words[w + Word.Types + place] = type + 1;
    break;
  }
  words[w + Word.PayloadType] = type;
  words[w + Word.TypeSince] = before;
}

/** Sums for the line through arrival and timestamp, of which the slope is the sender's clock by ours. */
export function regress(words: Int32Array, reals: Float64Array, w: number, f: number, elapsed: number): void {
  const x = ((reals[f + Real.Last] as number) - (reals[f + Real.First] as number)) / 1e6;
  const y = (reals[f + Real.Ticks] as number) + elapsed;
  words[w + Word.Regressed] = (words[w + Word.Regressed] as number) + 1;
  reals[f + Real.SumTime] = (reals[f + Real.SumTime] as number) + x;
  reals[f + Real.SumTicks] = (reals[f + Real.SumTicks] as number) + y;
  reals[f + Real.SumTimeTime] = (reals[f + Real.SumTimeTime] as number) + x * x;
  reals[f + Real.SumTimeTicks] = (reals[f + Real.SumTimeTicks] as number) + x * y;
}
