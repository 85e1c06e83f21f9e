import { deeper } from './depth.ts';
import { decodeLlc } from './llc.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** Ethernet II and IEEE 802.3 (a length up to 1500 instead of a type: LLC follows). LINKTYPE_ETHERNET 1. */
export const ethernet = stateless('ethernet', { linkType: [1] }, decodeEthernet);

/** Ethernet within something else: Transparent Ethernet Bridging (RFC 1701, RFC 7637), Ethernet in IPv6 (RFC 8986 4.9). */
export const innerEthernet = stateless(
  'inner-ethernet',
  { etherType: [0x6558], ipProtocol: [143] },
  decodeInnerEthernet,
);

export function decodeInnerEthernet(packet: Packet, at: number, end: number): void {
  if (deeper(packet)) decodeEthernet(packet, at, end);
}

function decodeEthernet(packet: Packet, at: number, end: number): void {
  if (end - at < 14) return shortPacket(packet, tooShort);
  afterAddresses(packet, at + 12, end);
}

/** What follows the two addresses of a frame, or a tag that stands there: an EtherType, or a length and LLC. Two bytes have to be there. */
export function afterAddresses(packet: Packet, at: number, end: number): void {
  const type = packet.view.getUint16(at);
  if (type < 0x600) return decodeLlc(packet, at + 2, Math.min(end, at + 2 + type));
  packet.routes.etherType(type)(packet, at + 2, end);
}

const tooShort = {
  protocol: 'ethernet',
  code: 'too-short',
  text: 'An Ethernet header takes 14 bytes; the packet ends before.',
};
