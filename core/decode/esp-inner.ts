import { addsUp, addsUpWithAddresses } from './checksum.ts';
import type { Packet } from './packet.ts';
import { looksLikeSip } from './sip-start.ts';

/** How much speaks for bytes being what a next header says they are (RFC 5879 8.3). */
export const Evidence = {
  None: 0,
  /** The header is sound: with the trailer that leads to it, random bytes are once in some 2^27 times or less. */
  Likely: 1,
  /** There is a checksum that is right, or SIP, or as much besides: once in 2^37 times or less. */
  Certain: 2,
} as const;
export type Evidence = (typeof Evidence)[keyof typeof Evidence];

const ICMP = 1;
const IPV4 = 4;
const TCP = 6;
const UDP = 17;
const IPV6 = 41;
const GRE = 47;
const ICMPV6 = 58;
const SCTP = 132;

/** What speaks for `packet.bytes[at, end)` being a whole packet of `protocol` (IP protocol numbers), as a stack sends it. */
export function evidence(packet: Packet, protocol: number, at: number, end: number): Evidence {
  switch (protocol) {
    case UDP:
      return ofUdp(packet, at, end);
    case TCP:
      return ofTcp(packet, at, end);
    case IPV4:
      return isIpv4(packet, at, end) && addsUp(packet, at, at + headerLength(packet, at))
        ? Evidence.Certain
        : Evidence.None;
    case IPV6:
      return ofIpv6(packet, at, end);
    case ICMP:
      return isIcmp(packet, 4, icmpTypes, at, end) && addsUp(packet, at, end) ? Evidence.Certain : Evidence.None;
    case ICMPV6:
      return isIcmp(packet, 6, icmpV6Types, at, end) && addsUpWithAddresses(packet, ICMPV6, at, end)
        ? Evidence.Certain
        : Evidence.None;
    case GRE:
      return ofGre(packet, at, end);
    case SCTP:
      return isSctp(packet, at, end) ? Evidence.Likely : Evidence.None;
    default:
      return Evidence.None;
  }
}

/** Whether `packet.bytes[at, end)` can be a packet of `protocol`, given that what stands there is not encrypted. */
export function fits(packet: Packet, protocol: number, at: number, end: number): boolean {
  const room = end - at;
  switch (protocol) {
    case UDP: {
      const length = room < 8 ? 0 : packet.view.getUint16(at + 4);
      // Shorter with padding that hides how long datagrams are (RFC 4303 2.7).
      return length >= 8 && length <= room;
    }
    case TCP: {
      const header = room < 20 ? 0 : (packet.view.getUint8(at + 12) >>> 4) * 4;
      return header >= 20 && header <= room;
    }
    case IPV4:
      return isIpv4(packet, at, end);
    case IPV6:
      return isIpv6(packet, at, end);
    default:
      return true;
  }
}

/**
 * The protocol that `packet.bytes[at, end)` is most likely the beginning of, where the capture did not keep the trailer that
 * says so: `wireEnd` is where the payload with its padding would end. 0 where nothing fits.
 */
export function protocolOfCut(packet: Packet, at: number, end: number, wireEnd: number): number {
  const kept = end - at;
  if (kept < 8) return 0;
  if (kept >= 20 && isIpv4(packet, at, wireEnd) && addsUp(packet, at, Math.min(end, at + headerLength(packet, at))))
    return IPV4;
  if (kept >= 40 && isIpv6(packet, at, wireEnd)) return IPV6;
  const length = packet.view.getUint16(at + 4);
  const padding = wireEnd - at - length;
  if (length >= 8 && padding >= 0 && padding <= 255) return UDP;
  return kept >= 20 && isTcp(packet, at, wireEnd) ? TCP : 0;
}

function ofUdp(packet: Packet, at: number, end: number): Evidence {
  const { view } = packet;
  if (end - at < 8 || view.getUint16(at + 4) !== end - at || view.getUint16(at + 2) === 0) return Evidence.None;
  const isCertain =
    view.getUint16(at + 6) === 0 ||
    addsUpWithAddresses(packet, UDP, at, end) ||
    looksLikeSip(packet.bytes, at + 8, end);
  return isCertain ? Evidence.Certain : Evidence.Likely;
}

function ofTcp(packet: Packet, at: number, end: number): Evidence {
  if (!isTcp(packet, at, end)) return Evidence.None;
  const data = at + (packet.view.getUint8(at + 12) >>> 4) * 4;
  return addsUpWithAddresses(packet, TCP, at, end) || looksLikeSip(packet.bytes, data, end)
    ? Evidence.Certain
    : Evidence.Likely;
}

/** Ports, a header that fits, flags that go together (RFC 9293 3.1), an urgent pointer only where its flag says so. */
function isTcp({ view }: Packet, at: number, end: number): boolean {
  if (end - at < 20) return false;
  const offset = view.getUint8(at + 12);
  const flags = view.getUint8(at + 13);
  const header = (offset >>> 4) * 4;
  // Three reserved bits; the fourth is in use (RFC 9768).
  if (header < 20 || header > end - at || (offset & 0x0e) !== 0) return false;
  if ((flags & URG) === 0 && view.getUint16(at + 18) !== 0) return false;
  const opening = flags & (FIN | SYN | RST);
  if (opening !== 0 && opening !== FIN && opening !== SYN && opening !== RST) return false;
  return (
    ((flags & ACK) !== 0 || opening === SYN || opening === RST) &&
    view.getUint16(at) !== 0 &&
    view.getUint16(at + 2) !== 0
  );
}

const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;
const URG = 32;

function isIpv4({ view }: Packet, at: number, end: number): boolean {
  if (end - at < 20 || view.getUint8(at) >>> 4 !== 4) return false;
  const header = (view.getUint8(at) & 15) * 4;
  const total = view.getUint16(at + 2);
  return header >= 20 && total >= header && total <= end - at;
}

function headerLength({ view }: Packet, at: number): number {
  return (view.getUint8(at) & 15) * 4;
}

function isIpv6({ view }: Packet, at: number, end: number): boolean {
  return end - at >= 40 && view.getUint8(at) >>> 4 === 6 && 40 + view.getUint16(at + 4) <= end - at;
}

/** IPv6 has no checksum: its length has to be exact, its next header one that is in use, and so its addresses. */
function ofIpv6(packet: Packet, at: number, end: number): Evidence {
  const { view } = packet;
  if (!isIpv6(packet, at, end) || 40 + view.getUint16(at + 4) !== end - at) return Evidence.None;
  const isCertain =
    nextHeaders.has(view.getUint8(at + 6)) && isInUse(view.getUint8(at + 8)) && isInUse(view.getUint8(at + 24));
  return isCertain ? Evidence.Certain : Evidence.None;
}

const nextHeaders: ReadonlySet<number> = new Set([
  0,
  IPV4,
  TCP,
  UDP,
  IPV6,
  43,
  44,
  GRE,
  50,
  51,
  ICMPV6,
  59,
  60,
  89,
  SCTP,
]);

/** The first byte of addresses that were given out: special ones, 2000::/3, 5f00::/16, fc00::/7, fe80::/10, ff00::/8. */
function isInUse(first: number): boolean {
  return first === 0 || first >>> 5 === 1 || first === 0x5f || first >= 0xfc;
}

function isIcmp({ family, view }: Packet, of: number, types: ReadonlySet<number>, at: number, end: number): boolean {
  return family === of && end - at >= 8 && types.has(view.getUint8(at)) && view.getUint8(at + 1) <= 15;
}

/** Errors, echo, and what routers and neighbours say (RFC 792; RFC 4443, 4861, 2710, 3810). */
const icmpTypes: ReadonlySet<number> = new Set([0, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14]);
const icmpV6Types: ReadonlySet<number> = new Set([1, 2, 3, 4, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 143]);

/** Version 0 (RFC 2784, RFC 2890) with IP or Ethernet inside. */
function ofGre({ view }: Packet, at: number, end: number): Evidence {
  if (end - at < 24 || (view.getUint16(at) & 0x4fff) !== 0) return Evidence.None;
  const type = view.getUint16(at + 2);
  return type === 0x0800 || type === 0x86dd || type === 0x6558 ? Evidence.Likely : Evidence.None;
}

/** Chunks of known types that fill the packet to the end (RFC 9260 3.). */
function isSctp({ view }: Packet, at: number, end: number): boolean {
  if (end - at < 16 || view.getUint16(at) === 0 || view.getUint16(at + 2) === 0) return false;
  let next = at + 12;
  while (next + 4 <= end) {
    const type = view.getUint8(next);
    const length = view.getUint16(next + 2);
    if (length < 4 || (type > 14 && type !== 64 && (type < 0x80 || type > 0x84) && type < 0xc0)) return false;
    next += (length + 3) & ~3;
  }
  return next === end;
}
