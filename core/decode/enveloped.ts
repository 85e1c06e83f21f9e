import { deeper } from './depth.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/*
 * Headers of capture tools that say which link type follows.
 */

/** Apple's PKTAP, LINKTYPE_PKTAP 258, and 149, which older macOS used: length, record type, link type, in the byte order of the machine that captured. */
export const pktap = stateless('pktap', { linkType: [149, 258] }, (packet, at, end) => {
  if (end - at < 12) return shortPacket(packet, tooShort);
  const { view } = packet;
  const little = view.getUint32(at, true) <= 0xffff;
  enclosed(packet, at, view.getUint32(at, little), view.getUint32(at + 8, little), 12, end);
});

/** Per-packet information, LINKTYPE_PPI 192: version, flags, length, link type; little endian. */
export const ppi = stateless('ppi', { linkType: [192] }, (packet, at, end) => {
  if (end - at < 8) return shortPacket(packet, tooShort);
  enclosed(packet, at, packet.view.getUint16(at + 2, true), packet.view.getUint32(at + 4, true), 8, end);
});

/** Hilscher netANALYZER, LINKTYPE_NETANALYZER 240: four bytes before an Ethernet frame; 241 has its preamble and start delimiter as well. */
export const netAnalyzer = stateless('netanalyzer', { linkType: [240] }, (packet, at, end) =>
  enclosed(packet, at, 4, 1, 4, end),
);
export const netAnalyzerTransparent = stateless('netanalyzer-transparent', { linkType: [241] }, (packet, at, end) =>
  enclosed(packet, at, 12, 1, 12, end),
);

function enclosed(packet: Packet, at: number, length: number, linkType: number, least: number, end: number): void {
  if (!deeper(packet)) return;
  if (length < least || length > end - at) return shortPacket(packet, tooShort);
  packet.routes.link(linkType)(packet, at + length, end);
}

const tooShort = {
  protocol: 'capture-header',
  code: 'bad-length',
  text: 'The length of the capture tool’s header does not fit into the packet.',
};
