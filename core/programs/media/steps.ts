/**
 * What the timestamps of consecutive packets say of the packet time: the most frequent steps, and where the step changed and
 * stayed so. A long step behind a small packet is a pause (silence suppression, SID), not a packet time (AssemblyScript).
 */
import { addWord, hasRoom, real, setReal, setWord, word } from './memory';
import {
  CANDIDATE,
  CANDIDATE_COUNT,
  CANDIDATE_TIME,
  CURRENT,
  CURRENT_PAYLOAD,
  ORDER_TIME,
  PREVIOUS_PAYLOAD,
  STEP,
  STEP_CHANGES,
  STEP_COUNTS,
  STEP_PAYLOAD,
  STEP_SPACING,
  STEPS,
} from './record';
import { CHANGE_WIDTH, CHANGES } from './state';

/** Changes of the packet time that are kept of one stream, and of all. */
const MAX_CHANGES: i32 = 32;
const MAX_ALL: i32 = 200000;
/** A step holds when it came so often in a row. */
const IN_A_ROW: i32 = 4;
/** The first one does sooner. */
const AT_FIRST: i32 = 2;
/** A step that was met less often gives way to a new one. */
const SELDOM: i32 = 8;

/** The place of a step among the four that are counted, made for it where one is free or seldom used; -1 where none is. */
export function stepPlace(record: usize, step: i32): i32 {
  let least = 0;
  for (let place = 0; place < 4; place++) {
    const count = word(record, STEP_COUNTS + place);
    if (count > 0 && word(record, STEPS + place) == step) {
      setWord(record, STEP, place);
      return place;
    }
    if (count < word(record, STEP_COUNTS + least)) least = place;
  }
  if (word(record, STEP_COUNTS + least) >= SELDOM) return -1;
  setWord(record, STEP, least);
  setWord(record, STEPS + least, step);
  setWord(record, STEP_COUNTS + least, 0);
  setReal(record, STEP_SPACING + least, 0);
  setReal(record, STEP_PAYLOAD + least, 0);
  return least;
}

/** A step that is not the one that holds, or that is again, behind others. */
export function stepDiffers(record: usize, stream: i32, step: i32): void {
  const current = word(record, CURRENT);
  if (step == current || step <= 0) {
    setWord(record, CANDIDATE_COUNT, 0);
    return;
  }
  const payload = word(record, PREVIOUS_PAYLOAD);
  if (current != 0 && isPause(payload, step, word(record, CURRENT_PAYLOAD), current)) return;
  if (step != word(record, CANDIDATE)) {
    setWord(record, CANDIDATE, step);
    setWord(record, CANDIDATE_COUNT, 0);
  }
  // When the packet came that lasted so long.
  if (word(record, CANDIDATE_COUNT) == 0) setReal(record, CANDIDATE_TIME, real(record, ORDER_TIME));
  addWord(record, CANDIDATE_COUNT, 1);
  if (word(record, CANDIDATE_COUNT) < (current == 0 ? AT_FIRST : IN_A_ROW)) return;
  setWord(record, CURRENT, step);
  setWord(record, CURRENT_PAYLOAD, payload);
  setWord(record, CANDIDATE_COUNT, 0);
  const all = load<i32>(CHANGES, 4);
  if (word(record, STEP_CHANGES) >= MAX_CHANGES || all >= MAX_ALL || !hasRoom(CHANGES, CHANGE_WIDTH, 64)) return;
  addWord(record, STEP_CHANGES, 1);
  const at = load<usize>(CHANGES) + usize(all) * CHANGE_WIDTH;
  store<f64>(at, real(record, CANDIDATE_TIME));
  store<i32>(at, stream, 8);
  store<i32>(at, step, 12);
  store<i32>(at, payload, 16);
  store<i32>(CHANGES, all + 1, 4);
}

/** Whether a packet of `payload` bytes that was followed by `step` ticks was no packet of that length: less than half as dense as the others. */
function isPause(payload: i32, step: i32, otherPayload: i32, otherStep: i32): bool {
  return step > otherStep && 2 * f64(payload) * f64(otherStep) < f64(otherPayload) * f64(step);
}
