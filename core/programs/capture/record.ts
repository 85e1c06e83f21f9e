/**
 * The next packet of a capture, where it is kept whole: a record of pcap, or an Enhanced Packet Block of pcapng
 * (draft-ietf-opsawg-pcapng 4.3) of the interface that was told of (AssemblyScript).
 */
import { BASE, BLOCK_INTERFACE, IS_BLOCKS, LINK_TYPE, LITTLE, LONGEST, OFFSET, SCALE, UNITS } from './form';

/** Bytes of a record of pcap in front of the packet, and of a block in front of it and in all around it. */
const RECORD_HEADER: u32 = 16;
const BLOCK_HEADER: u32 = 28;
const BLOCK_FRAME: u32 = 32;
const ENHANCED_PACKET: u32 = 6;

const ETHERNET: i32 = 1;
const SLL: i32 = 113;
const SLL2: i32 = 276;
const NETLINK: i32 = 824;
const IPV4: i32 = 0x0800;
const VLAN: i32 = 0x8100;

/** Of the packet that `next` found: where it begins and ends, where the record behind it begins, and its time (nanoseconds from the base). */
export let start: usize = 0;
export let end: usize = 0;
export let behind: usize = 0;
export let time: f64 = 0;

/** Looks at what begins at `at`, before `stop`; false where it is anything else, or not whole. */
export function next(at: usize, stop: usize): bool {
  return load<i32>(IS_BLOCKS) == 0 ? nextRecord(at, stop) : nextBlock(at, stop);
}

function nextRecord(at: usize, stop: usize): bool {
  const room = u32(stop - at);
  if (stop < at || room <= RECORD_HEADER) return false;
  const captured = number(at + 8);
  if (captured > load<u32>(LONGEST) || room - RECORD_HEADER < captured || number(at + 12) != captured) return false;
  const part = f64(number(at + 4)) * load<f64>(SCALE);
  if (part >= 1e9) return false;
  time = (f64(number(at)) - load<f64>(BASE)) * 1e9 + part;
  start = at + RECORD_HEADER;
  end = start + captured;
  behind = end;
  return true;
}

function nextBlock(at: usize, stop: usize): bool {
  const room = u32(stop - at);
  if (stop < at || room < BLOCK_FRAME || number(at) != ENHANCED_PACKET) return false;
  const length = number(at + 4);
  if (length < BLOCK_FRAME || length > load<u32>(LONGEST)) return false;
  const size = (length + 3) & ~3;
  if (size > room || number(at + size - 4) != length || number(at + 8) != load<u32>(BLOCK_INTERFACE)) return false;
  const captured = number(at + 20);
  if (captured > length - BLOCK_FRAME || number(at + 24) != captured) return false;
  const ticks = (u64(number(at + 12)) << 32) | u64(number(at + 16));
  const units = load<u64>(UNITS);
  const seconds = f64(ticks / units) + load<f64>(OFFSET);
  time = (seconds - load<f64>(BASE)) * 1e9 + f64(ticks % units) * load<f64>(SCALE);
  start = at + BLOCK_HEADER;
  end = start + captured;
  behind = at + size;
  return true;
}

function number(at: usize): u32 {
  const value = load<u32>(at);
  return load<i32>(LITTLE) != 0 ? value : bswap(value);
}

/**
 * Where the IPv4 header of the packet begins, without options and not of a fragment, with UDP behind it and with `least` bytes
 * in all, header included; 0 where there is none, or it stands not in one of the usual ways: Ethernet with or without one VLAN
 * tag, or a cooked capture.
 */
export function udpAt(least: i32): usize {
  const ip = networkAt(i32(end - start) - least);
  if (ip == 0) return 0;
  return load<u8>(ip) == 0x45 && load<u8>(ip, 9) == 17 && (short(ip + 6) & 0x3fff) == 0 ? ip : 0;
}

/** `room`: bytes there may be in front of it. */
function networkAt(room: i32): usize {
  const linkType = load<i32>(LINK_TYPE);
  if (linkType == ETHERNET) {
    if (room < 18) return 0;
    const type = short(start + 12);
    if (type == IPV4) return start + 14;
    return type == VLAN && short(start + 16) == IPV4 ? start + 18 : 0;
  }
  if (linkType == SLL) {
    if (room < 16) return 0;
    return short(start + 14) == IPV4 && short(start + 2) != NETLINK ? start + 16 : 0;
  }
  if (linkType == SLL2) {
    if (room < 20) return 0;
    return short(start) == IPV4 && short(start + 8) != NETLINK ? start + 20 : 0;
  }
  return 0;
}

/** A number of 16 bits as networks have it. */
export function short(at: usize): i32 {
  return i32(bswap<u16>(load<u16>(at)));
}

/** A number of 32 bits as networks have it. */
export function long(at: usize): i32 {
  return bswap<i32>(load<i32>(at));
}
