import { Outcome } from './ledger.ts';
import { isMediaForm } from './media-form.ts';
import type { Packet } from './packet.ts';

/**
 * What a datagram is that is neither SIP nor RTP nor claimed by its port, told by its first bytes (RFC 7983, RFC 9443).
 * `at < end`. Only protocols that are met beside SIP and that the ledger names are told apart.
 */
export function otherDatagram(packet: Packet, at: number, end: number): Outcome {
  const { view } = packet;
  const first = view.getUint8(at);
  const room = end - at;
  if (first <= 3 && isStun(packet, at, room)) return Outcome.Stun;
  if (first >= 1 && first <= 4 && isWireGuard(packet, at, room)) return Outcome.OtherEncrypted;
  if (first >= 20 && first <= 25 && isDtls(packet, at, room)) return Outcome.Dtls;
  // TURN ChannelData (RFC 8656 12.4): channel, length, what the peer gets or sends.
  if (first >= 0x40 && first <= 0x4f && room >= 12 && isChannelData(packet, at, room)) {
    const last = at + 4 + view.getUint16(at + 2);
    if (!isMediaForm(packet, at + 4, last)) return Outcome.Stun;
    packet.mediaSink.media(packet, at + 4, last);
    return Outcome.Media;
  }
  if (first >= 0x40 && isQuic(packet, at, room)) return Outcome.OtherEncrypted;
  return Outcome.OtherUdp;
}

/** Length in multiples of 4 that fits, and the magic cookie; on STUN's own port also the older form without it (RFC 3489). */
function isStun(packet: Packet, at: number, room: number): boolean {
  const { view } = packet;
  if (room < 20) return false;
  const length = view.getUint16(at + 2);
  if ((length & 3) !== 0 || (length + 20 > room && packet.missing === 0)) return false;
  return (
    view.getUint32(at + 4) === 0x2112_a442 || ((packet.dport === 3478 || packet.sport === 3478) && length + 20 === room)
  );
}

/** Record types 20 to 25, versions 1.0 and 1.2 (RFC 6347 4.1), whose bytes are inverted. */
function isDtls(packet: Packet, at: number, room: number): boolean {
  if (room < 13) return false;
  const version = packet.view.getUint16(at + 1);
  return (
    (version === 0xfeff || version === 0xfefd) && (packet.view.getUint16(at + 11) + 13 <= room || packet.missing > 0)
  );
}

/** The length is that of the rest, but for padding to four bytes. */
function isChannelData(packet: Packet, at: number, room: number): boolean {
  const length = packet.view.getUint16(at + 2);
  return length > 0 && length + 4 <= room && room - length - 4 < 4;
}

/** Type, three zeros, and the length the type has (WireGuard's paper, 5.4). */
function isWireGuard(packet: Packet, at: number, room: number): boolean {
  if (room < 32 || (packet.view.getUint32(at) & 0xff_ffff) !== 0) return false;
  const type = packet.view.getUint8(at);
  const size = room + packet.missing;
  if (type === 1) return size === 148;
  if (type === 2) return size === 92;
  return type === 3 ? size === 64 : size % 16 === 0;
}

/** A long header with a version that is in use (RFC 9000 17.2, RFC 9369, drafts, Google's); with a short header only on port 443. */
function isQuic(packet: Packet, at: number, room: number): boolean {
  const first = packet.view.getUint8(at);
  if (first < 0xc0) return room >= 21 && first < 0x80 && (packet.dport === 443 || packet.sport === 443);
  if (room < 7) return false;
  const version = packet.view.getUint32(at + 1);
  return (
    version === 1 || version === 0x6b33_43cf || version >>> 8 === 0xff_0000 || version >>> 24 === 0x51 || version === 0
  );
}
