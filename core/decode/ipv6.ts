import { deeper } from './depth.ts';
import { upperLayer } from './extension-headers.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** IPv6 (RFC 8200). Also IPv6 in IP (RFC 4213, RFC 2473; protocol 41). */
export const ipv6 = stateless('ipv6', { etherType: [0x86dd], ipProtocol: [41], ppp: [0x57] }, decodeIpv6);

export function decodeIpv6(packet: Packet, at: number, end: number): void {
  const { view } = packet;
  if (end - at < 40) return shortPacket(packet, tooShort);
  if (view.getUint8(at) >>> 4 !== 6) return badHeader(packet, at, end);
  if (packet.family !== 0 && !deeper(packet)) return;
  const next = view.getUint8(at + 6);
  const payload = payloadLength(packet, at, end, next);
  let last = end;
  let wireEnd = end;
  if (payload !== 0) {
    if (at + 40 + payload <= end) last = wireEnd = at + 40 + payload;
    else if (packet.missing === 0) packet.faults.note(lengthBeyond, packet.frame);
    else wireEnd = at + 40 + payload;
  }
  packet.family = 6;
  packet.networkAt = packet.origin === null ? at : -1;
  packet.ttl = view.getUint8(at + 7);
  packet.ipId = -1;
  packet.src = packet.addresses.v6(packet.bytes, at + 8);
  packet.dst = packet.addresses.v6(packet.bytes, at + 24);
  upperLayer(packet, next, at + 40, last, wireEnd);
}

/**
 * Bytes behind the header. 0 stands for "to the end": the field is 0 in jumbograms, whose length is in a hop-by-hop
 * option (RFC 2675 2), and in what a network card has yet to cut (segmentation offload).
 */
function payloadLength(packet: Packet, at: number, end: number, next: number): number {
  const { view } = packet;
  const field = view.getUint16(at + 4);
  if (field !== 0 || next !== 0 || end - at < 48) return field;
  const last = Math.min(end, at + 48 + view.getUint8(at + 41) * 8);
  let option = at + 42;
  while (option < last) {
    const type = view.getUint8(option);
    if (type === 0) {
      option += 1;
      continue;
    }
    if (type === 0xc2) return option + 6 <= last && view.getUint8(option + 1) === 4 ? view.getUint32(option + 2) : 0;
    if (option + 1 >= last) return 0;
    option += 2 + view.getUint8(option + 1);
  }
  return 0;
}

/** A tunnel or link header that says IPv6 where IPv4 follows is believed less than the packet. */
function badHeader(packet: Packet, at: number, end: number): void {
  const isV4 = packet.view.getUint8(at) >>> 4 === 4;
  packet.faults.note(isV4 ? otherVersion : badVersion, packet.frame);
  if (isV4) return packet.routes.etherType(0x0800)(packet, at, end);
  packet.outcome = Outcome.Malformed;
}

const tooShort = {
  protocol: 'ipv6',
  code: 'too-short',
  text: 'An IPv6 header takes 40 bytes; the packet ends before.',
};
const otherVersion = {
  protocol: 'ipv6',
  code: 'version-4',
  text: 'The layer below says IPv6, but IPv4 follows; it is read as that.',
};
const badVersion = {
  protocol: 'ipv6',
  code: 'bad-version',
  text: 'Something says that IPv6 follows, but the version is not 6.',
};
const lengthBeyond = {
  protocol: 'ipv6',
  code: 'length-beyond-packet',
  text: 'The payload length reaches beyond the packet; it is read to its end.',
};
