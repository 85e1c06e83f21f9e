import { datagram } from './datagram.ts';
import { arrives } from './esp.ts';
import { becomePlain } from './esp-keys.ts';
import { Icv, type EspAhead } from './esp-lock.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';

const ETHERNET = 1;
const ETHERNET_HEADER = 14;

/**
 * The usual packet of a security association whose key is proven, all of it in one look: what was found ahead of it says
 * that its headers are plain, its ICV is right, and there is a UDP datagram inside. Then it is as if the decoders of all
 * these layers had been there, and true is returned. Anything else is left to them: false, and nothing has changed.
 * `packet.begin()` comes before.
 */
export function usualEsp(packet: Packet): boolean {
  const { ring } = packet;
  const ahead = ring === null ? null : ring.ahead;
  if (ahead === null || !ahead.isOn || packet.missing !== 0 || packet.insideSink !== null || !ahead.usual(packet)) {
    return false;
  }
  ahead.settle();
  const { addresses, bytes, view } = packet;
  const { ip, espAt } = ahead;
  const src = addresses.v4(bytes, view, ip + 12);
  const dst = addresses.v4(bytes, view, ip + 16);
  const association = packet.associations.of(src, dst, view.getUint32(espAt));
  const number = association.numbers[Icv.Good] as number;
  if (association.lock !== ahead.lock || association.packets === 0 || number === 0) return false;
  arrives(packet, association, view.getUint32(espAt + 4));
  association.unlocked += 1;
  association.opened(packet.frame);
  association.verdicts[Icv.Good] = (association.verdicts[Icv.Good] as number) + 1;
  tellUsualEsp(packet, ahead, number);
  return true;
}

/** Goes on with what is inside a packet that was opened ahead, once its association knows of it: opened in the way with this number. */
export function tellUsualEsp(packet: Packet, ahead: EspAhead, number: number): void {
  const { addresses, bytes, view } = packet;
  const { ip, udpAt, udpEnd, isMedia } = ahead;
  packet.family = 4;
  packet.networkAt = ip;
  packet.ttl = view.getUint8(ip + 8);
  packet.ipId = view.getUint16(ip + 4);
  packet.src = addresses.v4(bytes, view, ip + 12);
  packet.dst = addresses.v4(bytes, view, ip + 16);
  packet.outcome = Outcome.Esp;
  packet.association = number;
  packet.depth = packet.linkType === ETHERNET && ip !== packet.start + ETHERNET_HEADER ? 2 : 1;
  const plain = ahead.bytes;
  if (plain === null) {
    inside(packet, udpAt, udpEnd, isMedia);
    return;
  }
  becomePlain(packet, ahead.espAt, ahead.espEnd, ahead.at, plain, ahead.view);
  inside(packet, udpAt, udpEnd, isMedia);
  packet.bytes = bytes;
  packet.view = view;
  packet.origin = null;
}

/** The UDP datagram at `packet.bytes[at, end)`. */
function inside(packet: Packet, at: number, end: number, isMedia: boolean): void {
  const { view, routes } = packet;
  const sport = view.getUint16(at);
  const dport = view.getUint16(at + 2);
  packet.sport = sport;
  packet.dport = dport;
  if (isMedia && ((routes.udpPorts[dport] as number) | (routes.udpPorts[sport] as number)) === 0) {
    packet.outcome = Outcome.Media;
    packet.mediaSink.media(packet, at + 8, end);
  } else datagram(packet, at + 8, end);
}
