import { deeper } from './depth.ts';
import { afterAddresses } from './ethernet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/**
 * VLAN tags: IEEE 802.1Q (0x8100), 802.1ad (0x88a8), and the numbers switches used before that for stacked tags. Two
 * bytes of tag, then what follows the addresses in an untagged frame.
 */
export const vlan = stateless('vlan', { etherType: [0x8100, 0x88a8, 0x9100, 0x9200, 0x9300] }, (packet, at, end) => {
  if (!deeper(packet)) return;
  if (end - at < 4) return shortPacket(packet, tooShort);
  afterAddresses(packet, at + 2, end);
});

const tooShort = {
  protocol: 'vlan',
  code: 'too-short',
  text: 'A VLAN tag and the type behind it take 4 bytes; the packet ends before.',
};
