import type { Packet } from './packet.ts';

/*
 * The Internet's checksum (RFC 1071), for those who want proof that bytes are what they look like. No decoder judges it:
 * captures on the sending host have it unfinished.
 */

/** Whether the 16-bit words of `packet.bytes[at, end)`, the checksum among them, add up as they should. */
export function addsUp(packet: Packet, at: number, end: number): boolean {
  return isWhole(sum(packet, at, end));
}

/** The same together with the pseudo header of the packet's addresses (RFC 768, RFC 9293 3.1, RFC 8200 8.1). */
export function addsUpWithAddresses(packet: Packet, protocol: number, at: number, end: number): boolean {
  const { addresses, src, dst } = packet;
  const pseudo = sumOf(addresses.bytesOf(src)) + sumOf(addresses.bytesOf(dst)) + protocol;
  return isWhole(pseudo + (end - at) + sum(packet, at, end));
}

function isWhole(total: number): boolean {
  let folded = total;
  while (folded > 0xffff) folded = (folded % 0x10000) + Math.floor(folded / 0x10000);
  return folded === 0xffff;
}

function sum({ view }: Packet, at: number, end: number): number {
  let total = 0;
  let next = at;
  for (; next + 2 <= end; next += 2) total += view.getUint16(next);
  return next < end ? total + (view.getUint8(next) << 8) : total;
}

function sumOf(address: Uint8Array): number {
  let total = 0;
  for (let at = 0; at < address.length; at += 2) total += ((address[at] as number) << 8) | (address[at + 1] as number);
  return total;
}
