import { Outcome } from './ledger.ts';
import { sipPayload } from './sip-payload.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { decodeHep3, isHep3, transportOf } from './hep3.ts';

/**
 * Homer Encapsulation Protocol on its usual port: version 3 in chunks (see hep3.ts), versions 1 and 2 with a fixed
 * header: version, length, family, protocol, ports, addresses, in version 2 the time and the capturing agent's number.
 * What is inside is SIP. The time of the packet stays the capture's; what the header says of it is left for later.
 */
export const hep = stateless(
  'hep',
  { udpPort: [9060] },
  decodeHep,
  (packet, at, end) => isHep3(packet, at, end) || claimsHep12(packet, at, end),
);

function claimsHep12(packet: Packet, at: number, end: number): boolean {
  const { view } = packet;
  if (end - at < 16) return false;
  const version = view.getUint8(at);
  if (version !== 1 && version !== 2) return false;
  const addresses = addressLength(view.getUint8(at + 2));
  const length = view.getUint8(at + 1);
  return addresses !== 0 && length >= 8 + 2 * addresses && length <= 8 + 2 * addresses + 12 && length <= end - at;
}

function decodeHep(packet: Packet, at: number, end: number): void {
  if (isHep3(packet, at, end)) return decodeHep3(packet, at, end);
  const { view, bytes, addresses } = packet;
  const length = addressLength(view.getUint8(at + 2));
  const payload = at + view.getUint8(at + 1);
  const { src, dst, sport, dport } = packet;
  packet.sport = view.getUint16(at + 4);
  packet.dport = view.getUint16(at + 6);
  packet.src = length === 4 ? addresses.v4(bytes, view, at + 8) : addresses.v6(bytes, at + 8);
  packet.dst = length === 4 ? addresses.v4(bytes, view, at + 12) : addresses.v6(bytes, at + 24);
  if (!sipPayload(packet, payload, end, transportOf(view.getUint8(at + 3)))) packet.outcome = Outcome.OtherUdp;
  packet.src = src;
  packet.dst = dst;
  packet.sport = sport;
  packet.dport = dport;
}

/** Bytes of an address of the family (AF_INET, AF_INET6 of the sender's machine); 0 for others. */
function addressLength(family: number): number {
  if (family === 2) return 4;
  return family === 10 || family === 24 || family === 28 || family === 30 ? 16 : 0;
}
