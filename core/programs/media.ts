/**
 * RTP at the speed of reading (AssemblyScript): goes over the packets of a capture as long as they hold media in the usual
 * form, and measures their streams; counts packets of media that came in other forms, too. JavaScript is slow until it is
 * compiled, and reading half a gigabyte is over by then: that is why this is here. All it keeps is in its memory, where
 * TypeScript reads it (core/analysis/streams).
 */
import { recordOf, streamCount, streamOf } from './media/chains';
import { flowOf } from './media/flows';
import { known, remember } from './media/known';
import { count, long, short, word } from './media/memory';
import { begin, countPacket } from './media/packet';
import { NEXT_HEAD, PACKETS, SSRC } from './media/record';
import { goesOn, settle } from './media/runs';
import {
  BASE,
  COUNTED,
  FRAME,
  IS_RTCP,
  LATEST,
  LINK_TYPE,
  LITTLE,
  LONGEST,
  MEASURES,
  PACKETS_SEEN,
  PORTS,
  RUN_PACKETS,
  SCALE,
  WIRE_BYTES,
} from './media/state';

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

/**
 * Reads on over records from `start` on, as far as they are whole, in order of time, and hold media that needs nothing
 * else; `end` is where what was read of the capture ends. Returns where it stopped.
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
  const frame = load<i32>(FRAME);
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
    const frameAt = at + HEADER;
    const last = frameAt + captured;
    const ip = networkAt(linkType, frameAt, i32(captured));
    // Version 4 and a header of 20 bytes; neither an offset nor more fragments; UDP.
    if (ip == 0 || load<u8>(ip) != 0x45 || load<u8>(ip, 9) != 17 || (short(ip + 6) & 0x3fff) != 0) break;
    const total = short(ip + 2);
    const length = short(ip + 24);
    if (length < 16 || length + 20 > total || ip + total > last) break;
    if ((load<u8>(ports + short(ip + 20)) | load<u8>(ports + short(ip + 22))) != 0) break;
    const size = length - 8;
    const rtp = ip + 28;
    const head = long(rtp);
    if (!isMedia(head, size)) break;
    const isRtcp = isControl(head);
    if (isRtcp && measures) break;
    const source = measures ? load<i32>(rtp, 8) : 0;
    const what = known(load<i32>(ip, 12), load<i32>(ip, 16), load<i32>(ip, 20), source);
    if (what != 0 && !measures) {
      count(PACKETS_SEEN);
    } else if (
      what != 0 &&
      load<i32>(what + (SSRC << 2)) == bswap(source) &&
      goesOn(what, time, head, long(rtp + 4), size, i32(captured))
    ) {
      count(PACKETS_SEEN);
    } else {
      const src = long(ip + 12);
      const dst = long(ip + 16);
      // Addresses in 0.0.0.0/8 have other numbers (see Addresses).
      if (src >>> 24 == 0 || dst >>> 24 == 0) break;
      const udp = long(ip + 20);
      packet(src, dst, udp, time, frame + packets + 1, rtp, rtp + size, 0, captured, false, true);
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

/** As `isMediaForm` (core/decode/media-form.ts), of a payload of `size` bytes that was captured whole. */
function isMedia(head: i32, size: i32): bool {
  if (head >>> 30 != 2) return false;
  return isControl(head) ? ((head & 0xffff) + 1) * 4 <= size : size >= 12 + ((head >>> 24) & 15) * 4;
}

/** Whether what begins so is RTCP and not RTP (RFC 5761 4.). */
function isControl(head: i32): bool {
  const second = (head >>> 16) & 0xff;
  return second >= 192 && second <= 223;
}

/**
 * Counts a packet that has the form of RTP or RTCP, which stands at `at`; `end` is where what was captured of it ends,
 * `missing` bytes were not. `wire` bytes of the whole packet were captured. `needsAll`: it cannot be read without what came
 * before. `isUsual`: it came in a form in which `run` meets others like it. Answers COUNTED or IS_RTCP: then it is counted in
 * its flow only.
 */
export function packet(
  src: i32,
  dst: i32,
  ports: i32,
  time: f64,
  frame: i32,
  at: usize,
  end: usize,
  missing: i32,
  wire: i32,
  needsAll: bool,
  isUsual: bool,
): i32 {
  const flow = flowOf(src, dst, ports);
  const head = long(at);
  if (load<i32>(MEASURES) == 0) {
    if (isUsual && flow != 0) remember(bswap(src), bswap(dst), bswap(ports), 0, flow);
    return COUNTED;
  }
  if (isControl(head)) return IS_RTCP;
  if (flow == 0) return COUNTED;
  const ssrc = long(at + 8);
  const stream = streamOf(flow, ssrc);
  if (stream == 0) return COUNTED;
  const record = recordOf(stream);
  const size = i32(end) - i32(at) + missing;
  if (missing == 0 && goesOn(record, time, head, long(at + 4), size, wire)) return COUNTED;
  if (word(record, PACKETS) == 0) begin(record, src, dst, ports, frame, needsAll);
  countPacket(record, stream, time, at, end, missing, wire);
  if (isUsual && word(record, NEXT_HEAD) != 0) remember(bswap(src), bswap(dst), bswap(ports), bswap(ssrc), record);
  return COUNTED;
}

/** Ends all runs, so that what is in the records is all there is; returns how many streams there are. */
export function finish(): i32 {
  const streams = streamCount();
  for (let stream = 1; stream <= streams; stream++) settle(recordOf(stream));
  return streams;
}
