import { decodeIpv6 } from './ipv6.ts';
import { looksLikeIp } from './guess.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';

/** Teredo (RFC 4380 5.1.1): IPv6 in UDP, behind an authentication and an origin indication where there are any. */
export const teredo = stateless(
  'teredo',
  { udpPort: [3544] },
  (packet, at, end) => decodeIpv6(packet, innerAt(packet, at, end), end),
  (packet, at, end) => {
    const inner = innerAt(packet, at, end);
    return inner < end && packet.view.getUint8(inner) >>> 4 === 6 && looksLikeIp(packet, inner, end);
  },
);

function innerAt(packet: Packet, at: number, end: number): number {
  const { view } = packet;
  let next = at;
  if (end - next >= 4 && view.getUint16(next) === 1) next += 13 + view.getUint8(next + 2) + view.getUint8(next + 3);
  if (end - next >= 8 && view.getUint16(next) === 0) next += 8;
  return next;
}
