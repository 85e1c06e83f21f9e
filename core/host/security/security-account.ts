import type { EspAssociation } from '../../decode/esp-association.ts';
import { wouldOpen } from '../../decode/esp-keys.ts';
import { layouts } from '../../decode/esp-layouts.ts';
import { Opening, type OpenedAssociation } from '../../decode/esp-associations.ts';
import { Icv, type EspLock, type EspRing } from '../../decode/esp-lock.ts';
import type { Packet } from '../../decode/packet.ts';
import type { Agreement } from '../../ipsec/agreement.ts';
import { Lock, type Origin, type Secrets } from '../../ipsec/lock.ts';
import type { KnownPair } from '../../ipsec/pairs.ts';
import type { Ring } from '../../ipsec/ring.ts';

/** A key that was tried, and whose it is. */
export interface TriedKey extends Secrets, Origin {}

/** A security association as its packets showed it. Plain data. */
export interface AssociationAccount {
  readonly spi: number;
  /** Addresses as text; ports of the first packet that was opened, 0 where there is none. */
  readonly src: string;
  readonly dst: string;
  readonly sport: number;
  readonly dport: number;
  readonly isTunnel: boolean;
  readonly packets: number;
  readonly opened: number;
  /** By Icv. */
  readonly verdicts: readonly number[];
  readonly replays: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  /** The key that its packets have proven; null where none has. */
  readonly key: TriedKey | null;
  /** Where that is null: a key that was said to be its own, and that its packets have proven wrong. */
  readonly wrong: TriedKey | null;
  /** The ICV is that of `wrong`, decryption gives nonsense. */
  readonly wrongCipher: boolean;
  /** Opened without a key: bytes of ICV that were guessed; -1 where it was not. */
  readonly guessedIcv: number;
}

/** What is known of security associations when all of a capture was read. Plain data; holds keys. */
export interface SecurityAccount {
  readonly associations: readonly AssociationAccount[];
  readonly unlisted: number;
  readonly agreements: readonly Agreement[];
  readonly pairs: readonly KnownPair[];
  /** Agreements and pairs that there was no room for. */
  readonly leftOut: number;
  /** Numbers of typed keys that were tried on a packet. */
  readonly tried: readonly number[];
  /** Packets stayed closed that what was learnt later would open: the capture is to be read again, with that known. */
  readonly isLate: boolean;
}

export const nothingSecured: SecurityAccount = {
  associations: [],
  unlisted: 0,
  agreements: [],
  pairs: [],
  leftOut: 0,
  tried: [],
  isLate: false,
};

/** What there is to say when all was read; `packet` is the one that was driven. */
export function securityAccount(packet: Packet, ring: Ring & EspRing): SecurityAccount {
  const { associations, addresses } = packet;
  const isLate = associations.listed.some((one) => wouldOpen(packet, ring, one));
  const used = typedInUse(packet);
  return {
    associations: associations.listed.map((one) => ({
      spi: one.spi,
      src: addresses.text(one.src),
      dst: addresses.text(one.dst),
      sport: one.sport,
      dport: one.dport,
      isTunnel: one.isTunnel,
      packets: one.seenPackets,
      opened: one.packets,
      verdicts: [...one.verdicts],
      replays: one.replays,
      firstFrame: one.firstFrame,
      lastFrame: one.lastFrame,
      key: keyOf(one.lock),
      wrong: one.lock === null ? wrongKey(one, used) : null,
      wrongCipher: one.wrongCipher,
      guessedIcv: guessedIcv(one),
    })),
    unlisted: associations.unlisted,
    agreements: ring.agreements.all,
    pairs: ring.pairs.all,
    leftOut: ring.agreements.leftOut + ring.pairs.leftOut,
    tried: [...ring.tried],
    isLate,
  };
}

/**
 * Ways in which packets were opened, by number: where a typed key that opens others did not fit a packet, that was not
 * meant for it, and nobody has checked the packet.
 */
export function settledWays(packet: Packet): readonly OpenedAssociation[] {
  const { listed, opened } = packet.associations;
  const used = typedInUse(packet);
  const unmeant = new Set<number>();
  for (const one of listed) {
    const number = one.numbers[Opening.GuessedBad] as number;
    if (number > 0 && wrongKey(one, used) === null) unmeant.add(number);
  }
  if (unmeant.size === 0) return opened;
  return opened.map((way, place) => (unmeant.has(place + 1) ? { ...way, icv: Icv.Unchecked } : way));
}

/** Numbers of typed keys that have opened packets; -1 where others have. */
function typedInUse({ associations }: Packet): ReadonlySet<number> {
  return new Set(associations.listed.map(({ lock }) => keyOf(lock)?.typed ?? -1));
}

function wrongKey({ wrong }: EspAssociation, used: ReadonlySet<number>): TriedKey | null {
  const key = keyOf(wrong);
  return key === null || (key.typed >= 0 && used.has(key.typed)) ? null : key;
}

function keyOf(lock: EspLock | null): TriedKey | null {
  return lock instanceof Lock ? { ...lock.secrets, ...lock.origin } : null;
}

function guessedIcv({ lock, packets, layout }: EspAssociation): number {
  return lock === null && packets > 0 ? (layouts[layout]?.icv ?? 0) : -1;
}
