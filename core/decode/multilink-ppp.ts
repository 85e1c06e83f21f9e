import { Outcome } from './ledger.ts';
import { afterAddressAndControl } from './ppp.ts';
import { deeper } from './depth.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** Multilink PPP (RFC 1990 3.): read where one fragment is the whole packet, with long sequence numbers, as negotiated by default. */
export const multilinkPpp = stateless('multilink-ppp', { ppp: [0x3d] }, (packet, at, end) => {
  if (!deeper(packet)) return;
  if (end - at < 4) return shortPacket(packet, tooShort);
  if ((packet.view.getUint8(at) & 0xc0) === 0xc0) return afterAddressAndControl(packet, at + 4, end);
  packet.outcome = Outcome.NotIp;
});

const tooShort = {
  protocol: 'multilink-ppp',
  code: 'too-short',
  text: 'A multilink header takes 4 bytes; the packet ends before.',
};
