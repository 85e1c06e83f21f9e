import type { EspAssociation } from './esp-association.ts';
import { fit, Fit, found } from './esp-fit.ts';
import { goOnInside, isCut } from './esp-inside.ts';
import { Icv, type EspLock, type EspRing } from './esp-lock.ts';
import { Extents } from './extents.ts';
import type { Packet } from './packet.ts';

/** Bytes of a packet that was not opened, kept to try on it what is learnt later; of a longer one none are. */
const MAX_SAMPLE = 4096;

/**
 * Opens an ESP packet, `packet.bytes[at, end)` from its SPI on, with a key that the packet proves: by its ICV, and by what
 * is inside. True where all is done that can be; false where it is to be looked at as if no key were known. What speaks
 * against keys is noted in the association.
 */
export function openWithKeys(
  packet: Packet,
  ring: EspRing,
  association: EspAssociation,
  at: number,
  end: number,
): boolean {
  // Without its end there is no ICV and no trailer.
  if (isCut(packet, end)) return false;
  const { lock } = association;
  if (lock !== null && fit(packet, association, lock, at, end, true) === Fit.Opens) {
    goOn(packet, association, lock, at, end);
    return true;
  }
  if (association.worthTrying(ring.version)) {
    const other = prove(packet, ring, association, at, end);
    if (other !== null) {
      goOn(packet, lock === null ? association : succeed(packet, association, at), other, at, end);
      return true;
    }
  }
  if (lock !== null) {
    damaged(packet, association, lock, at, end);
    return true;
  }
  association.before += 1;
  if (association.sample === null && association.listed !== 0 && end - at <= MAX_SAMPLE) {
    association.sample = packet.bytes.slice(at, end);
  }
  return false;
}

/** Whether packets that were not opened with a key would have been, had all been known from the start that is known now. */
export function wouldOpen(packet: Packet, ring: EspRing, association: EspAssociation): boolean {
  const { sample, lock } = association;
  if (sample === null || association.before === 0) return false;
  const { bytes, view } = packet;
  packet.begin();
  // Nothing stands behind it.
  packet.upcoming = null;
  packet.bytes = sample;
  packet.view = new DataView(sample.buffer, sample.byteOffset, sample.length);
  packet.src = association.src;
  packet.dst = association.dst;
  packet.family = packet.addresses.family(association.dst);
  const locks = lock === null ? ring.locksFor(association) : [lock];
  const opens = locks.some((one) => fit(packet, association, one, 0, sample.length, one === lock) === Fit.Opens);
  packet.bytes = bytes;
  packet.view = view;
  return opens;
}

/** The first key that the packet proves, of those that may be its; null where there is none, and then it is noted what spoke against them. */
function prove(packet: Packet, ring: EspRing, association: EspAssociation, at: number, end: number): EspLock | null {
  let wrong: EspLock | null = null;
  let isCipher = false;
  for (const lock of ring.locksFor(association)) {
    if (lock === association.lock) continue;
    const result = fit(packet, association, lock, at, end, false);
    if (result === Fit.Opens) return lock;
    if (!lock.isMeant) continue;
    if (result === Fit.Nonsense && found.icv === Icv.Good) {
      isCipher = true;
      wrong = lock;
    }
    wrong ??= lock;
  }
  association.tries += 1;
  if (wrong !== null && association.lock === null) {
    association.wrong = wrong;
    association.wrongCipher = isCipher;
  }
  return null;
}

/** Another key than before fits: the SPI was used again, for another association that begins with this packet. */
function succeed(packet: Packet, before: EspAssociation, at: number): EspAssociation {
  const association = packet.associations.replace(before);
  before.seenPackets -= 1;
  association.seenPackets = 1;
  association.firstFrame = association.lastFrame = packet.frame;
  association.arrived(packet.view.getUint32(at + 4), packet.time);
  return association;
}

/** A packet that the key of its association does not fit: what is inside is shown where it speaks for itself. */
function damaged(packet: Packet, association: EspAssociation, lock: EspLock, at: number, end: number): void {
  const result = fit(packet, association, lock, at, end, false, true);
  const isBad = found.icv === Icv.Bad;
  packet.faults.note(isBad ? badIcv : nonsense, packet.frame);
  if (result === Fit.Opens) goOn(packet, association, lock, at, end);
  else association.verdicts[found.icv] = (association.verdicts[found.icv] as number) + 1;
}

/** Makes what was decrypted of the ESP packet `packet.bytes[at, end)` the packet’s bytes; it begins at `from` of them. */
export function becomePlain(
  packet: Packet,
  at: number,
  end: number,
  from: number,
  bytes: Uint8Array,
  view: DataView,
): void {
  packet.origin = madeOf(packet, at, end, from);
  packet.bytes = bytes;
  packet.view = view;
}

/** Goes on with what was found inside `packet.bytes[at, end)`. */
function goOn(packet: Packet, association: EspAssociation, lock: EspLock, at: number, end: number): void {
  const { icv, next, at: from, end: to } = found;
  association.lock = lock;
  association.unlocked += 1;
  if (!lock.encrypted) return goOnInside(packet, association, icv, icv, lock, next, from, to);
  const { bytes, view, origin } = packet;
  becomePlain(packet, at, end, found.from, found.bytes, found.view);
  goOnInside(packet, association, icv, icv, lock, next, from, to);
  packet.bytes = bytes;
  packet.view = view;
  packet.origin = origin;
}

/** Where what was decrypted came from; `from` is where it begins in its bytes. */
function madeOf({ origin, position, start }: Packet, at: number, end: number, from: number): Extents {
  const extents = origin === null ? whole : origin.slice(at, end);
  extents.made = true;
  if (origin === null) {
    extents.starts[0] = from;
    extents.lengths[0] = end - at;
    extents.positions[0] = position + (at - start);
  }
  return extents;
}

/** Used again for each packet that stands in the capture as it is; within one there are no others, and who keeps pieces takes a slice. */
const whole = new Extents();

const badIcv = {
  protocol: 'esp',
  code: 'bad-icv',
  text: 'A packet’s integrity check value is not the one its security association’s key gives; it was changed on its way, or is another key’s.',
};
const nonsense = {
  protocol: 'esp',
  code: 'nonsense-inside',
  text: 'A packet’s key is right, and what is inside has no sound trailer (padding, its length, next header) or nothing that fits; it is left alone.',
};
