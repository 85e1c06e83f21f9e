import type { EspAssociation } from './esp-association.ts';
import { openNull } from './esp-null.ts';
import { openWithKeys } from './esp-keys.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** IP Encapsulating Security Payload (RFC 4303). What was learnt of the associations is in `packet.associations`. */
export const esp = stateless('esp', { ipProtocol: [50] }, decodeEsp);

/**
 * What is behind an IP header of protocol 50, or in UDP on port 4500 (RFC 3948). Packets are opened with keys, where
 * `packet.ring` has some that fit, and without where they are not encrypted; others are counted. SPIs up to 255 are
 * reserved (2.1), and used all the same: Kamailio's P-CSCF begins with 100.
 */
export function decodeEsp(packet: Packet, at: number, end: number): void {
  if (end - at < HEADER) return shortPacket(packet, tooShort);
  packet.outcome = Outcome.Esp;
  const { view, associations, frame, ring } = packet;
  const spi = view.getUint32(at);
  if (spi === 0) return packet.faults.note(noSpi, frame);
  if (end - at < LEAST && packet.missing === 0) return packet.faults.note(tooShort, frame);
  if (ring !== null && ring.ahead !== null) ring.ahead.settle();
  const association = associations.of(packet.src, packet.dst, spi);
  arrives(packet, association, view.getUint32(at + 4));
  if (ring !== null && openWithKeys(packet, ring, association, at, end)) return;
  if (association.worthALook) openNull(packet, association, at + HEADER, end);
}

/** Takes note of a packet of an association, with this sequence number. */
export function arrives({ frame, time, faults }: Packet, association: EspAssociation, sequence: number): void {
  if (association.arrived(sequence, time)) faults.note(replayed, frame);
  if (association.jumped) faults.note(jumped, frame);
  association.seenPackets += 1;
  if (association.firstFrame === 0) association.firstFrame = frame;
  association.lastFrame = frame;
}

/** SPI and sequence number. */
export const HEADER = 8;
/** These, padding to four bytes, its length and the next header (RFC 4303 2.). */
const LEAST = 12;

const tooShort = {
  protocol: 'esp',
  code: 'too-short',
  text: 'ESP has 8 bytes of SPI and sequence number and a trailer; the packet ends before.',
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
const jumped = {
  protocol: 'esp',
  code: 'sequence-jump',
  text: 'A sequence number is more than 16 million ahead of all before in its security association; the packet is looked into all the same.',
};
