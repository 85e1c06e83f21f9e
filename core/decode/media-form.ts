import type { Packet } from './packet.ts';

/**
 * Whether `packet.bytes[at, end)` has the form of RTP or RTCP (RFC 3550 5.1, 6.1): version 2, and a header that fits. Told
 * apart from each other as RFC 5761 4. says: second byte 192 to 223 is RTCP. SRTP and SRTCP have the same form.
 */
export function isMediaForm(packet: Packet, at: number, end: number): boolean {
  const { view } = packet;
  const room = end - at;
  if (room < 8) return false;
  const head = view.getUint32(at);
  if (head >>> 30 !== 2) return false;
  const second = (head >>> 16) & 0xff;
  if (second >= 192 && second <= 223) return ((head & 0xffff) + 1) * 4 <= room || packet.missing > 0;
  return room >= 12 + ((head >>> 24) & 15) * 4;
}
