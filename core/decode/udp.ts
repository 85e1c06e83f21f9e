import { datagram } from './datagram.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** UDP (RFC 768). A length of 0 means "to the end" (jumbograms, offload); one beyond the packet is a fault and read to the end. */
export const udp = stateless('udp', { ipProtocol: [17] }, (packet, at, end) => {
  if (end - at < 8) return shortPacket(packet, tooShort);
  const { view } = packet;
  packet.sport = view.getUint16(at);
  packet.dport = view.getUint16(at + 2);
  const length = view.getUint16(at + 4);
  let last = end;
  if (length >= 8) {
    if (at + length <= end) last = at + length;
    else if (packet.missing === 0) packet.faults.note(lengthBeyond, packet.frame);
  } else if (length !== 0) {
    packet.faults.note(badLength, packet.frame);
  }
  datagram(packet, at + 8, last);
});

const tooShort = { protocol: 'udp', code: 'too-short', text: 'A UDP header takes 8 bytes; the packet ends before.' };
const badLength = {
  protocol: 'udp',
  code: 'bad-length',
  text: 'The UDP length is below 8; the datagram is read to the end of the packet.',
};
const lengthBeyond = {
  protocol: 'udp',
  code: 'length-beyond-packet',
  text: 'The UDP length reaches beyond the packet; it is read to its end.',
};
