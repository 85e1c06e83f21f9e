import { deeper } from './depth.ts';
import { Outcome } from './ledger.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** Endace's extensible record format, LINKTYPE_ERF 197: 16 bytes, extension headers of 8, then what the type says. */
export const erf = stateless('erf', { linkType: [197] }, (packet, at, end) => {
  if (!deeper(packet)) return;
  if (end - at < 16) return shortPacket(packet, tooShort);
  const { view } = packet;
  const type = view.getUint8(at + 8);
  let next = at + 16;
  let more = type >= 0x80;
  while (more) {
    if (end - next < 8) return shortPacket(packet, tooShort);
    more = view.getUint8(next) >= 0x80;
    next += 8;
  }
  const linkType = linkTypeOf(type & 0x7f);
  if (linkType < 0) {
    packet.outcome = Outcome.NotIp;
    return;
  }
  // Ethernet frames stand two bytes further on, so that IP is aligned.
  packet.routes.link(linkType)(packet, linkType === 1 ? next + 2 : next, end);
});

/** The LINKTYPE_ number of a record type: HDLC, Ethernet and IP, plain and with colours, hashes and DSM; -1 for others. */
function linkTypeOf(type: number): number {
  if (type === 1 || type === 10 || type === 15 || type === 17) return 50;
  if (type === 2 || type === 11 || type === 16 || type === 20) return 1;
  if (type === 22) return 228;
  return type === 23 ? 229 : -1;
}

const tooShort = { protocol: 'erf', code: 'too-short', text: 'The packet ends within the ERF header.' };
