/** A message as BatchWriter (core/host/reading/batch.ts) puts it down, of what was found in its packet and its head. */
import { copy } from './find';
import * as head from './sip-head';
import { digest, surroundings } from './sip-hash';

/** Bytes of the numbers in front of the identifiers. */
const NUMBERS = 128;

/* Bits of Flag (core/analysis/messages.ts). */
const REQUEST = 1;
const SDP = 8;

let flags: i32 = 0;
/** Where a description stands that is wanted, 0 where there is none. */
let sdpAt: i32 = 0;

/** What of the message `[at, end)`, which was scanned, goes into its record; returns the bytes that takes. */
export function place(at: i32, end: i32, wantsSdp: bool): i32 {
  flags = head.method === 0 ? 0 : REQUEST;
  sdpAt = 0;
  if (head.contentTypeAt !== 0 && end > head.bodyAt && mayHoldSdp(head.contentTypeAt)) {
    flags |= SDP;
    if (wantsSdp && isPlainSdp()) sdpAt = head.bodyAt;
  }
  let size =
    NUMBERS +
    (head.callIdEnd - head.callIdAt) +
    (head.fromTagEnd - head.fromTagAt) +
    (head.toTagEnd - head.toTagAt) +
    (head.branchEnd - head.branchAt) +
    (head.sentByEnd - head.sentByAt);
  if (sdpAt !== 0) size += end - sdpAt;
  return (size + 7) & ~7;
}

/** Writes the record at `to`, of which `place` has told the size; `start`, `ip`, `at` and `end` are places of the packet, of its IPv4 header and of the message. */
export function write(
  to: i32,
  size: i32,
  time: f64,
  position: f64,
  frame: i32,
  start: i32,
  ip: i32,
  at: i32,
  end: i32,
): void {
  const status = head.status;
  const id = i32(bswap<u16>(load<u16>(ip, 4)));
  store<f64>(to, time);
  store<f64>(to, position, 8);
  store<i32>(to, frame, 16);
  store<i32>(to, end - at, 20);
  store<u32>(to, bswap<u32>(load<u32>(ip, 12)), 24);
  store<u32>(to, bswap<u32>(load<u32>(ip, 16)), 28);
  store<u32>(to, bswap<u32>(load<u32>(ip, 20)), 32);
  store<i32>(to, flags | ((head.maxForwards & 0xff) << 16) | (min(head.viaCount, 255) << 24), 36);
  store<i32>(to, head.method | (head.cseqMethod << 8), 40);
  store<i32>(to, status, 44);
  store<i32>(to, head.cseqNumber, 48);
  store<i32>(to, head.bodyAt - at, 52);
  store<i32>(to, end - head.bodyAt, 56);
  store<i32>(to, 0, 60);
  store<i32>(to, id, 64);
  store<i32>(to, id > 0 ? 0 : surroundings(start, ip), 68);
  store<i32>(to, status > 100 && status < 200 ? digest(at, end) : 0, 72);
  store<i32>(to, 0, 76);
  store<i32>(to, spanned(head.callIdAt, head.callIdEnd), 80);
  store<i32>(to, spanned(head.fromTagAt, head.fromTagEnd), 84);
  store<i32>(to, spanned(head.toTagAt, head.toTagEnd), 88);
  store<i32>(to, spanned(head.branchAt, head.branchEnd), 92);
  store<i32>(to, spanned(head.sentByAt, head.sentByEnd), 96);
  v128.store(to, i32x4.splat(0), 100);
  store<i32>(to, size, 116);
  store<i32>(to, spanned(sdpAt, end), 120);
  let next = to + NUMBERS;
  next = copy(head.callIdAt, head.callIdEnd, next);
  next = copy(head.fromTagAt, head.fromTagEnd, next);
  next = copy(head.toTagAt, head.toTagEnd, next);
  next = copy(head.branchAt, head.branchEnd, next);
  next = copy(head.sentByAt, head.sentByEnd, next);
  if (sdpAt !== 0) copy(sdpAt, end, next);
}

/** Bytes of a part and one more, 0 where there is none. */
function spanned(at: i32, end: i32): i32 {
  return at === 0 ? 0 : end - at + 1;
}

/** `application/sdp` or `multipart/…`, told from a few letters, as Sighting does it. */
function mayHoldSdp(at: i32): bool {
  const first = load<u8>(at) | 0x20;
  if (first === 0x6d) return true;
  // `/` and `sd`.
  return first === 0x61 && load<u8>(at, 11) === 0x2f && (load<u16>(at, 12) | 0x2020) === 0x6473;
}

/** `application/sdp` by the letter. */
function isPlainSdp(): bool {
  const at = head.contentTypeAt;
  return (
    head.contentTypeEnd - at === 15 &&
    load<i32>(at) === 0x6c70_7061 &&
    load<i32>(at, 4) === 0x7461_6369 &&
    load<i32>(at, 8) === 0x2f6e_6f69 &&
    load<i32>(at, 11) === 0x7064_732f
  );
}
