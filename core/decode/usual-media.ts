import { Outcome } from './ledger.ts';
import { isMediaForm } from './media-form.ts';
import type { Packet } from './packet.ts';

const ETHERNET = 1;
const SLL = 113;
const SLL2 = 276;
const NETLINK = 824;
const IPV4 = 0x0800;
const VLAN = 0x8100;
const UDP = 17;
/** An IPv4 header without options, a UDP header, and the shortest RTCP. */
const LEAST = 20 + 8 + 8;

/**
 * The usual packet of a capture of media, all of it in one look: `packet.bytes[at, end)`, as captured, is Ethernet (with
 * or without one VLAN tag) or a cooked capture, IPv4 without options and not in fragments, UDP, and has the form of RTP
 * or RTCP on ports that no decoder claims. Then it is told to the media sink, and true is returned; it is as if the
 * decoders of all these layers had been there. Anything else, and whatever is odd about a length, is left to them: false,
 * and nothing has changed. `packet.begin()` comes before.
 */
export function usualMedia(packet: Packet, at: number, end: number): boolean {
  const { view } = packet;
  const ip = networkAt(packet, at, end);
  if (ip === 0) return false;
  // Version 4 and a header of 20 bytes; neither an offset nor more fragments.
  if (view.getUint8(ip) !== 0x45 || view.getUint8(ip + 9) !== UDP || (view.getUint16(ip + 6) & 0x3fff) !== 0) {
    return false;
  }
  const udp = ip + 20;
  const total = view.getUint16(ip + 2);
  const length = view.getUint16(udp + 4);
  if (length < 16 || length + 20 > total || ip + total > end) return false;
  const sport = view.getUint16(udp);
  const dport = view.getUint16(udp + 2);
  const { udpPorts } = packet.routes;
  if (((udpPorts[dport] as number) | (udpPorts[sport] as number)) !== 0) return false;
  const last = udp + length;
  if (!isMediaForm(packet, udp + 8, last)) return false;
  packet.depth = packet.linkType === ETHERNET && ip !== at + 14 ? 1 : 0;
  packet.family = 4;
  packet.networkAt = ip;
  packet.ttl = view.getUint8(ip + 8);
  packet.ipId = view.getUint16(ip + 4);
  packet.src = packet.addresses.v4(packet.bytes, view, ip + 12);
  packet.dst = packet.addresses.v4(packet.bytes, view, ip + 16);
  packet.sport = sport;
  packet.dport = dport;
  packet.outcome = Outcome.Media;
  packet.mediaSink.media(packet, udp + 8, last);
  return true;
}

/** Where an IPv4 header with room for what follows begins behind the link header; 0 where there is none, or not in one of the usual ways. */
function networkAt({ view, linkType }: Packet, at: number, end: number): number {
  let ip = 0;
  if (linkType === ETHERNET) {
    if (end - at < 18 + LEAST) return 0;
    const type = view.getUint16(at + 12);
    if (type === IPV4) ip = at + 14;
    else if (type === VLAN && view.getUint16(at + 16) === IPV4) ip = at + 18;
  } else if (linkType === SLL) {
    if (end - at < 16 + LEAST) return 0;
    if (view.getUint16(at + 14) === IPV4 && view.getUint16(at + 2) !== NETLINK) ip = at + 16;
  } else if (linkType === SLL2) {
    if (end - at < 20 + LEAST) return 0;
    if (view.getUint16(at) === IPV4 && view.getUint16(at + 8) !== NETLINK) ip = at + 20;
  }
  return ip;
}
