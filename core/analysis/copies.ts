import type { Packet } from '../decode/packet.ts';
import { mix, wordAt } from './hash-index.ts';

/** With the same IP identification, nanoseconds apart at most: well below the shortest retransmission timer (T1, 500 ms). */
export const MAY_BE_COPY = 250_000_000;
/** Without an identification, nanoseconds apart at most: a mirror, or a tunnel on the way, takes less. */
const SEEN_WITHIN = 50_000_000;
/** Bytes in front of the IP header that are looked at. */
const MAX_SURROUNDINGS = 128;

/**
 * Whether two messages are one packet that the capture saw twice: on the `any` interface in and out, on both legs of a
 * bond, by a mirror of both sides of a switch, before and behind a tunnel. Given that they are the same SIP message with
 * the same length on the same hop, `apart` nanoseconds from each other, with the same IP identification `id`. Only
 * certain ones: a sender that sends the same datagram twice makes two packets, and they stay two messages. Their
 * identifications differ, and without one (0) all that surrounds the IP header is alike.
 */
export function isCopy(apart: number, id: number, around: number, aroundOther: number): boolean {
  if (id !== 0) return apart <= MAY_BE_COPY;
  return apart <= SEEN_WITHIN && around !== 0 && aroundOther !== 0 && around !== aroundOther;
}

/**
 * Hash (32 bits with a sign) of interface, TTL, and all that stands before the innermost IP header: link header, VLANs, tunnels. 0 where it
 * is not known: the bytes were put together from several packets.
 */
export function surroundings(packet: Packet): number {
  if (packet.origin !== null || packet.networkAt < packet.start) return 0;
  const { bytes, start, networkAt } = packet;
  const end = Math.min(networkAt, start + MAX_SURROUNDINGS);
  let hash = mix(mix(networkAt - start, packet.interfaceId), packet.ttl);
  let at = start;
  for (; at + 4 <= end; at += 4) hash = mix(hash, wordAt(bytes, at));
  for (; at < end; at++) hash = mix(hash, bytes[at] as number);
  return hash === 0 ? 1 : hash;
}
