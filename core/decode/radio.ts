import type { Packet } from './packet.ts';
import { decodeWlan } from './wlan.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/*
 * What capture drivers put before an 802.11 frame. Only its length matters here: the frame check sequence that some
 * leave at the end lies behind the IP packet, which knows its length.
 */

/** Radiotap (radiotap.org), LINKTYPE_IEEE802_11_RADIOTAP 127: version, pad, length in little endian. */
export const radiotap = stateless('radiotap', { linkType: [127] }, (packet, at, end) => {
  if (end - at < 8) return shortPacket(packet, tooShort);
  behind(packet, at, packet.view.getUint16(at + 2, true), 8, end);
});

/** AVS, LINKTYPE_IEEE802_11_AVS 163: magic, length in big endian. */
export const avs = stateless('avs', { linkType: [163] }, decodeAvs);

/** Prism, LINKTYPE_IEEE802_11_PRISM 119: message code and length in the byte order of the machine that captured; AVS headers are found under this number, too. */
export const prism = stateless('prism', { linkType: [119] }, (packet, at, end) => {
  if (end - at < 8) return shortPacket(packet, tooShort);
  const { view } = packet;
  if (view.getUint32(at) >>> 8 === AVS_MAGIC) return decodeAvs(packet, at, end);
  const little = view.getUint32(at + 4, true);
  behind(packet, at, little <= 0xffff ? little : view.getUint32(at + 4), 8, end);
});

const AVS_MAGIC = 0x80_21_10;

function decodeAvs(packet: Packet, at: number, end: number): void {
  if (end - at < 8) return shortPacket(packet, tooShort);
  behind(packet, at, packet.view.getUint32(at + 4), 8, end);
}

function behind(packet: Packet, at: number, length: number, least: number, end: number): void {
  if (length < least || length > end - at) return shortPacket(packet, tooShort);
  decodeWlan(packet, at + length, end);
}

const tooShort = {
  protocol: 'radio',
  code: 'bad-length',
  text: 'The length of the radio header does not fit into the packet.',
};
