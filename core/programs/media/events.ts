/** Telephone events (RFC 4733; AssemblyScript). */
import { hasRoom } from './memory';
import { EVENT_WIDTH, EVENTS } from './state';

/** So many are kept at most; those beyond are counted in the packets of their stream only. */
const MAX_EVENTS: i32 = 100000;

/** An event of 0 to 16, the reserved bit 0 (RFC 4733 2.3). */
export function isEventForm(words: i32): bool {
  return words >>> 24 <= 16 && (words & 0x400000) == 0;
}

/**
 * Takes in a packet of `stream` whose event before was number `current`, from 1, 0 for none; `words` are its four bytes. All
 * packets of an event have its timestamp (RFC 4733 2.2.1). Returns the event's number.
 */
export function eventPacket(stream: i32, current: i32, time: f64, timestamp: i32, words: i32): i32 {
  const code = words >>> 24;
  const ended = (words & 0x800000) != 0;
  const duration = words & 0xffff;
  if (current != 0) {
    const known = load<usize>(EVENTS) + usize(current - 1) * EVENT_WIDTH;
    if (load<i32>(known, 16) == timestamp && load<i32>(known, 12) == code) {
      store<i32>(known, load<i32>(known, 24) + 1, 24);
      if (ended) store<i32>(known, 1, 28);
      if (duration > load<i32>(known, 20)) store<i32>(known, duration, 20);
      return current;
    }
  }
  const number = load<i32>(EVENTS, 4) + 1;
  if (number > MAX_EVENTS || !hasRoom(EVENTS, EVENT_WIDTH, 32)) return 0;
  const at = load<usize>(EVENTS) + usize(number - 1) * EVENT_WIDTH;
  store<f64>(at, time);
  store<i32>(at, stream, 8);
  store<i32>(at, code, 12);
  store<i32>(at, timestamp, 16);
  store<i32>(at, duration, 20);
  store<i32>(at, 1, 24);
  store<i32>(at, ended ? 1 : 0, 28);
  store<i32>(EVENTS, number, 4);
  return number;
}
