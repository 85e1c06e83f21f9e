/**
 * Directed 5-tuples that carried what has the form of RTP or RTCP, numbered from 1: open addressing over the pair of
 * address numbers and the pair of ports (AssemblyScript).
 */
import { count, take } from './memory';
import { FLOW_WIDTH, FLOWS, MAX_FLOWS, PACKETS_SEEN, UNPLACED_FLOWS } from './state';

/** Places at first. */
const FIRST: i32 = 1 << 10;
/** Up to so many places there are eight for each flow: the first one looked at is the right one nearly always. */
const ROOMY: i32 = 1 << 16;

/** The flow of a packet, from 1; 0 where there are too many. A place is: source and destination, ports, number of the flow, 0 for none. */
export function flowOf(src: i32, dst: i32, ports: i32): i32 {
  count(PACKETS_SEEN);
  if (load<i32>(FLOWS, 8) == 0 && !grow(FIRST)) return unplaced();
  const at = placeOf(src, dst, ports);
  const known = load<i32>(at, 12);
  return known != 0 ? known : add(src, dst, ports, at);
}

function add(src: i32, dst: i32, ports: i32, at: usize): i32 {
  const number = load<i32>(FLOWS, 4) + 1;
  if (number > load<i32>(MAX_FLOWS)) return unplaced();
  const places = load<i32>(FLOWS, 8);
  // Before it is put down: where there is no more room, this one would be the last that finds an empty place.
  if (number * (places <= ROOMY ? 8 : 2) >= places) {
    if (!grow(2 * places)) return unplaced();
    return add(src, dst, ports, placeOf(src, dst, ports));
  }
  store<i32>(FLOWS, number, 4);
  store<i32>(at, src);
  store<i32>(at, dst, 4);
  store<i32>(at, ports, 8);
  store<i32>(at, number, 12);
  return number;
}

function unplaced(): i32 {
  count(UNPLACED_FLOWS);
  return 0;
}

/** The place of a flow, or the empty one where it belongs. */
function placeOf(src: i32, dst: i32, ports: i32): usize {
  const table = load<usize>(FLOWS);
  const mask = load<u32>(FLOWS, 8) - 1;
  let hash = mixed(src, dst, ports);
  while (true) {
    const at = table + usize(hash & mask) * FLOW_WIDTH;
    if (load<i32>(at, 12) == 0) return at;
    if (load<i32>(at, 8) == ports && load<i32>(at) == src && load<i32>(at, 4) == dst) return at;
    hash += 1;
  }
}

/** Addresses and ports of one network differ in few bits: each is mixed before the next comes in. */
export function mixed(src: i32, dst: i32, ports: i32): u32 {
  let hash: u32 = u32(src) * 0x9e3779b1;
  hash = (hash ^ (hash >>> 15) ^ u32(dst)) * 0x85ebca6b;
  hash = (hash ^ (hash >>> 13) ^ u32(ports)) * 0xc2b2ae35;
  return hash ^ (hash >>> 16);
}

function grow(places: i32): bool {
  const from = load<usize>(FLOWS);
  const before = load<i32>(FLOWS, 8);
  const to = take(usize(places) * FLOW_WIDTH);
  if (to == 0) return false;
  store<usize>(FLOWS, to);
  store<i32>(FLOWS, places, 8);
  for (let i = 0; i < before; i++) {
    const at = from + usize(i) * FLOW_WIDTH;
    if (load<i32>(at, 12) == 0) continue;
    memory.copy(placeOf(load<i32>(at), load<i32>(at, 4), load<i32>(at, 8)), at, FLOW_WIDTH);
  }
  return true;
}
