import { Outcome } from './ledger.ts';
import { decodeIpv4 } from './ipv4.ts';
import { decodeIpv6 } from './ipv6.ts';
import type { Packet } from './packet.ts';
import { decodePpp } from './ppp.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/**
 * BSD loopback: four bytes of address family, in the byte order of the machine that captured (LINKTYPE_NULL 0) or of
 * the network (LINKTYPE_LOOP 108). Both orders are taken for both. PPP and Cisco HDLC are found under these numbers, too.
 */
export const loopback = stateless('loopback', { linkType: [0, 108] }, (packet, at, end) => {
  const first = end - at < 4 ? 0 : packet.view.getUint16(at);
  if (first === 0xff03 || first === 0x0f00 || first === 0x8f00) return decodePpp(packet, at, end);
  familyThenIp(packet, at, 4, end);
});

/** OpenBSD's view into IPsec, LINKTYPE_ENC 109: family, SPI, flags; the packet behind is in the clear. */
export const enc = stateless('enc', { linkType: [109] }, (packet, at, end) => familyThenIp(packet, at, 12, end));

/** The packet filter's log, LINKTYPE_PFLOG 117: length of the header without its padding to 4 bytes, family. */
export const pflog = stateless('pflog', { linkType: [117] }, (packet, at, end) => {
  if (end - at < 4) return shortPacket(packet, tooShort);
  const header = (packet.view.getUint8(at) + 3) & ~3;
  byFamily(packet, packet.view.getUint8(at + 1), at + header, end);
});

function familyThenIp(packet: Packet, at: number, header: number, end: number): void {
  if (end - at < header) return shortPacket(packet, tooShort);
  const family = packet.view.getUint32(at);
  byFamily(packet, family > 0xffff ? packet.view.getUint32(at, true) : family, at + header, end);
}

/** Address families: AF_INET is 2 everywhere; AF_INET6 is 10 on Linux, 24 on NetBSD and OpenBSD, 26 on Solaris, 28 on FreeBSD, 30 on macOS, 23 on Windows. */
export function byFamily(packet: Packet, family: number, at: number, end: number): void {
  if (family === 2) return decodeIpv4(packet, at, end);
  if (family === 10 || family === 23 || family === 24 || family === 26 || family === 28 || family === 30)
    return decodeIpv6(packet, at, end);
  packet.outcome = Outcome.NotIp;
}

const tooShort = { protocol: 'loopback', code: 'too-short', text: 'The packet ends before the address family does.' };
