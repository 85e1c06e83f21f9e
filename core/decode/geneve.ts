import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';

/** GENEVE (RFC 8926 3.4): options by length, then what the EtherType says, most often Ethernet. */
export const geneve = stateless(
  'geneve',
  { udpPort: [6081] },
  (packet, at, end) =>
    packet.routes.etherType(packet.view.getUint16(at + 2))(packet, at + headerLength(packet, at), end),
  (packet, at, end) => {
    if (end - at < 8) return false;
    const version = packet.view.getUint8(at) >>> 6;
    return (
      version === 0 &&
      (headerLength(packet, at) <= end - at || packet.missing > 0) &&
      packet.routes.knowsEtherType(packet.view.getUint16(at + 2))
    );
  },
);

function headerLength(packet: Packet, at: number): number {
  return 8 + (packet.view.getUint8(at) & 0x3f) * 4;
}
