import { byFamily } from './loopback.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** Solaris IP observability, LINKTYPE_IPNET 226: version, family, and 22 bytes more before the IP packet. */
export const ipnet = stateless('ipnet', { linkType: [226] }, (packet, at, end) => {
  if (end - at < 24) return shortPacket(packet, tooShort);
  byFamily(packet, packet.view.getUint8(at + 1), at + 24, end);
});

const tooShort = {
  protocol: 'ipnet',
  code: 'too-short',
  text: 'The packet ends within the 24 bytes of the IPNET header.',
};
