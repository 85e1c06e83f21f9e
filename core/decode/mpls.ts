import { deeper } from './depth.ts';
import { decodeInnerEthernet } from './ethernet.ts';
import { looksLikeEthernet, looksLikeIp } from './guess.ts';
import { Outcome } from './ledger.ts';
import { decodeIp } from './raw-ip.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** MPLS (RFC 3032; in IP: RFC 4023, in UDP: RFC 7510). LINKTYPE_MPLS 219. */
export const mpls = stateless(
  'mpls',
  { linkType: [219], etherType: [0x8847, 0x8848], ipProtocol: [137], ppp: [0x0281, 0x0283], udpPort: [6635] },
  decodeMpls,
  (packet, at, end) => {
    const bottom = bottomOfStack(packet, at, end);
    return bottom !== 0 && (looksLikeIp(packet, bottom, end) || looksLikeEthernet(packet, bottom, end));
  },
);

/** A stack of labels says nowhere what it carries: IP by its version (RFC 4928 3.), else a pseudowire of Ethernet, with or without control word (RFC 4448 4.6). */
export function decodeMpls(packet: Packet, at: number, end: number): void {
  if (!deeper(packet)) return;
  const bottom = bottomOfStack(packet, at, end);
  if (bottom === 0) return shortPacket(packet, tooShort);
  if (bottom >= end) {
    packet.outcome = packet.missing > 0 ? Outcome.CutBySnaplen : Outcome.NotIp;
    return;
  }
  if (looksLikeIp(packet, bottom, end)) return decodeIp(packet, bottom, end);
  const first = packet.view.getUint8(bottom) >>> 4;
  if (first === 0 && looksLikeEthernet(packet, bottom + 4, end)) return decodeInnerEthernet(packet, bottom + 4, end);
  if (looksLikeEthernet(packet, bottom, end)) return decodeInnerEthernet(packet, bottom, end);
  // Not plausible, but it says so: let the IP decoder tell what is wrong with it.
  if (first === 4 || first === 6) return decodeIp(packet, bottom, end);
  packet.outcome = Outcome.NotIp;
}

/** Where the last label of the stack ends; 0 where the packet ends before. */
function bottomOfStack(packet: Packet, at: number, end: number): number {
  for (let label = at; label + 4 <= end; label += 4) if ((packet.view.getUint8(label + 2) & 1) !== 0) return label + 4;
  return 0;
}

const tooShort = { protocol: 'mpls', code: 'too-short', text: 'The packet ends within the stack of labels.' };
