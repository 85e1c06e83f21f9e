import { decodeEsp } from './esp.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';

/** IKE (RFC 7296 3.1) and ISAKMP (RFC 2408 3.1): negotiates keys, encrypted for the most part. */
export const ike = stateless(
  'ike',
  { udpPort: [500] },
  (packet) => {
    packet.outcome = Outcome.OtherEncrypted;
  },
  (packet, at, end) => {
    if (end - at < 28) return false;
    const version = packet.view.getUint8(at + 17) >>> 4;
    return version === 1 || version === 2;
  },
);

/** ESP in UDP (RFC 3948 2.): four zero bytes announce IKE, a single 0xff keeps the NAT open, anything else is ESP. */
export const udpEncapsulation = stateless(
  'udp-encapsulation',
  { udpPort: [4500] },
  decodeUdpEncapsulation,
  (packet, at, end) => {
    if (end - at === 1) return packet.view.getUint8(at) === 0xff;
    // The first 255 SPIs are reserved (RFC 4303 2.1): they are not on the wire.
    return end - at >= 8 && (packet.view.getUint32(at) === 0 || packet.view.getUint32(at) > 255);
  },
);

function decodeUdpEncapsulation(packet: Packet, at: number, end: number): void {
  if (end - at >= 8 && packet.view.getUint32(at) !== 0) return decodeEsp(packet, at, end);
  packet.outcome = Outcome.OtherEncrypted;
}
