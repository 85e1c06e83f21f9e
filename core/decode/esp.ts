import { openNull } from './esp-null.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** IP Encapsulating Security Payload (RFC 4303). What was learnt of the associations is in `packet.associations`. */
export const esp = stateless('esp', { ipProtocol: [50] }, decodeEsp);

/**
 * What is behind an IP header of protocol 50, or in UDP on port 4500 (RFC 3948). Packets that are not encrypted are opened;
 * others are counted. SPIs up to 255 are reserved (2.1), and used all the same: Kamailio's P-CSCF begins with 100.
 */
export function decodeEsp(packet: Packet, at: number, end: number): void {
  if (end - at < HEADER) return shortPacket(packet, tooShort);
  packet.outcome = Outcome.Esp;
  const { view, associations } = packet;
  const spi = view.getUint32(at);
  if (spi === 0) return packet.faults.note(noSpi, packet.frame);
  const association = associations.of(packet.src, packet.dst, spi);
  if (association.arrived(view.getUint32(at + 4), packet.time)) packet.faults.note(replayed, packet.frame);
  if (association.worthALook) openNull(packet, association, at + HEADER, end);
}

/** SPI and sequence number. */
const HEADER = 8;

const tooShort = {
  protocol: 'esp',
  code: 'too-short',
  text: 'ESP begins with 8 bytes of SPI and sequence number; the packet ends before.',
};
const noSpi = {
  protocol: 'esp',
  code: 'no-spi',
  text: 'The SPI is 0, which stands for no security association and is not sent; the packet is not looked into.',
};
const replayed = {
  protocol: 'esp',
  code: 'replayed',
  text: 'A sequence number of a security association came again, later than a copy of one packet in the capture would.',
};
