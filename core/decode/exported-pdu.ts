import { Outcome } from './ledger.ts';
import { isMediaForm } from './media-form.ts';
import { Transport } from './packet.ts';
import { stateless } from './protocol.ts';
import { decodeIp } from './raw-ip.ts';
import { shortPacket } from './short.ts';
import { sipPayload } from './sip-payload.ts';

/**
 * What Wireshark writes with "Export PDUs to File", LINKTYPE_WIRESHARK_UPPER_PDU 252: tags of type and length that tell
 * the dissector's name, addresses and ports; then the payload, often decrypted or put together before.
 */
export const exportedPdu = stateless('exported-pdu', { linkType: [252] }, (packet, at, end) => {
  const { view, bytes, addresses } = packet;
  packet.src = packet.dst = packet.sport = packet.dport = 0;
  packet.networkAt = packet.ipId = -1;
  let transport: Transport = Transport.UDP;
  let isIp = false;
  let next = at;
  for (;;) {
    if (end - next < 4) return shortPacket(packet, tooShort);
    const type = view.getUint16(next);
    const length = view.getUint16(next + 2);
    const value = next + 4;
    if (length > end - value) return shortPacket(packet, tooShort);
    next = value + length;
    if (type === END) break;
    if (type === DISSECTOR) isIp = isName(bytes, value, length, 'ip') || isName(bytes, value, length, 'ipv6');
    else if (type === V4_SOURCE && length >= 4) packet.src = addresses.v4(bytes, view, value);
    else if (type === V4_DESTINATION && length >= 4) packet.dst = addresses.v4(bytes, view, value);
    else if (type === V6_SOURCE && length >= 16) packet.src = addresses.v6(bytes, value);
    else if (type === V6_DESTINATION && length >= 16) packet.dst = addresses.v6(bytes, value);
    else if (type === PORT_TYPE && length >= 4) transport = transportOf(view.getUint32(value));
    else if (type === SOURCE_PORT && length >= 4) packet.sport = view.getUint32(value) & 0xffff;
    else if (type === DESTINATION_PORT && length >= 4) packet.dport = view.getUint32(value) & 0xffff;
  }
  if (isIp) return decodeIp(packet, next, end);
  // The payload is looked at, whatever the dissector is called: SIP is exported as `sip`, `sip.tcp` or by a heuristic.
  if (sipPayload(packet, next, end, transport)) return;
  if (transport === Transport.UDP && isMediaForm(packet, next, end)) {
    packet.outcome = Outcome.Media;
    packet.mediaSink.media(packet, next, end);
  } else packet.outcome = byTransport(transport);
});

const END = 0;
const DISSECTOR = 12;
const V4_SOURCE = 20;
const V4_DESTINATION = 21;
const V6_SOURCE = 22;
const V6_DESTINATION = 23;
const PORT_TYPE = 24;
const SOURCE_PORT = 25;
const DESTINATION_PORT = 26;

/** Wireshark's own numbers of transports; other than SCTP and TCP are taken for UDP. */
function transportOf(type: number): Transport {
  if (type === 1) return Transport.SCTP;
  return type === 2 ? Transport.TCP : Transport.UDP;
}

function byTransport(transport: Transport): Outcome {
  if (transport === Transport.SCTP) return Outcome.OtherSctp;
  return transport === Transport.TCP ? Outcome.OtherTcp : Outcome.OtherUdp;
}

/** Names are padded with zeros to four bytes. */
function isName(bytes: Uint8Array, at: number, length: number, name: string): boolean {
  if (length < name.length || (length > name.length && bytes[at + name.length] !== 0)) return false;
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name.charCodeAt(i)) return false;
  return true;
}

const tooShort = {
  protocol: 'exported-pdu',
  code: 'too-short',
  text: 'The packet ends within the tags of an exported PDU.',
};
