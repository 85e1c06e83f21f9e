import { decodeLlc } from './llc.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** Linux "cooked" capture, LINKTYPE_LINUX_SLL 113: what the `any` interface gives. 14 bytes, then an EtherType. */
export const sll = stateless('sll', { linkType: [113] }, (packet, at, end) => {
  if (end - at < 16) return shortPacket(packet, tooShort);
  cooked(packet, packet.view.getUint16(at + 2), packet.view.getUint16(at + 14), at + 16, end);
});

/** Its second version, LINKTYPE_LINUX_SLL2 276: the type comes first, 20 bytes in all. */
export const sll2 = stateless('sll2', { linkType: [276] }, (packet, at, end) => {
  if (end - at < 20) return shortPacket(packet, tooShort);
  cooked(packet, packet.view.getUint16(at + 8), packet.view.getUint16(at), at + 20, end);
});

const NETLINK = 824;

function cooked(packet: Packet, hardware: number, type: number, at: number, end: number): void {
  // On netlink interfaces the field is a netlink family.
  if (hardware === NETLINK) packet.outcome = Outcome.NotIp;
  else if (type >= 0x600) packet.routes.etherType(type)(packet, at, end);
  else if (type === 4) decodeLlc(packet, at, end);
  else packet.outcome = Outcome.NotIp;
}

const tooShort = {
  protocol: 'sll',
  code: 'too-short',
  text: 'The packet ends within the header of the cooked capture.',
};
