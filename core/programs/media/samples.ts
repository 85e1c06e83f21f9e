/** First bytes of a few payloads of each stream: what codecs say of themselves is read there later (AssemblyScript). */
import { hasRoom, setWord, word } from './memory';
import { SAMPLES_NUMBER } from './record';
import { SAMPLE_BYTES, SAMPLE_COUNT, SAMPLES } from './state';

const SAMPLE: usize = SAMPLE_BYTES + 2;
const WIDTH: usize = SAMPLE_COUNT * (SAMPLE_BYTES + 2);

/** Keeps the head of the 2nd, 9th, 65th and 513th payload; `before`: packets before it, `end`: where what was captured ends. */
export function sample(record: usize, before: i32, payload: i32, at: usize, end: usize): void {
  const power = 31 - clz(before);
  if (power % 3 != 0 || power > 9) return;
  if (word(record, SAMPLES_NUMBER) == 0) {
    if (!hasRoom(SAMPLES, WIDTH, 64)) return;
    store<i32>(SAMPLES, load<i32>(SAMPLES, 4) + 1, 4);
    setWord(record, SAMPLES_NUMBER, load<i32>(SAMPLES, 4));
  }
  const length = min(payload, 0xffff);
  const to = load<usize>(SAMPLES) + usize(word(record, SAMPLES_NUMBER) - 1) * WIDTH + usize(power / 3) * SAMPLE;
  const kept = max(0, min(min(SAMPLE_BYTES, length), i32(end) - i32(at)));
  store<u8>(to, u8(length >>> 8));
  store<u8>(to, u8(length), 1);
  memory.fill(to + 2, 0, SAMPLE_BYTES);
  memory.copy(to + 2, at, kept);
}
