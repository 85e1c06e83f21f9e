import { Outcome } from './ledger.ts';
import { isMediaForm } from './media-form.ts';
import { sipPayload } from './sip-payload.ts';
import { Transport, type Packet } from './packet.ts';

/*
 * HEP version 3 ("EEP", github.com/sipcapture/HEP): `HEP3`, the length of all in two bytes, then chunks of vendor, type
 * and length (its own 6 bytes included). An agent tells what it saw elsewhere: the addresses in the chunks are those of
 * the message. The time in the chunks (9, 10) is left for later: the packet keeps the time of the capture.
 */

const MAGIC = 0x48_45_50_33;

/** Whether HEP version 3 begins at `at`, on any port. */
export function isHep3(packet: Packet, at: number, end: number): boolean {
  return end - at >= 12 && packet.view.getUint32(at) === MAGIC && packet.view.getUint16(at + 4) >= 12;
}

/** For streams: the length of the HEP packet that begins at `at`; 0 where there are too few bytes to tell; -1 where none begins. */
export function hep3Length(bytes: Uint8Array, at: number, end: number): number {
  const known = Math.min(4, end - at);
  for (let i = 0; i < known; i++) if (bytes[at + i] !== ((MAGIC >>> (24 - 8 * i)) & 0xff)) return -1;
  if (end - at < 6) return 0;
  const length = ((bytes[at + 4] as number) << 8) | (bytes[at + 5] as number);
  return length < 12 ? -1 : length;
}

/** Chunk types of vendor 0. */
const PROTOCOL = 2;
const V4_SOURCE = 3;
const V4_DESTINATION = 4;
const V6_SOURCE = 5;
const V6_DESTINATION = 6;
const SOURCE_PORT = 7;
const DESTINATION_PORT = 8;
const PAYLOAD_TYPE = 11;
const PAYLOAD = 15;
const COMPRESSED_PAYLOAD = 16;

/**
 * One HEP packet, out of a datagram or framed out of a stream by `hep3Length`; `isHep3` has to hold. While the payload
 * is handed on, addresses and ports of the packet are those the chunks give.
 */
export function decodeHep3(packet: Packet, at: number, end: number): void {
  const { view, bytes, src, dst, sport, dport } = packet;
  const last = Math.min(end, at + view.getUint16(at + 4));
  let payload = 0;
  let payloadEnd = 0;
  let payloadType = 0;
  let protocol = 17;
  let compressed = false;
  for (let next = at + 6; last - next >= 6;) {
    const type = view.getUint16(next) === 0 ? view.getUint16(next + 2) : 0;
    const length = view.getUint16(next + 4);
    if (length < 6) break;
    const value = next + 6;
    next += length;
    const size = Math.min(next, last) - value;
    if (type === PROTOCOL && size >= 1) protocol = view.getUint8(value);
    else if (type === V4_SOURCE && size >= 4) packet.src = packet.addresses.v4(bytes, view, value);
    else if (type === V4_DESTINATION && size >= 4) packet.dst = packet.addresses.v4(bytes, view, value);
    else if (type === V6_SOURCE && size >= 16) packet.src = packet.addresses.v6(bytes, value);
    else if (type === V6_DESTINATION && size >= 16) packet.dst = packet.addresses.v6(bytes, value);
    else if (type === SOURCE_PORT && size >= 2) packet.sport = view.getUint16(value);
    else if (type === DESTINATION_PORT && size >= 2) packet.dport = view.getUint16(value);
    else if (type === PAYLOAD_TYPE && size >= 1) payloadType = view.getUint8(value);
    else if (type === PAYLOAD || type === COMPRESSED_PAYLOAD) {
      compressed = type === COMPRESSED_PAYLOAD;
      payload = value;
      payloadEnd = value + size;
    }
  }
  packet.outcome = Outcome.OtherUdp;
  if (compressed) packet.faults.note(compressedPayload, packet.frame);
  else if (payloadType === 1) sipPayload(packet, payload, payloadEnd, transportOf(protocol));
  else if (isMediaForm(packet, payload, payloadEnd)) {
    packet.outcome = Outcome.Media;
    packet.mediaSink.media(packet, payload, payloadEnd);
  }
  packet.src = src;
  packet.dst = dst;
  packet.sport = sport;
  packet.dport = dport;
}

/** IP protocol number as a transport; agents write 22 for TLS and 50 for WebSocket, which have no number. */
export function transportOf(protocol: number): Transport {
  if (protocol === 6) return Transport.TCP;
  if (protocol === 132) return Transport.SCTP;
  if (protocol === 22) return Transport.TLS;
  return protocol === 50 ? Transport.WS : Transport.UDP;
}

const compressedPayload = {
  protocol: 'hep',
  code: 'compressed',
  text: 'The payload of a HEP packet is compressed, which is not read.',
};
