import type { InsideSink } from '../../decode/esp-inside.ts';
import type { Packet } from '../../decode/packet.ts';

const IPV4 = 4;
const IPV6 = 41;
const ETHERNET = 1;
const SLL = 113;
const SLL2 = 276;
const RAW = 101;

/** What stood in an ESP packet, as an IP packet without ESP. */
export interface PlainPacket {
  readonly family: 4 | 6;
  readonly bytes: Uint8Array;
}

/** Makes IP packets of what is inside ESP: in tunnel mode they stand there, in transport mode the header is made anew. */
export class PlainPackets implements InsideSink {
  /** Of the packet at hand, outermost first; who reads empties it. */
  readonly found: PlainPacket[] = [];

  inside(packet: Packet, next: number, at: number, end: number): void {
    // What is in another ESP packet is in this one too: the innermost counts.
    this.found.length = 0;
    if (next === IPV4 || next === IPV6)
      this.found.push({ family: next === IPV4 ? 4 : 6, bytes: packet.bytes.slice(at, end) });
    else this.found.push(withHeader(packet, next, at, end));
  }
}

/** An IP header (RFC 791 3.1, RFC 8200 3.) with the addresses, identification and time to live that the packet had, and what it carries. */
function withHeader(packet: Packet, next: number, at: number, end: number): PlainPacket {
  const { addresses, src, dst, bytes } = packet;
  const isV4 = packet.family === 4;
  const header = isV4 ? 20 : 40;
  const plain = new Uint8Array(header + (end - at));
  const view = new DataView(plain.buffer);
  plain.set(bytes.subarray(at, end), header);
  if (isV4) {
    plain[0] = 0x45;
    view.setUint16(2, plain.length);
    view.setUint16(4, packet.ipId & 0xffff);
    plain[8] = packet.ttl;
    plain[9] = next;
    plain.set(addresses.bytesOf(src), 12);
    plain.set(addresses.bytesOf(dst), 16);
    view.setUint16(10, checksum(view));
  } else {
    plain[0] = 0x60;
    view.setUint16(4, end - at);
    plain[6] = next;
    plain[7] = packet.ttl;
    plain.set(addresses.bytesOf(src), 8);
    plain.set(addresses.bytesOf(dst), 24);
  }
  return { family: isV4 ? 4 : 6, bytes: plain };
}

/** Of the 20 bytes of an IPv4 header whose checksum is 0 (RFC 1071). */
function checksum(view: DataView): number {
  let sum = 0;
  for (let at = 0; at < 20; at += 2) sum += view.getUint16(at);
  sum = (sum & 0xffff) + (sum >>> 16);
  sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** An IP packet behind the link header of the packet it came in, where there is one that can name it; else as raw IP. */
export function onLink(
  { family, bytes }: PlainPacket,
  linkType: number,
  captured: Uint8Array,
): { readonly linkType: number; readonly bytes: Uint8Array } {
  const type = family === 4 ? 0x0800 : 0x86dd;
  if (linkType === ETHERNET && captured.length >= 14) return behind(captured, 14, 12, type, linkType, bytes);
  if (linkType === SLL && captured.length >= 16) return behind(captured, 16, 14, type, linkType, bytes);
  if (linkType === SLL2 && captured.length >= 20) return behind(captured, 20, 0, type, linkType, bytes);
  return { linkType: RAW, bytes };
}

function behind(
  captured: Uint8Array,
  header: number,
  typeAt: number,
  type: number,
  linkType: number,
  bytes: Uint8Array,
): { readonly linkType: number; readonly bytes: Uint8Array } {
  const whole = new Uint8Array(header + bytes.length);
  whole.set(captured.subarray(0, header));
  whole[typeAt] = type >>> 8;
  whole[typeAt + 1] = type & 0xff;
  whole.set(bytes, header);
  return { linkType, bytes: whole };
}
