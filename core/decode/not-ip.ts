import { Outcome } from './ledger.ts';
import { stateless } from './protocol.ts';

/**
 * EtherTypes of frames that carry no IP: ARP, wake-on-LAN, RARP, CDP-like and link protocols. Naming them tells a frame
 * from rubbish where an Ethernet header has to be guessed (MPLS, VXLAN, GTP-U).
 */
export const notIp = stateless(
  'not-ip',
  {
    etherType: [
      0x0806, 0x0842, 0x2000, 0x8035, 0x8808, 0x8809, 0x8863, 0x888e, 0x88b7, 0x88cc, 0x88f5, 0x8902, 0x8906, 0x8914,
      0x9000,
    ],
  },
  (packet) => {
    packet.outcome = Outcome.NotIp;
  },
);
