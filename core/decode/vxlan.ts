import { decodeInnerEthernet } from './ethernet.ts';
import { looksLikeEthernet } from './guess.ts';
import { decodeMpls } from './mpls.ts';
import { decodeNsh } from './nsh.ts';
import { Outcome } from './ledger.ts';
import { decodeIp } from './raw-ip.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';

/**
 * VXLAN (RFC 7348), also on Linux's old port 8472, and its generic extension (draft-ietf-nvo3-vxlan-gpe, port 4790),
 * which names what follows: 8 bytes, then an Ethernet frame or what the fourth byte announces.
 */
export const vxlan = stateless('vxlan', { udpPort: [4789, 4790, 8472] }, decodeVxlan, claimsVxlan);

const VNI_VALID = 0x08;
const HEADER = 8;
const GPE_PORT = 4790;

/** The VNI has to be marked valid. What is to be ignored when received (reserved bits) is ignored. */
function claimsVxlan(packet: Packet, at: number, end: number): boolean {
  if (end - at < HEADER) return false;
  const flags = packet.view.getUint8(at);
  if ((flags & VNI_VALID) === 0) return false;
  return (
    extended(packet, at) ||
    looksLikeEthernet(packet, at + HEADER, end) ||
    (packet.missing > 0 && end - at < HEADER + 14)
  );
}

function decodeVxlan(packet: Packet, at: number, end: number): void {
  if (!extended(packet, at)) return decodeInnerEthernet(packet, at + HEADER, end);
  const next = packet.view.getUint8(at + 3);
  if (next === 1 || next === 2) decodeIp(packet, at + HEADER, end);
  else if (next === 3) decodeInnerEthernet(packet, at + HEADER, end);
  else if (next === 4) decodeNsh(packet, at + HEADER, end);
  else if (next === 5) decodeMpls(packet, at + HEADER, end);
  else packet.outcome = Outcome.NotIp;
}

/** Whether the header names what follows: only with the generic extension. Some leave the P bit out; the byte that names it is 0 in plain VXLAN. */
function extended(packet: Packet, at: number): boolean {
  if (packet.dport !== GPE_PORT && packet.sport !== GPE_PORT) return false;
  const next = packet.view.getUint8(at + 3);
  return next >= 1 && next <= 7;
}
