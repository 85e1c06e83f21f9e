import { isHep3, decodeHep3 } from './hep3.ts';
import { Outcome } from './ledger.ts';
import { isMediaForm } from './media-form.ts';
import { otherDatagram } from './other-datagrams.ts';
import { Transport, type Packet } from './packet.ts';
import { sipDespiteFirstLine } from './sip-despite.ts';
import { sipPayload } from './sip-payload.ts';
import { SipPort } from './sip-ports.ts';

/** What a UDP datagram holds, told by its content; ports only help where content is silent. */
export function datagram(packet: Packet, at: number, end: number): void {
  const { routes, sport, dport } = packet;
  const routed = (routes.udpPorts[dport] as number) | (routes.udpPorts[sport] as number);
  if (routed === 0 && isMediaForm(packet, at, end)) {
    packet.outcome = Outcome.Media;
    packet.mediaSink.media(packet, at, end);
    return;
  }
  if (at >= end) {
    packet.outcome = packet.missing > 0 ? Outcome.CutBySnaplen : Outcome.OtherUdp;
    return;
  }
  if (sipPayload(packet, at, end, Transport.UDP)) return;
  if (routed !== 0) {
    const decode = routes.udpPort(dport, packet, at, end) ?? routes.udpPort(sport, packet, at, end);
    if (decode !== null) return decode(packet, at, end);
    if (isMediaForm(packet, at, end)) {
      packet.outcome = Outcome.Media;
      packet.mediaSink.media(packet, at, end);
      return;
    }
  }
  if (isHep3(packet, at, end)) return decodeHep3(packet, at, end);
  packet.outcome = otherDatagram(packet, at, end);
  if (packet.outcome !== Outcome.OtherUdp) return;
  if (packet.missing > 0 && end - at < LEAST) packet.outcome = Outcome.CutBySnaplen;
  else onSipPort(packet, at, end);
}

/** With fewer bytes of a datagram nothing can be told of it. */
const LEAST = 12;

/** A datagram that nothing recognised, to or from a port where SIP is expected. */
function onSipPort(packet: Packet, at: number, end: number): void {
  const expected = Math.max(packet.sipPorts[packet.dport] as number, packet.sipPorts[packet.sport] as number);
  if (expected === SipPort.None) return;
  if (isKeepAlive(packet, at, end)) {
    packet.outcome = Outcome.KeepAlive;
    return;
  }
  if (expected === SipPort.Forced && sipDespiteFirstLine(packet, at, end)) return;
  packet.outcome = Outcome.NotSipOnSipPort;
  if (packet.view.getUint8(at) >= 0xf8) packet.faults.note(compressed, packet.frame);
}

/** What phones send to keep a NAT open besides CRLF: up to eight bytes of zeros and white space, or `jaK`. */
function isKeepAlive(packet: Packet, at: number, end: number): boolean {
  if (end - at > 8) return false;
  const { bytes } = packet;
  if (end - at >= 3 && bytes[at] === 0x6a && bytes[at + 1] === 0x61 && bytes[at + 2] === 0x4b) return true;
  for (let next = at; next < end; next++) {
    const byte = bytes[next] as number;
    if (byte !== 0 && byte !== 0x20 && byte !== 13 && byte !== 10) return false;
  }
  return true;
}

const compressed = {
  protocol: 'udp',
  code: 'sigcomp',
  text: 'A datagram on a SIP port begins like compressed SIP (SigComp, RFC 3320), which is not read.',
};
