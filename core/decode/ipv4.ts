import { deeper } from './depth.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import type { Decode, Protocol } from './protocol.ts';
import { shortPacket } from './short.ts';

/**
 * IPv4 (RFC 791). Also IP in IP (RFC 2003, protocol 4). Checksums are not judged: captures on the sending host have them
 * unfinished.
 */
export const ipv4: Protocol = {
  name: 'ipv4',
  routes: { etherType: [0x0800], ipProtocol: [4], ppp: [0x21] },
  // What waits for its other fragments belongs to the session; whoever hears of its end first accounts for it.
  open: () => ({ decode: decodeIpv4, finish: (packet) => packet.fragments.finish(packet) }),
};

export function decodeIpv4(packet: Packet, at: number, end: number): void {
  const { view } = packet;
  if (end - at < 20) return shortPacket(packet, tooShort);
  const first = view.getUint8(at);
  const headerLength = (first & 0x0f) * 4;
  if (first >>> 4 !== 4 || headerLength < 20) return badHeader(packet, first, at, end);
  if (headerLength > end - at) return shortPacket(packet, tooShort);
  if (packet.family !== 0 && !deeper(packet)) return;
  const total = view.getUint16(at + 2);
  let last = end;
  // Zero: the sender's network card cuts the packet (TCP segmentation offload); then it reaches to the end of the capture.
  if (total !== 0) {
    if (total < headerLength) {
      packet.faults.note(badLength, packet.frame);
    } else if (at + total <= end) {
      last = at + total;
    } else if (packet.missing === 0) {
      packet.faults.note(lengthBeyond, packet.frame);
    }
  }
  packet.family = 4;
  packet.networkAt = packet.origin === null ? at : -1;
  packet.ttl = view.getUint8(at + 8);
  packet.ipId = view.getUint16(at + 4);
  packet.src = packet.addresses.v4(packet.bytes, view, at + 12);
  packet.dst = packet.addresses.v4(packet.bytes, view, at + 16);
  const protocol = view.getUint8(at + 9);
  const fragment = view.getUint16(at + 6) & 0x3fff;
  if (fragment === 0) {
    return (packet.routes.ipProtocol[protocol] as Decode)(packet, at + headerLength, last);
  }
  const wireEnd = packet.missing > 0 ? Math.max(last, at + total) : last;
  packet.fragments.take(
    packet,
    protocol,
    (fragment & 0x1fff) * 8,
    (fragment & 0x2000) !== 0,
    at + headerLength,
    last,
    wireEnd,
  );
}

/** A tunnel or link header that says IPv4 where IPv6 follows is believed less than the packet. */
function badHeader(packet: Packet, first: number, at: number, end: number): void {
  packet.faults.note(first >>> 4 === 6 ? otherVersion : badFirstByte, packet.frame);
  if (first >>> 4 === 6) return packet.routes.etherType(0x86dd)(packet, at, end);
  packet.outcome = Outcome.Malformed;
}

const tooShort = {
  protocol: 'ipv4',
  code: 'too-short',
  text: 'The IPv4 header is longer than what is left of the packet.',
};
const otherVersion = {
  protocol: 'ipv4',
  code: 'version-6',
  text: 'The layer below says IPv4, but IPv6 follows; it is read as that.',
};
const badFirstByte = {
  protocol: 'ipv4',
  code: 'bad-header',
  text: 'Version is not 4, or the header length is below 20 bytes.',
};
const badLength = {
  protocol: 'ipv4',
  code: 'bad-length',
  text: 'Total length is below the header length; the packet is read to its end.',
};
const lengthBeyond = {
  protocol: 'ipv4',
  code: 'length-beyond-packet',
  text: 'Total length reaches beyond the packet; it is read to its end.',
};
