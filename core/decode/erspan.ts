import { decodeInnerEthernet } from './ethernet.ts';
import type { Packet } from './packet.ts';
import { shortPacket } from './short.ts';

/** ERSPAN type II in GRE (draft-foschiano-erspan): 8 bytes, then the mirrored frame. */
export function decodeErspan2(packet: Packet, at: number, end: number): void {
  if (end - at < 8) return shortPacket(packet, tooShort);
  decodeInnerEthernet(packet, at + 8, end);
}

/** ERSPAN type III: 12 bytes, 8 more with the O bit, then a frame, or an IP packet where the frame type says so. */
export function decodeErspan3(packet: Packet, at: number, end: number): void {
  if (end - at < 12) return shortPacket(packet, tooShort);
  const bits = packet.view.getUint16(at + 10);
  const next = at + ((bits & 1) === 0 ? 12 : 20);
  if (((bits >>> 10) & 0x1f) !== 2) return decodeInnerEthernet(packet, next, end);
  const ip = next < end && packet.view.getUint8(next) >>> 4 === 6 ? 0x86dd : 0x0800;
  packet.routes.etherType(ip)(packet, next, end);
}

const tooShort = { protocol: 'erspan', code: 'too-short', text: 'The packet ends within the ERSPAN header.' };
