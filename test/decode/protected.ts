import * as build from '../../fixtures/builder/index.ts';
import { message } from './carriers.ts';
import type { Captured, Decoding } from './decoding.ts';

/** ESP for tests: packets between a phone and its proxy. */

export const phone = { host: '192.0.2.1', port: 40_001 };
export const proxy = { host: '198.51.100.2', port: 5061 };
export const phone6 = { host: '2001:db8::1', port: 40_001 };
export const proxy6 = { host: '2001:db8::2', port: 5061 };

/** The phone's messages, before they are protected. */
export const packet4 = build.udpPacket(phone, proxy, message);
export const packet6 = build.udpPacket(phone6, proxy6, message);

/** An IP packet in ESP (transport mode), in an Ethernet frame. */
export function protectedFrame(packet: Uint8Array, header: Partial<build.EspHeader> = {}): Uint8Array {
  return build.ethernetOf(build.espTransport({ spi: 0x1000, sequence: 1, ...header }, packet));
}

/** What the phone sends to the proxy in IP protocol 50, in an Ethernet frame. */
export function espFrame(bytes: Uint8Array, from = phone.host, to = proxy.host): Uint8Array {
  return build.ethernetOf(build.ip(from, to, 50, bytes));
}

/** Feeds packets in ESP, with sequence numbers from `first` on, and returns what each was counted as. */
export function feedProtected(
  decoding: Decoding,
  packets: readonly Uint8Array[],
  {
    first = 1,
    how = {},
    ...header
  }: Partial<build.EspHeader> & { readonly first?: number; readonly how?: Captured } = {},
): string[] {
  return packets.map((packet, index) =>
    decoding.feed(protectedFrame(packet, { ...header, sequence: first + index }), how),
  );
}

/** The transport's checksum, at this offset behind the IPv4 header, is made wrong, as address translation leaves it. */
export function withBadChecksum(packet: Uint8Array, offset: number): Uint8Array {
  const changed = packet.slice();
  changed[20 + offset] = (changed[20 + offset] as number) ^ 0x55;
  return changed;
}

/** RTP from the phone to the proxy. */
export function rtpPacket(sequence: number): Uint8Array {
  return build.udpPacket(
    { ...phone, port: 40_100 },
    { ...proxy, port: 30_000 },
    build.concat(build.u16(0x8000, sequence), new Uint8Array(168)),
  );
}
