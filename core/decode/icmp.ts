import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';

/**
 * ICMP (RFC 792) and ICMPv6 (RFC 4443). An error quotes the packet that caused it, SIP and all: that is no message on
 * its way; only between whom it went is noted (refusals.ts).
 */
export const icmp = stateless('icmp', { ipProtocol: [1, 58] }, (packet) => {
  packet.outcome = Outcome.Icmp;
  packet.refusals.note(packet);
});

/** Bytes of an ICMP error before what it quotes. */
const HEADER = 8;
const UDP = 17;
const TCP = 6;

/**
 * What tells a UDP datagram or TCP segment from others on its way: addresses, ports, and for UDP identification and
 * length, for TCP the sequence number. `at` is where its IP header is in `bytes`, of which `end` is the end; a quotation
 * may break off 8 bytes behind the IP header (RFC 792). Checksums are left out: before the network card they are not
 * made yet. Null where there is too little, for later fragments, and for what is neither.
 */
export function packetMark(bytes: Uint8Array, view: DataView, at: number, end: number): string | null {
  if (at < 0 || end - at < 20 + 8) return null;
  const version = (bytes[at] as number) >>> 4;
  let transport: number;
  let protocol: number;
  let identification = 0;
  let addresses: Uint8Array;
  if (version === 4) {
    if ((view.getUint16(at + 6) & 0x1fff) !== 0) return null;
    transport = at + ((bytes[at] as number) & 0x0f) * 4;
    protocol = bytes[at + 9] as number;
    identification = view.getUint16(at + 4);
    addresses = bytes.subarray(at + 12, at + 20);
  } else if (version === 6 && end - at >= 40 + 8) {
    transport = at + 40;
    protocol = bytes[at + 6] as number;
    addresses = bytes.subarray(at + 8, at + 40);
  } else return null;
  if (transport + 8 > end || transport < at + 20 || (protocol !== UDP && protocol !== TCP)) return null;
  const own = protocol === UDP ? `${identification} ${view.getUint16(transport + 4)}` : view.getUint32(transport + 4);
  return `${protocol} ${addresses.join('.')} ${view.getUint32(transport)} ${own}`;
}

/**
 * Where in `packet.bytes` the IP header begins that an ICMP error quotes; -1 where the packet, one whose outcome is
 * Icmp, is no error, or was put together or opened.
 */
export function quotedAt({ bytes, networkAt, end }: Packet): number {
  if (networkAt < 0 || end - networkAt < 40) return -1;
  const isV6 = (bytes[networkAt] as number) >>> 4 === 6;
  if (isV6 && bytes[networkAt + 6] !== 58) return -1;
  const at = networkAt + (isV6 ? 40 : ((bytes[networkAt] as number) & 0x0f) * 4);
  if (at + HEADER >= end) return -1;
  const type = bytes[at] as number;
  // RFC 4443 2.1: errors are below 128. RFC 792: unreachable, source quench, redirect, time exceeded, parameter problem.
  const isError = isV6 ? type < 128 : [3, 4, 5, 11, 12].includes(type);
  return isError ? at + HEADER : -1;
}
