/**
 * RTP at the speed of reading (AssemblyScript): goes over the packets of a capture as long as they hold media in the usual
 * form, and measures their streams; counts packets of media that came in other forms, too. JavaScript is slow until it is
 * compiled, and reading half a gigabyte is over by then: that is why this is here. All it keeps is in its memory, where
 * TypeScript reads it (core/analysis/streams).
 */
import * as capture from './capture/record';
import { recordOf, streamCount, streamOf } from './media/chains';
import { flowOf } from './media/flows';
import { known, remember } from './media/known';
import { long, short } from './capture/record';
import { count, word } from './media/memory';
import { begin, countPacket } from './media/packet';
import { NEXT_HEAD, PACKETS, SSRC } from './media/record';
import { goesOn, settle } from './media/runs';
import { COUNTED, FRAME, IS_RTCP, LATEST, MEASURES, PACKETS_SEEN, PORTS, RUN_PACKETS, WIRE_BYTES } from './media/state';

/** An IPv4 header without options, a UDP header, and the shortest RTCP. */
const LEAST: i32 = 36;

/**
 * Reads on over records from `from` on, as far as they are whole, in order of time, and hold media that needs nothing
 * else; `stop` is where what was read of the capture ends. Returns where it left off.
 */
export function run(from: usize, stop: usize): usize {
  let at = from;
  const measures = load<i32>(MEASURES) != 0;
  const ports = load<usize>(PORTS);
  const frame = load<i32>(FRAME);
  let latest = load<f64>(LATEST);
  let wire: f64 = 0;
  let packets: i32 = 0;
  while (capture.next(at, stop)) {
    const time = capture.time;
    if (!(time >= latest)) break;
    const ip = capture.udpAt(LEAST);
    if (ip == 0) break;
    const total = short(ip + 2);
    const length = short(ip + 24);
    if (length < 16 || length + 20 > total || ip + total > capture.end) break;
    if ((load<u8>(ports + short(ip + 20)) | load<u8>(ports + short(ip + 22))) != 0) break;
    const captured = i32(capture.end - capture.start);
    const size = length - 8;
    const rtp = ip + 28;
    const head = long(rtp);
    if (!isMedia(head, size)) break;
    if (measures && isControl(head)) break;
    const source = measures ? load<i32>(rtp, 8) : 0;
    const what = known(load<i32>(ip, 12), load<i32>(ip, 16), load<i32>(ip, 20), source);
    if (what != 0 && (!measures || isOf(what, source, time, head, rtp, size, captured))) {
      count(PACKETS_SEEN);
    } else {
      const src = long(ip + 12);
      const dst = long(ip + 16);
      // Addresses in 0.0.0.0/8 have other numbers (see Addresses).
      if (src >>> 24 == 0 || dst >>> 24 == 0) break;
      packet(src, dst, long(ip + 20), time, frame + packets + 1, rtp, rtp + size, 0, captured, false, true);
    }
    latest = time;
    packets += 1;
    wire += f64(captured);
    at = capture.behind;
  }
  store<f64>(LATEST, latest);
  store<f64>(WIRE_BYTES, wire);
  store<i32>(RUN_PACKETS, packets);
  return at;
}

/** Counts a packet where it goes on with the run of the stream whose record stands at `record`; false where it does not. */
function isOf(record: usize, source: i32, time: f64, head: i32, rtp: usize, size: i32, captured: i32): bool {
  if (load<i32>(record + (SSRC << 2)) != bswap(source)) return false;
  return goesOn(record, time, head, long(rtp + 4), size, captured);
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
