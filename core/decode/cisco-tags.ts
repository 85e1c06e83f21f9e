import { deeper } from './depth.ts';
import { afterAddresses } from './ethernet.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** VN-Tag (IEEE 802.1BR's forerunner): 4 bytes, then the type. */
export const vnTag = stateless('vn-tag', { etherType: [0x8926] }, (packet, at, end) => behind(packet, at + 4, end));

/** Cisco metadata with a security group tag: version, length, option, tag in 6 bytes, then the type. */
export const ciscoMetadata = stateless('cisco-metadata', { etherType: [0x8909] }, (packet, at, end) =>
  behind(packet, at + 6, end),
);

function behind(packet: Packet, at: number, end: number): void {
  if (!deeper(packet)) return;
  if (end - at < 2) return shortPacket(packet, tooShort);
  afterAddresses(packet, at, end);
}

const tooShort = {
  protocol: 'cisco-tag',
  code: 'too-short',
  text: 'The packet ends within a tag or the type behind it.',
};
