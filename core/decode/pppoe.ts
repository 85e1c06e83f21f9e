import { deeper } from './depth.ts';
import { Outcome } from './ledger.ts';
import { afterAddressAndControl } from './ppp.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** PPP over Ethernet, session stage (RFC 2516 4, 6): 6 bytes, then PPP from its protocol field on. LINKTYPE_PPP_ETHER 51. */
export const pppoe = stateless('pppoe', { linkType: [51], etherType: [0x8864] }, (packet, at, end) => {
  if (!deeper(packet)) return;
  if (end - at < 6) return shortPacket(packet, tooShort);
  const { view } = packet;
  if (view.getUint8(at + 1) !== 0) {
    packet.outcome = Outcome.NotIp;
    return;
  }
  const length = view.getUint16(at + 4);
  const room = end - at - 6;
  if (length > room && packet.missing === 0) packet.faults.note(lengthBeyond, packet.frame);
  afterAddressAndControl(packet, at + 6, at + 6 + Math.min(length, room));
});

const tooShort = {
  protocol: 'pppoe',
  code: 'too-short',
  text: 'A PPPoE header takes 6 bytes; the packet ends before.',
};
const lengthBeyond = {
  protocol: 'pppoe',
  code: 'length-beyond-packet',
  text: 'The PPPoE length reaches beyond the packet; it is read to its end.',
};
