/**
 * Media at the speed of reading (AssemblyScript): goes over the packets of a capture as long as they are RTP of streams
 * that are known and go on as before, which nearly all packets of media do; everything else is left to the decoders.
 * JavaScript is slow until it is compiled, and reading half a gigabyte is over by then: that is why this is here.
 */
import {
  BASE,
  KNOWN,
  KNOWN_COUNT,
  KNOWN_MASK,
  KNOWN_WIDTH,
  LANE_TICKS,
  LANES_AT,
  LATEST,
  LINK_TYPE,
  LITTLE,
  LONGEST,
  MEASURES,
  PORTS,
  RUN_PACKETS,
  SCALE,
  TYPE_TICKS,
  WIRE_BYTES,
} from './media-state';
import {
  COURSE_END,
  COURSE_MAX_DELTA,
  FIRST,
  JITTER,
  JITTER_PEAK,
  JITTER_SUM,
  LANE_COUNT,
  LANE_JITTER,
  LANE_MAX,
  LANE_MEAN,
  LANE_PEAK,
  LANE_SUM,
  LANE_WIDTH,
  LANES,
  LAST_STEP,
  LINEAR,
  MAX_DELTA,
  MAX_JITTER,
  MEAN_DELTA,
  MEAN_JITTER,
  NEXT_HEAD,
  NEXT_TIMESTAMP,
  PACKETS,
  PLACES_PER_NS,
  REALS_AT,
  REF_TIME,
  REGRESSED,
  RUN,
  SIZE,
  SPACINGS_AT,
  SSRC,
  SUM_TICKS,
  SUM_TIME,
  SUM_TIME_TICKS,
  SUM_TIME_TIME,
  TICKS,
  WIRE,
} from './stream-record';

/** Bytes of a record of pcap in front of the packet. */
const HEADER: i32 = 16;
const ETHERNET: i32 = 1;
const SLL: i32 = 113;
const SLL2: i32 = 276;
const NETLINK: i32 = 824;
const IPV4: i32 = 0x0800;
const VLAN: i32 = 0x8100;
/** An IPv4 header without options, a UDP header, and the shortest RTCP. */
const LEAST: i32 = 36;

function word(record: usize, field: i32): i32 {
  return load<i32>(record + (field << 2));
}

function setWord(record: usize, field: i32, value: i32): void {
  store<i32>(record + (field << 2), value);
}

function real(record: usize, field: i32): f64 {
  return load<f64>(record + (field << 3), REALS_AT);
}

function setReal(record: usize, field: i32, value: f64): void {
  store<f64>(record + (field << 3), value, REALS_AT);
}

/** A number of 16 bits as networks have it. */
function short(at: usize): i32 {
  return (i32(load<u8>(at)) << 8) | i32(load<u8>(at + 1));
}

/**
 * Reads on over records from `at` on, as far as they are whole, in order of time, and hold RTP that is known; `end` is
 * where what was read of the capture ends. Returns where it stopped.
 */
export function run(start: usize, end: usize): usize {
  let at = start;
  const little = load<i32>(LITTLE) != 0;
  const longest = load<u32>(LONGEST);
  const linkType = load<i32>(LINK_TYPE);
  const scale = load<f64>(SCALE);
  const base = load<f64>(BASE);
  const measures = load<i32>(MEASURES) != 0;
  const ports = load<usize>(PORTS);
  let latest = load<f64>(LATEST);
  let wire: f64 = 0;
  let packets: i32 = 0;
  while (i32(end - at) > HEADER) {
    let seconds = load<u32>(at);
    let parts = load<u32>(at, 4);
    let captured = load<u32>(at, 8);
    let original = load<u32>(at, 12);
    if (!little) {
      seconds = bswap(seconds);
      parts = bswap(parts);
      captured = bswap(captured);
      original = bswap(original);
    }
    if (captured > longest || u32(end - at) - HEADER < captured || original != captured) break;
    const part = f64(parts) * scale;
    const time = (f64(seconds) - base) * 1e9 + part;
    if (part >= 1e9 || !(time >= latest)) break;
    const packet = at + HEADER;
    const last = packet + captured;
    const ip = networkAt(linkType, packet, i32(captured));
    // Version 4 and a header of 20 bytes; neither an offset nor more fragments; UDP.
    if (ip == 0 || load<u8>(ip) != 0x45 || load<u8>(ip, 9) != 17 || (short(ip + 6) & 0x3fff) != 0) break;
    const total = short(ip + 2);
    const length = short(ip + 24);
    if (length < 16 || length + 20 > total || ip + total > last) break;
    if ((load<u8>(ports + short(ip + 20)) | load<u8>(ports + short(ip + 22))) != 0) break;
    const size = length - 8;
    const rtp = ip + 28;
    const head = bswap(load<i32>(rtp));
    if (head >>> 30 != 2) break;
    const second = (head >>> 16) & 0xff;
    const isRtcp = second >= 192 && second <= 223;
    if (isRtcp ? measures || ((head & 0xffff) + 1) * 4 > size : size < 12 + ((head >>> 24) & 15) * 4) break;
    const source = measures ? load<i32>(rtp, 8) : 0;
    const known = find(load<i32>(ip, 12), load<i32>(ip, 16), load<i32>(ip, 20), source);
    if (known == 0) break;
    if (
      measures &&
      (load<i32>(known + (SSRC << 2)) != bswap(source) ||
        !goesOn(known, time, head, bswap(load<i32>(rtp, 4)), size, i32(captured)))
    ) {
      break;
    }
    latest = time;
    packets += 1;
    wire += f64(captured);
    at = last;
  }
  store<f64>(LATEST, latest);
  store<f64>(WIRE_BYTES, wire);
  store<i32>(RUN_PACKETS, packets);
  return at;
}

/** Where an IPv4 header with room for what follows begins behind the link header; 0 where there is none, or not in one of the usual ways. */
function networkAt(linkType: i32, at: usize, room: i32): usize {
  if (linkType == ETHERNET) {
    if (room < 18 + LEAST) return 0;
    const type = short(at + 12);
    if (type == IPV4) return at + 14;
    return type == VLAN && short(at + 16) == IPV4 ? at + 18 : 0;
  }
  if (linkType == SLL) {
    if (room < 16 + LEAST) return 0;
    return short(at + 14) == IPV4 && short(at + 2) != NETLINK ? at + 16 : 0;
  }
  if (linkType == SLL2) {
    if (room < 20 + LEAST) return 0;
    return short(at) == IPV4 && short(at + 8) != NETLINK ? at + 20 : 0;
  }
  return 0;
}

/**
 * Counts a packet that goes on with the run of a stream (core/analysis/streams/stream-runs.ts): `record` is where that
 * stands, `head` and `timestamp` are the packet's first two words, `size` is that of UDP's payload, `wire` that of the
 * packet. False where it does not, or needs more than that; then nothing has changed.
 */
export function goesOn(record: usize, time: f64, head: i32, timestamp: i32, size: i32, wire: i32): bool {
  if (word(record, NEXT_HEAD) != head || word(record, NEXT_TIMESTAMP) != timestamp) return false;
  if (word(record, SIZE) != size || word(record, WIRE) != wire) return false;
  const run = word(record, RUN);
  const before = word(record, PACKETS) + run;
  // Payloads of which the head is kept have such numbers.
  if ((before & (before - 1)) == 0) return false;
  const delta = time - real(record, REF_TIME);
  if (!(time < real(record, COURSE_END) && delta >= 0 && delta < LINEAR)) return false;

  const step = word(record, LAST_STEP);
  const share = 1 / f64(before);
  setReal(record, REF_TIME, time);
  if (delta > real(record, MAX_DELTA)) setReal(record, MAX_DELTA, delta);
  if (delta > real(record, COURSE_MAX_DELTA)) setReal(record, COURSE_MAX_DELTA, delta);
  const meanDelta = real(record, MEAN_DELTA);
  setReal(record, MEAN_DELTA, meanDelta + (delta - meanDelta) * share);
  const tick = load<f64>(load<usize>(TYPE_TICKS) + (((head >>> 16) & 0x7f) << 3));
  const lanes = word(record, LANES);
  if (lanes == 0) {
    const last = real(record, JITTER);
    const jitter = last + (Math.abs(delta - f64(step) * tick) - last) / 16;
    setReal(record, JITTER, jitter);
    setReal(record, JITTER_SUM, real(record, JITTER_SUM) + jitter);
    if (jitter > real(record, MAX_JITTER)) {
      setReal(record, MAX_JITTER, jitter);
      // The peak of all packets is never below that of the regular ones.
      if (jitter > real(record, JITTER_PEAK)) setReal(record, JITTER_PEAK, jitter);
    }
    const mean = real(record, MEAN_JITTER);
    setReal(record, MEAN_JITTER, mean + (jitter - mean) * share);
  } else {
    countLanes(lanes, delta, step, tick, true, share);
  }
  if ((before & 7) == 0) {
    const x = (time - real(record, FIRST)) / 1e6;
    const y = real(record, TICKS) + f64(run + 1) * f64(step);
    setWord(record, REGRESSED, word(record, REGRESSED) + 1);
    setReal(record, SUM_TIME, real(record, SUM_TIME) + x);
    setReal(record, SUM_TICKS, real(record, SUM_TICKS) + y);
    setReal(record, SUM_TIME_TIME, real(record, SUM_TIME_TIME) + x * x);
    setReal(record, SUM_TIME_TICKS, real(record, SUM_TIME_TICKS) + x * y);
  }
  const place = record + (i32(delta * PLACES_PER_NS) << 2);
  store<i32>(place, load<i32>(place, SPACINGS_AT) + 1, SPACINGS_AT);
  setWord(record, RUN, run + 1);
  // What begins the sequence numbers anew is counted by itself; no packet of RTP begins with 0.
  setWord(record, NEXT_HEAD, (head & 0xffff) == 0xffff ? 0 : head + 1);
  setWord(record, NEXT_TIMESTAMP, timestamp + step);
  return true;
}

/**
 * Counts a packet in the lanes of number `lanes` (core/analysis/streams/stream-lanes.ts). `delta`: nanoseconds, and `ticks`:
 * timestamp since the one before; `tick`: nanoseconds of one where the clock of its type is known, else 0. `isRegular`: it
 * counts for mean and maximum, of which `share` is its weight.
 */
export function countLanes(lanes: i32, delta: f64, ticks: i32, tick: f64, isRegular: bool, share: f64): void {
  let at = load<usize>(LANES_AT) + (lanes - 1) * (LANE_COUNT * LANE_WIDTH * 8);
  const clocks = load<usize>(LANE_TICKS);
  for (let lane = 0; lane < LANE_COUNT; lane++, at += LANE_WIDTH * 8) {
    const length = tick == 0 ? load<f64>(clocks + (lane << 3)) : tick;
    const last = load<f64>(at, LANE_JITTER * 8);
    const jitter = last + (Math.abs(delta - f64(ticks) * length) - last) / 16;
    store<f64>(at, jitter, LANE_JITTER * 8);
    store<f64>(at, load<f64>(at, LANE_SUM * 8) + jitter, LANE_SUM * 8);
    if (jitter > load<f64>(at, LANE_PEAK * 8)) store<f64>(at, jitter, LANE_PEAK * 8);
    if (!isRegular) continue;
    const mean = load<f64>(at, LANE_MEAN * 8);
    store<f64>(at, mean + (jitter - mean) * share, LANE_MEAN * 8);
    if (jitter > load<f64>(at, LANE_MAX * 8)) store<f64>(at, jitter, LANE_MAX * 8);
  }
}

/** The place of a key in the table, or the empty one where it belongs. */
function placeOf(src: i32, dst: i32, ports: i32, source: i32): usize {
  let hash: u32 = u32(src) * 0x9e3779b1;
  hash = (hash ^ (hash >>> 15) ^ u32(dst)) * 0x85ebca6b;
  hash = (hash ^ (hash >>> 13) ^ u32(ports)) * 0xc2b2ae35;
  hash = (hash ^ (hash >>> 16) ^ u32(source)) * 0x9e3779b1;
  hash ^= hash >>> 15;
  const table = load<usize>(KNOWN);
  const mask = load<u32>(KNOWN_MASK);
  while (true) {
    const at = table + usize(hash & mask) * KNOWN_WIDTH;
    if (load<i32>(at, 16) == 0) return at;
    if (load<i32>(at, 8) == ports && load<i32>(at) == src && load<i32>(at, 4) == dst && load<i32>(at, 12) == source) {
      return at;
    }
    hash += 1;
  }
}

/** What is known of a flow and a source, all as they stand in packets; 0 where nothing is. */
function find(src: i32, dst: i32, ports: i32, source: i32): usize {
  return load<usize>(placeOf(src, dst, ports, source), 16);
}

/** From now on packets from `src` to `dst` are known: `what` is where the record of their stream is, or anything but 0. There is always room: see KNOWN_COUNT. */
export function remember(src: i32, dst: i32, ports: i32, source: i32, what: usize): void {
  const at = placeOf(bswap(src), bswap(dst), bswap(ports), bswap(source));
  if (load<i32>(at, 16) == 0) {
    store<i32>(KNOWN_COUNT, load<i32>(KNOWN_COUNT) + 1);
    store<i32>(at, bswap(src));
    store<i32>(at, bswap(dst), 4);
    store<i32>(at, bswap(ports), 8);
    store<i32>(at, bswap(source), 12);
  }
  store<usize>(at, what, 16);
}

/** Moves all of a table of `places` places, from `from`, into the one that is told of now, which is empty. */
export function move(from: usize, places: i32): void {
  for (let i = 0; i < places; i++) {
    const at = from + usize(i) * KNOWN_WIDTH;
    if (load<i32>(at, 16) == 0) continue;
    const to = placeOf(load<i32>(at), load<i32>(at, 4), load<i32>(at, 8), load<i32>(at, 12));
    memory.copy(to, at, KNOWN_WIDTH);
  }
}
