import { deeper } from './depth.ts';
import { Outcome } from './ledger.ts';
import { decodeIpv4 } from './ipv4.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';

/** IEEE 802.2 LLC where it stands alone: jumbo frames (EtherType 0x8870), ATM (LINKTYPE_ATM_RFC1483 100). */
export const llc = stateless('llc', { linkType: [100], etherType: [0x8870] }, decodeLlc);

/**
 * LLC with SNAP (RFC 1042): AA AA 03, an organisation, an EtherType where the organisation is 0 or 0000F8 (802.1H).
 * 06 06 03 is IPv4 itself. Anything else (STP, ISO, NetBIOS) is not IP.
 */
export function decodeLlc(packet: Packet, at: number, end: number): void {
  packet.outcome = Outcome.NotIp;
  if (end - at < 8) {
    if (packet.missing > 0) packet.outcome = Outcome.CutBySnaplen;
    return;
  }
  const { view } = packet;
  const head = view.getUint32(at);
  const type = view.getUint16(at + 6);
  const organisation = ((head & 0xff) << 16) | view.getUint16(at + 4);
  if (head >>> 8 === 0xaa_aa_03 && (organisation === 0 || organisation === 0xf8)) {
    if (deeper(packet)) packet.routes.etherType(type)(packet, at + 8, end);
  } else if (head >>> 8 === 0x06_06_03) decodeIpv4(packet, at + 3, end);
}
