import { deeper } from './depth.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/**
 * PPP (RFC 1661), with or without the address and control bytes of HDLC (RFC 1662 3.1). LINKTYPE_PPP 9 and
 * LINKTYPE_PPP_HDLC 50, where Cisco's HDLC is found as well; also in GRE (0x880b).
 */
export const ppp = stateless('ppp', { linkType: [9, 50], etherType: [0x880b] }, decodePpp);

/** Cisco HDLC (RFC 1547 4.3.1): address, control, EtherType. LINKTYPE_C_HDLC 104. */
export const ciscoHdlc = stateless('cisco-hdlc', { linkType: [104] }, decodeCiscoHdlc);

/** A byte in front that tells the direction: LINKTYPE_PPP_WITH_DIR 204. */
export const pppWithDirection = stateless('ppp-with-direction', { linkType: [204] }, (packet, at, end) =>
  decodePpp(packet, at + 1, end),
);

/** The direction stands where the address was: LINKTYPE_PPP_PPPD 166. */
export const pppd = stateless('pppd', { linkType: [166] }, (packet, at, end) => {
  const framed = end - at >= 2 && packet.view.getUint8(at + 1) === 0x03;
  afterAddressAndControl(packet, framed ? at + 2 : at, end);
});

export function decodePpp(packet: Packet, at: number, end: number): void {
  if (!deeper(packet)) return;
  if (end - at < 2) return shortPacket(packet, tooShort);
  const first = packet.view.getUint16(at);
  if (first === 0x0f00 || first === 0x8f00) return decodeCiscoHdlc(packet, at, end);
  afterAddressAndControl(packet, first === 0xff03 ? at + 2 : at, end);
}

/** The protocol field: two bytes, or one that is odd (RFC 1661 6.5). */
export function afterAddressAndControl(packet: Packet, at: number, end: number): void {
  if (end - at < 2) return shortPacket(packet, tooShort);
  const { view } = packet;
  const compressed = (view.getUint8(at) & 1) !== 0;
  const protocol = compressed ? view.getUint8(at) : view.getUint16(at);
  const next = packet.routes.ppp.get(protocol);
  if (next !== undefined) return next(packet, at + (compressed ? 1 : 2), end);
  packet.outcome = Outcome.NotIp;
}

function decodeCiscoHdlc(packet: Packet, at: number, end: number): void {
  if (!deeper(packet)) return;
  if (end - at < 4) return shortPacket(packet, tooShort);
  packet.routes.etherType(packet.view.getUint16(at + 2))(packet, at + 4, end);
}

const tooShort = { protocol: 'ppp', code: 'too-short', text: 'The packet ends before the PPP protocol field does.' };
