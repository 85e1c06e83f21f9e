import { deeper } from './depth.ts';
import type { EspAssociation } from './esp-association.ts';
import type { Icv, Suite } from './esp-lock.ts';
import { upperLayer } from './extension-headers.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';

const IPV4 = 4;
const TCP = 6;
const UDP = 17;
const IPV6 = 41;

/** Who is told what was inside ESP packets. */
export interface InsideSink {
  /** What `next` names was inside: `packet.bytes[at, end)`, without padding. Addresses are those of the header before. */
  inside(packet: Packet, next: number, at: number, end: number): void;
}

/** Whether the capture may not have kept the end of the ESP packet that ends at `end`. */
export function isCut(packet: Packet, end: number): boolean {
  return packet.missing > 0 && (packet.origin !== null || end === packet.end);
}

/**
 * Goes on with what was inside an ESP packet: `packet.bytes[at, end)`, which the next header `next` names. `opening` is a
 * place in `EspAssociation.numbers`; `icv` and `suite` are what is known of how it was opened.
 */
export function goOnInside(
  packet: Packet,
  association: EspAssociation,
  opening: number,
  icv: Icv,
  suite: Suite,
  next: number,
  at: number,
  end: number,
): void {
  const number = packet.associations.numberOf(association, opening, icv, suite);
  if (number === 0) {
    packet.faults.note(tooMany, packet.frame);
    packet.outcome = Outcome.LimitReached;
    return;
  }
  if (association.packets === 0) {
    association.isTunnel = next === IPV4 || next === IPV6;
    if ((next === UDP || next === TCP) && end - at >= 4) {
      association.sport = packet.view.getUint16(at);
      association.dport = packet.view.getUint16(at + 2);
    }
  }
  association.opened(packet.frame);
  association.verdicts[icv] = (association.verdicts[icv] as number) + 1;
  packet.association = number;
  packet.insideSink?.inside(packet, next, at, end);
  if (deeper(packet)) upperLayer(packet, next, at, end, end);
}

const tooMany = {
  protocol: 'esp',
  code: 'association-limit',
  text: 'More security associations could be read than are numbered; the packets of the others are left out.',
};
