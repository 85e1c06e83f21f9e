import { deeper } from './depth.ts';
import { decodeInnerEthernet } from './ethernet.ts';
import { Outcome } from './ledger.ts';
import { decodeMpls } from './mpls.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { decodeIp } from './raw-ip.ts';
import { shortPacket } from './short.ts';

/** Network Service Header (RFC 8300 2.): length in words, type, next protocol. */
export const nsh = stateless('nsh', { etherType: [0x894f] }, decodeNsh);

export function decodeNsh(packet: Packet, at: number, end: number): void {
  if (!deeper(packet)) return;
  if (end - at < 8) return shortPacket(packet, tooShort);
  const { view } = packet;
  const length = (view.getUint8(at + 1) & 0x3f) * 4;
  if (length < 8 || length > end - at) return shortPacket(packet, tooShort);
  const next = view.getUint8(at + 3);
  if (next === 1 || next === 2) decodeIp(packet, at + length, end);
  else if (next === 3) decodeInnerEthernet(packet, at + length, end);
  else if (next === 4) decodeNsh(packet, at + length, end);
  else if (next === 5) decodeMpls(packet, at + length, end);
  else packet.outcome = Outcome.NotIp;
}

const tooShort = {
  protocol: 'nsh',
  code: 'bad-length',
  text: 'The length of the network service header does not fit into the packet.',
};
