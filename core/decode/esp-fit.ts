import type { EspAssociation } from './esp-association.ts';
import { Evidence, evidence, fits } from './esp-inner.ts';
import { payloadEnd } from './esp-layouts.ts';
import { Icv, type EspAhead, type EspLock } from './esp-lock.ts';
import type { Packet } from './packet.ts';

/** SPI and sequence number. */
const HEADER = 8;
/** Next header of a packet that only hides how much is sent (RFC 4303 2.6). */
const DUMMY = 59;

/** What a key is to a packet. */
export const Fit = {
  /** It is the packet's: what is inside was found. */
  Opens: 0,
  BadIcv: 1,
  /** The ICV is right, or was not checked, and what comes out of decryption is no packet. */
  Nonsense: 2,
} as const;
export type Fit = (typeof Fit)[keyof typeof Fit];

/**
 * What `fit` found last: the payload is `bytes[at, end)`, of the packet's own bytes where the key does not encrypt. Else
 * what was decrypted begins at `from`.
 */
export const found = {
  bytes: new Uint8Array(0) as Uint8Array,
  view: new DataView(new ArrayBuffer(0)) as DataView,
  from: 0,
  at: 0,
  end: 0,
  next: 0,
  icv: Icv.Unchecked as Icv,
};

/**
 * What a key is to the ESP packet `packet.bytes[at, end)`; where it opens it, `found` is what is inside. `proven` keys have
 * opened packets of the association before: of them no more is asked than that what comes out is possible. Of others
 * the ICV is proof for authentication; for a cipher and its key, or for there being none, a packet inside that is sound is.
 * With `evenBad`, a packet whose ICV is not the key's opens where what is inside is certain.
 */
export function fit(
  packet: Packet,
  association: EspAssociation,
  lock: EspLock,
  at: number,
  end: number,
  proven: boolean,
  evenBad = false,
): Fit {
  found.icv = Icv.Unchecked;
  if (end - at < HEADER + lock.iv + 2 + lock.icv) return Fit.Nonsense;
  const ahead = proven && packet.origin === null ? (packet.ring?.ahead ?? null) : null;
  const known = ahead?.knows(packet, lock, at, end) === true ? ahead : null;
  const icv = known === null || known.icv === Icv.Unchecked ? lock.check(packet.bytes, at, end) : known.icv;
  found.icv = icv;
  if (icv === Icv.Bad && !evenBad) return Fit.BadIcv;
  const isSound = lock.encrypted
    ? decrypt(packet, association, lock, at, end, proven, known)
    : look(packet, association, lock, at + HEADER + lock.iv, end - lock.icv, proven);
  if (isSound) return Fit.Opens;
  return icv === Icv.Bad ? Fit.BadIcv : Fit.Nonsense;
}

/** Whether what comes out of decryption is sound. */
function decrypt(
  packet: Packet,
  association: EspAssociation,
  lock: EspLock,
  at: number,
  end: number,
  proven: boolean,
  known: EspAhead | null,
): boolean {
  const { bytes, view } = packet;
  let from = 0;
  let to: number;
  if (known !== null && known.bytes !== null) {
    found.bytes = known.bytes;
    found.view = known.view;
    from = known.at;
    to = known.end;
  } else {
    const plain = lock.decrypt(bytes, at, end);
    if (plain === null || plain.length < 2) return false;
    found.bytes = plain;
    found.view = new DataView(plain.buffer, plain.byteOffset, plain.length);
    to = plain.length;
  }
  found.from = from;
  packet.bytes = found.bytes;
  packet.view = found.view;
  const isSound = look(packet, association, lock, from, to, proven);
  packet.bytes = bytes;
  packet.view = view;
  return isSound;
}

/** Whether payload, padding and next header in `packet.bytes[at, end)` are sound. */
function look(
  packet: Packet,
  association: EspAssociation,
  lock: EspLock,
  at: number,
  end: number,
  proven: boolean,
): boolean {
  const { bytes } = packet;
  const next = bytes[end - 1] as number;
  let last = payloadEnd(bytes, at, end);
  const counts = last >= 0;
  // Padding counts 1, 2, 3 … where the cipher does not say otherwise (RFC 4303 2.4); a sender may think that it does.
  if (!counts) last = end - 2 - (bytes[end - 2] as number);
  if (last < at) return false;
  found.at = at;
  found.end = last;
  found.next = next;
  const sure = found.icv === Icv.Good && lock.isWhole;
  if (found.icv !== Icv.Bad && (sure || (proven && counts))) return next === DUMMY || fits(packet, next, at, last);
  const seen = evidence(packet, next, at, last);
  if (seen === Evidence.Certain) return true;
  if (seen === Evidence.None || !counts || found.icv === Icv.Bad) return false;
  return found.icv === Icv.Good || association.agrees(UNCHECKED, packet.view.getUint32(at));
}

/** For `EspAssociation.agrees`: no layout of ours, but that of a key without ICV. */
const UNCHECKED = 1000;
