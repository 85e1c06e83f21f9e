/**
 * Reads the usual packets of a capture of signalling, one after the other: a record of pcap, Ethernet (with or without
 * one VLAN tag) or a cooked capture, IPv4 without options and not in fragments, UDP, and a SIP message of a usual form.
 * Everything is kept whole, and no length is odd. What the decoders, SipHead, Sighting and BatchWriter make of such a
 * packet is put down in one go; it stops in front of the first one that is not like that.
 */
import {
  BASE,
  COUNT,
  EARLIEST,
  FRAME,
  FULL,
  LATEST,
  LINK_TYPE,
  LITTLE,
  LONGEST,
  ORIGIN,
  ROOM,
  ROOM_END,
  SCALE,
  TIME,
  WANTS_SDP,
  WIRE,
  WRITTEN,
} from './sip-run-fields';
import { cseqMethod, scan } from './sip-head';
import { REGISTER } from './sip-method';
import { place, write } from './sip-record';

/** Bytes of a record in front of the packet. */
const HEADER = 16;

const ETHERNET = 1;
const SLL = 113;
const SLL2 = 276;
const NETLINK = 824;
const IPV4 = 0x0800;
const VLAN = 0x8100;
const UDP = 17;
/** IPv4 and UDP headers, and a start line. */
const LEAST = 20 + 8 + 12;

/** Goes over the records in `[from, end)`, and returns where it stopped. */
export function run(from: i32, end: i32): i32 {
  const little = load<i32>(LITTLE) !== 0;
  const scale = f64(load<i32>(SCALE));
  const longest = load<u32>(LONGEST);
  const linkType = load<i32>(LINK_TYPE);
  const wantsSdp = load<i32>(WANTS_SDP) !== 0;
  const base = load<f64>(BASE);
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
  while (end - at > HEADER) {
    const captured = word(at + 8, little);
    if (captured > longest || u32(end - at - HEADER) < captured || word(at + 12, little) !== captured) break;
    const start = at + HEADER;
    const stop = start + i32(captured);
    const ip = networkAt(linkType, start, stop);
    if (ip === 0) break;
    // Version 4 and a header of 20 bytes, neither an offset nor more fragments, UDP, and an address that is its own number.
    if (load<u8>(ip) !== 0x45 || load<u8>(ip, 9) !== UDP || (big16(ip + 6) & 0x3fff) !== 0) break;
    if (load<u8>(ip, 12) === 0 || load<u8>(ip, 16) === 0) break;
    const total = big16(ip + 2);
    const length = big16(ip + 24);
    if (length < 20 || length + 20 > total || ip + total > stop) break;
    const message = ip + 28;
    const messageEnd = ip + 20 + length;
    // What a SIP message begins with is never a byte of RTP's or RTCP's.
    if (!scan(message, messageEnd) || cseqMethod === REGISTER) break;
    const size = place(message, messageEnd, wantsSdp);
    const parts = f64(word(at + 4, little)) * scale;
    if (parts >= 1e9) break;
    if (to + size > roomEnd) {
      isFull = true;
      break;
    }
    time = (f64(word(at, little)) - base) * 1e9 + parts;
    if (time < earliest) earliest = time;
    if (time > latest) latest = time;
    count++;
    wire += i32(captured);
    write(to, size, time, origin + f64(message), frame + count, start, ip, message, messageEnd);
    to += size;
    at = stop;
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

function word(at: i32, little: bool): u32 {
  return little ? load<u32>(at) : bswap<u32>(load<u32>(at));
}

function big16(at: i32): i32 {
  return i32(bswap<u16>(load<u16>(at)));
}

/** Where an IPv4 header with room for what follows begins; 0 where there is none, or not in one of the usual ways. */
function networkAt(linkType: i32, at: i32, end: i32): i32 {
  if (linkType === ETHERNET) {
    if (end - at < 18 + LEAST) return 0;
    const type = big16(at + 12);
    if (type === IPV4) return at + 14;
    return type === VLAN && big16(at + 16) === IPV4 ? at + 18 : 0;
  }
  if (linkType === SLL) {
    if (end - at < 16 + LEAST) return 0;
    return big16(at + 14) === IPV4 && big16(at + 2) !== NETLINK ? at + 16 : 0;
  }
  if (linkType === SLL2) {
    if (end - at < 20 + LEAST) return 0;
    return big16(at) === IPV4 && big16(at + 8) !== NETLINK ? at + 20 : 0;
  }
  return 0;
}
