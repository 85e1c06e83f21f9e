import { Real, Word, type StreamRecords } from './stream-records.ts';

/** RFC 3550 A.1: a sequence that is so far ahead began anew; one that is not so far behind is late. */
const MAX_DROPOUT = 3000;
const MAX_MISORDER = 1000;

/** Packets that the sequence numbers say were sent. */
export function expectedOf(records: StreamRecords, stream: number): number {
  const highest = records.word(stream, Word.Cycles) * 65_536 + records.word(stream, Word.MaxSequence);
  return records.real(stream, Real.ExpectedBefore) + highest - records.word(stream, Word.BaseSequence) + 1;
}

/** A packet that is not the next one: behind a gap, late, seen before, or out of all order. Whether it is the newest now. */
export function outOfOrder(
  words: Int32Array,
  reals: Float64Array,
  w: number,
  f: number,
  sequence: number,
  ahead: number,
): boolean {
  if (ahead > 0 && ahead < MAX_DROPOUT) {
    gap(words, w, sequence, ahead);
    return true;
  }
  const back = (65_536 - ahead) & 0xffff;
  if (back < MAX_MISORDER) {
    late(words, w, back);
    return false;
  }
  if (words[w + Word.JumpSequence] !== sequence + 1) {
    words[w + Word.JumpSequence] = ((sequence + 1) & 0xffff) + 1;
    return false;
  }
  // The second in a row: the sequence goes on here, and the one before was its first.
  const highest = (words[w + Word.Cycles] as number) * 65_536 + (words[w + Word.MaxSequence] as number);
  reals[f + Real.ExpectedBefore] =
    (reals[f + Real.ExpectedBefore] as number) + highest - (words[w + Word.BaseSequence] as number) + 1;
  words[w + Word.BaseSequence] = sequence - 1;
  words[w + Word.Cycles] = 0;
  words[w + Word.SeenLow] = 3;
  words[w + Word.SeenHigh] = 0;
  words[w + Word.JumpSequence] = 0;
  words[w + Word.Restarts] = (words[w + Word.Restarts] as number) + 1;
  return true;
}

function gap(words: Int32Array, w: number, sequence: number, ahead: number): void {
  if (sequence < (words[w + Word.MaxSequence] as number))
    words[w + Word.Cycles] = (words[w + Word.Cycles] as number) + 1;
  words[w + Word.Gaps] = (words[w + Word.Gaps] as number) + 1;
  if (ahead - 1 > (words[w + Word.LongestGap] as number)) words[w + Word.LongestGap] = ahead - 1;
  const low = words[w + Word.SeenLow] as number;
  const high = words[w + Word.SeenHigh] as number;
  if (ahead < 32) {
    words[w + Word.SeenHigh] = (high << ahead) | (low >>> (32 - ahead));
    words[w + Word.SeenLow] = (low << ahead) | 1;
  } else {
    words[w + Word.SeenHigh] = ahead < 64 ? low << (ahead - 32) : 0;
    words[w + Word.SeenLow] = 1;
  }
}

function late(words: Int32Array, w: number, back: number): void {
  const word = back < 32 ? Word.SeenLow : Word.SeenHigh;
  const bit = 1 << (back & 31);
  const isSeen = back < 64 && ((words[w + word] as number) & bit) !== 0;
  const what = isSeen ? Word.Duplicates : Word.Late;
  words[w + what] = (words[w + what] as number) + 1;
  if (back < 64) words[w + word] = (words[w + word] as number) | bit;
}
