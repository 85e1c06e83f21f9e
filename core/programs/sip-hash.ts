import { INTERFACE } from './capture/form';

/** Hashes that tell messages apart which have all the same identifiers; those of Digest and of `surroundings` in core/analysis. */

/** Bytes in front of the IP header that are looked at. */
const MAX_SURROUNDINGS = 128;

/** Of all bytes of a message, as Digest makes it. */
export function digest(at: i32, end: i32): i32 {
  let a = end - at;
  let b = 0;
  let next = at;
  for (; next + 8 <= end; next += 8) {
    a = ((a ^ bswap<i32>(load<i32>(next))) * 0x85eb_ca6b) ^ (a >>> 13);
    b = ((b ^ bswap<i32>(load<i32>(next, 4))) * 0xc2b2_ae35) ^ (b >>> 13);
  }
  for (; next < end; next++) a = (a ^ i32(load<u8>(next))) * 0x0100_0193;
  return mix(a, b);
}

/** Of all that stands before the IP header at `ip` in the packet at `start`, as `surroundings` in core/analysis/copies.ts makes it. */
export function surroundings(start: i32, ip: i32): i32 {
  const end = min(ip, start + MAX_SURROUNDINGS);
  let hash = mix(mix(ip - start, load<i32>(INTERFACE)), i32(load<u8>(ip, 8)));
  let at = start;
  for (; at + 4 <= end; at += 4) hash = mix(hash, load<i32>(at));
  for (; at < end; at++) hash = mix(hash, i32(load<u8>(at)));
  return hash === 0 ? 1 : hash;
}

function mix(hash: i32, value: i32): i32 {
  const product = (hash ^ value) * 0x9e37_79b1;
  return product ^ (product >>> 15);
}
