import { Outcome } from './ledger.ts';
import { decodeIpv4 } from './ipv4.ts';
import { decodeIpv6 } from './ipv6.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** IPv4 or IPv6 without a link header: LINKTYPE_RAW 101, LINKTYPE_IPV4 228, LINKTYPE_IPV6 229, and the DLT_RAW values 12 and 14 that some tools write as they are. */
export const rawIp = stateless('raw-ip', { linkType: [12, 14, 101, 228, 229] }, decodeIp);

/** IPv4 or IPv6, told by the version in the first four bits. */
export function decodeIp(packet: Packet, at: number, end: number): void {
  if (at >= end) return shortPacket(packet, empty);
  const version = packet.view.getUint8(at) >>> 4;
  if (version === 4) return decodeIpv4(packet, at, end);
  if (version === 6) return decodeIpv6(packet, at, end);
  packet.outcome = Outcome.NotIp;
}

const empty = { protocol: 'raw-ip', code: 'too-short', text: 'IP should follow, but the packet ends.' };
