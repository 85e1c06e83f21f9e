import * as build from '../../fixtures/builder/index.ts';
import { Decoding } from './decoding.ts';

/* A SIP message that is too long for one packet, and its fragments. */

export const alice = { host: '192.0.2.1', port: 5060 };
export const bob = { host: '198.51.100.2', port: 5060 };
export const alice6 = { host: '2001:db8::1', port: 5060 };
export const bob6 = { host: '2001:db8::2', port: 5060 };

export const invite = (callId: string, length = 3000): Uint8Array =>
  build.sip({
    start: 'INVITE sip:bob@example.org SIP/2.0',
    headers: [['Call-ID', callId]],
    body: Uint8Array.from({ length }, (_, i) => 97 + (i % 26)),
  });
export const message = invite('a');

export function datagram(payload: Uint8Array, isV6 = false): Uint8Array {
  const [from, to] = isV6 ? [alice6, bob6] : [alice, bob];
  return build.udp({ src: from.host, dst: to.host, sport: from.port, dport: to.port }, payload);
}

export type Ranges = readonly (readonly [number, number])[];

/** Fragments of a datagram as Ethernet frames. */
export function v4(payload: Uint8Array, ranges: Ranges, id = 7, protocol = 17): Uint8Array[] {
  return build.ipv4Fragments({ src: alice.host, dst: bob.host, protocol, id }, payload, ranges).map(inEthernet);
}

export function v6(
  payload: Uint8Array,
  ranges: Ranges,
  id = 7,
  extensions: readonly build.Extension[] = [],
): Uint8Array[] {
  const header = { src: alice6.host, dst: bob6.host, nextHeader: 17, extensions };
  return build.ipv6Fragments(header, id, payload, ranges).map(inEthernet);
}

export function inEthernet(packet: Uint8Array): Uint8Array {
  return build.ethernet({}, packet);
}

export const whole = datagram(message);
export const whole6 = datagram(message, true);
export const three: Ranges = [
  [0, 1480],
  [1480, 2960],
  [2960, whole.length],
];

export function feedAll(
  frames: readonly Uint8Array[],
  decoding = new Decoding(),
): { decoding: Decoding; outcomes: string[] } {
  return { decoding, outcomes: frames.map((frame) => decoding.feed(frame)) };
}
