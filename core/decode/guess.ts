import type { Packet } from './packet.ts';

/*
 * For headers that do not say what follows, or that only a UDP port announces: whether bytes can be an IP packet or an
 * Ethernet frame. Lengths are judged only as far as the capture kept the packet.
 */

/** Whether an IPv4 or IPv6 header stands at `at`, with lengths that fit. */
export function looksLikeIp(packet: Packet, at: number, end: number): boolean {
  const { view } = packet;
  const room = end - at;
  if (room < 20) return false;
  const first = view.getUint8(at);
  if (first >>> 4 === 4) {
    const header = (first & 0x0f) * 4;
    const total = view.getUint16(at + 2);
    return header >= 20 && (total === 0 || (total >= header && (total <= room || packet.missing > 0)));
  }
  return first >>> 4 === 6 && room >= 40 && (view.getUint16(at + 4) + 40 <= room || packet.missing > 0);
}

/** Whether an Ethernet header stands at `at`: its type is one that has a decoder, or a length that fits. */
export function looksLikeEthernet(packet: Packet, at: number, end: number): boolean {
  const room = end - at;
  if (room < 14) return false;
  const type = packet.view.getUint16(at + 12);
  return type < 0x600 ? type >= 3 && (type + 14 <= room || packet.missing > 0) : packet.routes.knowsEtherType(type);
}
