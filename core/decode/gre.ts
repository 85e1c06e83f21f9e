import { Outcome } from './ledger.ts';
import { decodeErspan2, decodeErspan3 } from './erspan.ts';
import { decodeInnerEthernet } from './ethernet.ts';
import { decodePpp } from './ppp.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** GRE: version 0 (RFC 2784, RFC 2890, with the routing field of RFC 1701) and version 1 (PPTP, RFC 2637 4.1). */
export const gre = stateless('gre', { ipProtocol: [47] }, (packet, at, end) => {
  if (end - at < 4) return shortPacket(packet, tooShort);
  const { view } = packet;
  const flags = view.getUint16(at);
  const type = view.getUint16(at + 2);
  const version = flags & 7;
  if (version > 1) {
    packet.outcome = Outcome.OtherIp;
    return;
  }
  let next = at + 4;
  if ((flags & (CHECKSUM | ROUTING)) !== 0) next += 4;
  if ((flags & KEY) !== 0) next += 4;
  if ((flags & SEQUENCE) !== 0) next += 4;
  if (version === 1 && (flags & ACKNOWLEDGMENT) !== 0) next += 4;
  if ((flags & ROUTING) !== 0 && version === 0) next = behindRouting(packet, next, end);
  if (next < 0 || next > end) return shortPacket(packet, tooShort);
  if (version === 1) {
    // Without a sequence number it is only an acknowledgment.
    if ((flags & SEQUENCE) === 0 || next === end) packet.outcome = Outcome.OtherIp;
    else decodePpp(packet, next, end);
    return;
  }
  if (type === 0x88be) {
    // ERSPAN type I has no header of its own and no sequence number; type II has both.
    if ((flags & SEQUENCE) === 0) decodeInnerEthernet(packet, next, end);
    else decodeErspan2(packet, next, end);
  } else if (type === 0x22eb) decodeErspan3(packet, next, end);
  else if (type === WCCP) redirected(packet, next, end);
  else packet.routes.etherType(type)(packet, next, end);
});

const CHECKSUM = 0x8000;
const ROUTING = 0x4000;
const KEY = 0x2000;
const SEQUENCE = 0x1000;
const ACKNOWLEDGMENT = 0x0080;
const WCCP = 0x883e;

/** Source route entries: family, offset, length, addresses; one of family and length 0 ends them. -1 where the packet ends before. */
function behindRouting(packet: Packet, at: number, end: number): number {
  let next = at;
  while (next + 4 <= end) {
    const family = packet.view.getUint16(next);
    const length = packet.view.getUint8(next + 3);
    next += 4 + length;
    if (family === 0 && length === 0) return next;
  }
  return -1;
}

/** Redirected by WCCP: version 2 has a header of 4 bytes before IPv4. */
function redirected(packet: Packet, at: number, end: number): void {
  const plain = at < end && packet.view.getUint8(at) >>> 4 === 4;
  packet.routes.etherType(0x0800)(packet, plain ? at : at + 4, end);
}

const tooShort = { protocol: 'gre', code: 'too-short', text: 'The packet ends within the GRE header.' };
