/** Sequence numbers (RFC 3550 A.1; AssemblyScript). */
import { addReal, addWord, real, setWord, word } from './memory';
import {
  BASE_SEQUENCE,
  CYCLES,
  DUPLICATES,
  EXPECTED_BEFORE,
  GAPS,
  JUMP_SEQUENCE,
  LATE,
  LONGEST_GAP,
  MAX_SEQUENCE,
  RESTARTS,
  SEEN_HIGH,
  SEEN_LOW,
} from './record';

/** A sequence that is so far ahead began anew; one that is not so far behind is late. */
const MAX_DROPOUT: i32 = 3000;
const MAX_MISORDER: i32 = 1000;

/** Packets since the last restart that the sequence numbers say were sent, less 1. */
function sinceBase(record: usize): f64 {
  return f64(word(record, CYCLES)) * 65536 + f64(word(record, MAX_SEQUENCE)) - f64(word(record, BASE_SEQUENCE));
}

/** Packets that the sequence numbers say were sent. */
export function expected(record: usize): f64 {
  return real(record, EXPECTED_BEFORE) + sinceBase(record) + 1;
}

/** A packet that is not the next one: behind a gap, late, seen before, or out of all order. Whether it is the newest now. */
export function outOfOrder(record: usize, sequence: i32, ahead: i32): bool {
  if (ahead > 0 && ahead < MAX_DROPOUT) {
    gap(record, sequence, ahead);
    return true;
  }
  const back = (65536 - ahead) & 0xffff;
  if (back < MAX_MISORDER) {
    late(record, back);
    return false;
  }
  if (word(record, JUMP_SEQUENCE) != sequence + 1) {
    setWord(record, JUMP_SEQUENCE, ((sequence + 1) & 0xffff) + 1);
    return false;
  }
  // The second in a row: the sequence goes on here, and the one before was its first.
  addReal(record, EXPECTED_BEFORE, sinceBase(record) + 1);
  setWord(record, BASE_SEQUENCE, sequence - 1);
  setWord(record, CYCLES, 0);
  setWord(record, SEEN_LOW, 3);
  setWord(record, SEEN_HIGH, 0);
  setWord(record, JUMP_SEQUENCE, 0);
  addWord(record, RESTARTS, 1);
  return true;
}

function gap(record: usize, sequence: i32, ahead: i32): void {
  if (sequence < word(record, MAX_SEQUENCE)) addWord(record, CYCLES, 1);
  addWord(record, GAPS, 1);
  if (ahead - 1 > word(record, LONGEST_GAP)) setWord(record, LONGEST_GAP, ahead - 1);
  const low = word(record, SEEN_LOW);
  if (ahead < 32) {
    setWord(record, SEEN_HIGH, (word(record, SEEN_HIGH) << ahead) | (low >>> (32 - ahead)));
    setWord(record, SEEN_LOW, (low << ahead) | 1);
  } else {
    setWord(record, SEEN_HIGH, ahead < 64 ? low << (ahead - 32) : 0);
    setWord(record, SEEN_LOW, 1);
  }
}

function late(record: usize, back: i32): void {
  const field = back < 32 ? SEEN_LOW : SEEN_HIGH;
  const bit = 1 << (back & 31);
  const isSeen = back < 64 && (word(record, field) & bit) != 0;
  addWord(record, isSeen ? DUPLICATES : LATE, 1);
  if (back < 64) setWord(record, field, word(record, field) | bit);
}
