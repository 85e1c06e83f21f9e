import { quotedAt } from './icmp.ts';
import type { Packet } from './packet.ts';

/** ICMP errors about SIP that are kept. Who floods has said it by then. */
export const MOST_REFUSALS = 4096;

const UDP = 17;
const UDP_HEADER = 8;

/** An ICMP error about a datagram with SIP: who sent it, and between which ends the datagram went. Addresses are numbers. */
export interface Refusal {
  readonly frame: number;
  /** Nanoseconds since the session's base. */
  readonly time: number;
  /** 4 or 6: types and codes differ. */
  readonly family: number;
  readonly type: number;
  readonly code: number;
  readonly by: number;
  readonly src: number;
  readonly sport: number;
  readonly dst: number;
  readonly dport: number;
}

/** What routers and hosts said of datagrams with SIP that did not arrive (RFC 792, RFC 4443), in the order of the capture. */
export class Refusals {
  readonly list: Refusal[] = [];

  /** Takes a packet whose outcome is Icmp; nothing where it is no error, or not about SIP over UDP. */
  note(packet: Packet): void {
    if (this.list.length >= MOST_REFUSALS) return;
    const at = quotedAt(packet);
    if (at < 0) return;
    const { bytes, view, end, addresses } = packet;
    const family = (bytes[at] as number) >>> 4;
    if (family !== 4 && family !== 6) return;
    const header = family === 4 ? ((bytes[at] as number) & 0x0f) * 4 : 40;
    const udp = at + header;
    if (header < 20 || udp + UDP_HEADER > end) return;
    if (bytes[at + (family === 4 ? 9 : 6)] !== UDP) return;
    // A later fragment has no ports.
    if (family === 4 && (view.getUint16(at + 6) & 0x1fff) !== 0) return;
    const sport = view.getUint16(udp);
    const dport = view.getUint16(udp + 2);
    if (!isSip(packet, udp + UDP_HEADER, sport, dport)) return;
    const icmp = at - UDP_HEADER;
    this.list.push({
      frame: packet.frame,
      time: packet.time,
      family,
      type: bytes[icmp] as number,
      code: bytes[icmp + 1] as number,
      by: packet.src,
      src: family === 4 ? addresses.v4(bytes, view, at + 12) : addresses.v6(bytes, at + 8),
      sport,
      dst: family === 4 ? addresses.v4(bytes, view, at + 16) : addresses.v6(bytes, at + 24),
      dport,
    });
  }
}

/** SIP begins with a capital letter or two, media never does; where the quotation ends before that (RFC 792 asks for 8 bytes), the ports tell. */
function isSip({ bytes, end, sipPorts }: Packet, at: number, sport: number, dport: number): boolean {
  if (at + 2 > end) return sipPorts[sport] !== 0 || sipPorts[dport] !== 0;
  return isCapital(bytes[at] as number) && isCapital(bytes[at + 1] as number);
}

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

/** `port unreachable`; `type 3, code 7` for what has no name. */
export function refusalWords({ family, type, code }: Pick<Refusal, 'family' | 'type' | 'code'>): string {
  const named = (family === 4 ? words4 : words6)[`${type}.${code}`] ?? (family === 4 ? words4 : words6)[String(type)];
  return named ?? `type ${type}, code ${code}`;
}

/** RFC 792, RFC 1122 3.2.2.1, RFC 1812 5.2.7.1. */
const words4: Readonly<Partial<Record<string, string>>> = {
  '3.0': 'network unreachable',
  '3.1': 'host unreachable',
  '3.2': 'protocol unreachable',
  '3.3': 'port unreachable',
  '3.4': 'too big, and must not be fragmented',
  '3.9': 'prohibited by a firewall',
  '3.10': 'prohibited by a firewall',
  '3.13': 'prohibited by a firewall',
  '3': 'unreachable',
  '11': 'too many hops (TTL)',
};

/** RFC 4443 3. */
const words6: Readonly<Partial<Record<string, string>>> = {
  '1.0': 'no route',
  '1.1': 'prohibited by a firewall',
  '1.3': 'host unreachable',
  '1.4': 'port unreachable',
  '1': 'unreachable',
  '2': 'too big',
  '3': 'too many hops (hop limit)',
};
