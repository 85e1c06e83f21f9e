/**
 * Reads the usual packets of a capture of signalling, one after the other: a record of pcap or a block of pcapng, Ethernet (with or
 * without one VLAN tag) or a cooked capture, IPv4 without options and not in fragments, UDP, and a SIP message of a usual form.
 * Everything is kept whole, and no length is odd. What the decoders, SipHead, Sighting and BatchWriter make of such a
 * packet is put down in one go; it stops in front of the first one that is not like that.
 */
import * as capture from './capture/record';
import { short } from './capture/record';
import {
  COUNT,
  EARLIEST,
  FRAME,
  FULL,
  LATEST,
  ORIGIN,
  ROOM,
  ROOM_END,
  TIME,
  WANTS_SDP,
  WIRE,
  WRITTEN,
} from './sip-run-fields';
import { cseqMethod, scan } from './sip-head';
import { REGISTER } from './sip-method';
import { place, write } from './sip-record';

/** IPv4 and UDP headers, and a start line. */
const LEAST = 20 + 8 + 12;

/** Goes over the records in `[from, stop)`, and returns where it left off. */
export function run(from: i32, stop: i32): i32 {
  const wantsSdp = load<i32>(WANTS_SDP) !== 0;
  const origin = load<f64>(ORIGIN);
  const room = load<i32>(ROOM);
  const roomEnd = load<i32>(ROOM_END);
  let earliest = load<f64>(EARLIEST);
  let latest = load<f64>(LATEST);
  let time = latest;
  let at = from;
  const frame = load<i32>(FRAME);
  let isFull = false;
  let to = room;
  let count = 0;
  let wire = 0;
  while (capture.next(at, stop)) {
    const ip = i32(capture.udpAt(LEAST));
    // An address that is its own number (see Addresses).
    if (ip === 0 || load<u8>(ip, 12) === 0 || load<u8>(ip, 16) === 0) break;
    const total = short(ip + 2);
    const length = short(ip + 24);
    if (length < 20 || length + 20 > total || ip + total > i32(capture.end)) break;
    const message = ip + 28;
    const messageEnd = ip + 20 + length;
    // What a SIP message begins with is never a byte of RTP's or RTCP's.
    if (!scan(message, messageEnd) || cseqMethod === REGISTER) break;
    const size = place(message, messageEnd, wantsSdp);
    if (to + size > roomEnd) {
      isFull = true;
      break;
    }
    time = capture.time;
    if (time < earliest) earliest = time;
    if (time > latest) latest = time;
    count++;
    wire += i32(capture.end - capture.start);
    write(to, size, time, origin + f64(message), frame + count, i32(capture.start), ip, message, messageEnd);
    to += size;
    at = i32(capture.behind);
  }
  store<f64>(EARLIEST, earliest);
  store<f64>(LATEST, latest);
  store<f64>(TIME, time);
  store<i32>(COUNT, count);
  store<i32>(WIRE, wire);
  store<i32>(WRITTEN, to - room);
  store<i32>(FULL, i32(isFull));
  return at;
}

/**
 * Writes the message in `[at, stop)` down in the room for messages, as if 24 bytes at `nothing` were its packet, which are
 * zeros; false where it is not usual, or there is no room for it.
 */
export function message(at: i32, stop: i32, nothing: i32): bool {
  if (!scan(at, stop) || cseqMethod === REGISTER) return false;
  const room = load<i32>(ROOM);
  const size = place(at, stop, load<i32>(WANTS_SDP) !== 0);
  if (room + size > load<i32>(ROOM_END)) return false;
  write(room, size, 0, 0, 0, nothing, nothing, at, stop);
  return true;
}
