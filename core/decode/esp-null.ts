import { Opening, takeAsNull } from './esp-associations.ts';
import { Learnt, type EspAssociation } from './esp-association.ts';
import { Evidence, evidence, fits, protocolOfCut } from './esp-inner.ts';
import { goOnInside, isCut } from './esp-inside.ts';
import { layouts, payloadEnd, type Layout } from './esp-layouts.ts';
import { Icv, type Suite } from './esp-lock.ts';
import type { Packet } from './packet.ts';

/**
 * Goes on with what is inside an ESP packet, `packet.bytes[at, end)` behind the sequence number, where it is not encrypted
 * (RFC 2410): told without keys as RFC 5879 8. says, and remembered in the association. One packet decides where its trailer
 * and the header inside are sound and a checksum or SIP bears them out; else two that agree. Where nothing can be
 * read, the outcome stays as it is.
 */
export function openNull(packet: Packet, association: EspAssociation, at: number, end: number): void {
  if (association.learnt === Learnt.Null) return known(packet, association, at, end);
  // Without its end a packet says nothing of how long the ICV is.
  if (isCut(packet, end)) return;
  const found = learn(packet, association, at, end);
  if (found < 0) {
    association.failed();
    return;
  }
  takeAsNull(association, found);
  known(packet, association, at, end);
}

/** The layout of the packet, an index of `layouts`; -1 where it is encrypted, or may be. */
function learn(packet: Packet, association: EspAssociation, at: number, end: number): number {
  // All that is encrypted or authenticated is padded to a multiple of four (RFC 4303 2.4), and so are vectors and ICVs.
  if (((end - at) & 3) !== 0) return -1;
  const { bytes, view } = packet;
  let likely = -1;
  for (let index = 0; index < layouts.length; index++) {
    const { iv, icv } = layouts[index] as Layout;
    const last = payloadEnd(bytes, at + iv, end - icv);
    if (last < 0) continue;
    const found = evidence(packet, bytes[end - icv - 1] as number, at + iv, last);
    if (found === Evidence.Certain) return index;
    if (found === Evidence.Likely && likely < 0) likely = index;
  }
  if (likely < 0) return -1;
  const word = view.getUint32(at + (layouts[likely] as Layout).iv);
  return association.agrees(likely, word) ? likely : -1;
}

/** A packet of an association that is not encrypted. */
function known(packet: Packet, association: EspAssociation, at: number, end: number): void {
  const { bytes } = packet;
  const { iv, icv } = layouts[association.layout] as Layout;
  const inner = at + iv;
  const last = payloadEnd(bytes, inner, end - icv);
  const next = last < 0 ? 0 : (bytes[end - icv - 1] as number);
  if (last >= 0 && fits(packet, next, inner, last)) return goOn(packet, association, next, inner, last);
  if (isCut(packet, end)) {
    const protocol = protocolOfCut(packet, inner, end, end + packet.missing - icv - 2);
    if (protocol !== 0) goOn(packet, association, protocol, inner, end);
    return;
  }
  packet.faults.note(unreadable, packet.frame);
  if (association.failed()) packet.associations.replace(association);
}

function goOn(packet: Packet, association: EspAssociation, next: number, at: number, end: number): void {
  const { wrong } = association;
  // The key that should be its own is not: a guess is all there is.
  if (wrong !== null && !wrong.encrypted && wrong.icv > 0) {
    const suite: Suite = { encryption: 'null', authentication: wrong.authentication, keySource: 'null-heuristic' };
    return goOnInside(packet, association, Opening.GuessedBad, Icv.Bad, suite, next, at, end);
  }
  const number = association.numbers[Opening.Guessed] as number;
  const suite = number === 0 ? guessed(packet, association) : none;
  goOnInside(packet, association, Opening.Guessed, Icv.Unchecked, suite, next, at, end);
}

/** What is known of a packet that was opened without a key: how many bytes authenticate it, and what was agreed on. */
function guessed({ ring }: Packet, association: EspAssociation): Suite {
  const { encryption, icv } = layouts[association.layout] as Layout;
  const authenticated = encryption === 'null' && icv > 0;
  const authentication = authenticated ? (ring?.agreedAuthentication(association) ?? 'unknown') : 'none';
  return { encryption, authentication, keySource: 'null-heuristic' };
}

const none: Suite = { encryption: 'null', authentication: 'unknown', keySource: 'null-heuristic' };
const unreadable = {
  protocol: 'esp',
  code: 'unreadable',
  text: 'A packet of a security association without encryption has no trailer, or nothing that fits inside; it is left alone.',
};
