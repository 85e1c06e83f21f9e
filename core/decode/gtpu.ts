import { decodeInnerEthernet } from './ethernet.ts';
import { looksLikeEthernet, looksLikeIp } from './guess.ts';
import { decodeIp } from './raw-ip.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';

/**
 * GTP-U (3GPP TS 29.281 5.), the user plane of mobile networks: G-PDUs (type 255) hold the subscriber's IP packets.
 * Path management and the control plane (GTP-C, port 2123) hold none.
 */
export const gtpu = stateless(
  'gtpu',
  { udpPort: [2152] },
  (packet, at, end) => {
    const inner = payloadAt(packet, at, end);
    if (!looksLikeIp(packet, inner, end) && looksLikeEthernet(packet, inner, end))
      return decodeInnerEthernet(packet, inner, end);
    decodeIp(packet, inner, end);
  },
  (packet, at, end) => {
    const inner = payloadAt(packet, at, end);
    if (inner === 0) return false;
    const version = packet.view.getUint8(inner) >>> 4;
    return version === 4 || version === 6 || looksLikeEthernet(packet, inner, end);
  },
);

const G_PDU = 255;

/** Where the user's packet begins, behind the optional fields (S, PN, E bits) and the chain of extension headers (5.2); 0 where this is no G-PDU with a payload. */
function payloadAt(packet: Packet, at: number, end: number): number {
  const { view } = packet;
  if (end - at < 9) return 0;
  const flags = view.getUint8(at);
  // Version 1, protocol type GTP.
  if ((flags & 0xf0) !== 0x30 || view.getUint8(at + 1) !== G_PDU) return 0;
  if ((flags & 7) === 0) return at + 8;
  let next = at + 12;
  let extension = next <= end && (flags & 4) !== 0 ? view.getUint8(at + 11) : 0;
  while (extension !== 0) {
    if (next >= end) return 0;
    const length = view.getUint8(next) * 4;
    if (length === 0 || length > end - next) return 0;
    extension = view.getUint8(next + length - 1);
    next += length;
  }
  return next < end ? next : 0;
}
