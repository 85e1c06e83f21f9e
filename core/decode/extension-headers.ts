import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import type { Decode } from './protocol.ts';
import { shortPacket } from './short.ts';

/**
 * Goes along the extension headers of IPv6 (RFC 8200 4, RFC 7045) and the authentication header of both versions
 * (RFC 4302) to what lies behind them. `packet.bytes[at, end)` begins with the header that `protocol` names;
 * `wireEnd` is where the IP packet would end had the capture kept all of it.
 *
 * The destination stays that of the IP header, also with a routing header: that is where the packet was going when it
 * was captured.
 */
export function upperLayer(packet: Packet, protocol: number, at: number, end: number, wireEnd: number): void {
  const { view } = packet;
  let header = protocol;
  let next = at;
  for (;;) {
    const length = lengthOf(packet, header, next, end);
    if (length === 0) return (packet.routes.ipProtocol[header] as Decode)(packet, next, end);
    if (length > end - next) return shortPacket(packet, tooShort);
    if (length < 12 && header === AUTHENTICATION) {
      packet.faults.note(badAuthentication, packet.frame);
      packet.outcome = Outcome.Malformed;
      return;
    }
    if (header === FRAGMENT) {
      packet.ipId = view.getUint32(next + 4);
      const offset = view.getUint16(next + 2);
      // Both zero: an atomic fragment (RFC 6946), the whole datagram.
      if ((offset & 0xfff9) !== 0) {
        packet.fragments.take(packet, view.getUint8(next), offset & 0xfff8, (offset & 1) !== 0, next + 8, end, wireEnd);
        return;
      }
    }
    header = view.getUint8(next);
    next += length;
  }
}

const FRAGMENT = 44;
const AUTHENTICATION = 51;

/** Bytes of an extension header, as it says, at least those that have to be there; 0 for what is none. */
function lengthOf(packet: Packet, header: number, at: number, end: number): number {
  const known = end - at >= 2;
  if (header === AUTHENTICATION) return known ? (packet.view.getUint8(at + 1) + 2) * 4 : 12;
  if (packet.family !== 6) return 0;
  if (header === FRAGMENT) return 8;
  if (!isOptionHeader(header)) return 0;
  return known ? (packet.view.getUint8(at + 1) + 1) * 8 : 8;
}

/** Hop-by-hop options, routing, destination options, HIP, Shim6: next header, length in 8 bytes without the first 8. */
function isOptionHeader(header: number): boolean {
  return header === 0 || header === 43 || header === 60 || header === 139 || header === 140;
}

const tooShort = {
  protocol: 'ipv6',
  code: 'extension-too-short',
  text: 'An extension header is longer than what is left of the packet.',
};
const badAuthentication = {
  protocol: 'ah',
  code: 'bad-length',
  text: 'The length of an authentication header is below 12 bytes.',
};
