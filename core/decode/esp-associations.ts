import { EspAssociation, Learnt } from './esp-association.ts';
import type { Icv, Suite } from './esp-lock.ts';
import { Flows } from './flows.ts';

/** Security associations that are known at a time; beyond, the one idle for longest is forgotten. A power of two. */
export const MAX_ASSOCIATIONS = 1 << 16;
/** Ways of opening packets that are numbered in a session, since messages name them for as long as it lives. */
export const MAX_OPENED = 1 << 17;
/** Associations that are listed, whether they were opened or not; a copy of one packet is kept of each that was not. */
export const MAX_LISTED = 1 << 13;

/** Ways of opening a packet, places in `EspAssociation.numbers`: with a key by Icv, and guessed. */
export const Opening = {
  Guessed: 3,
  /** Guessed, and the key that is known for it says that the packet is not its own. */
  GuessedBad: 4,
} as const;

/** What is known of a way in which packets of an association were opened. Plain data. */
export interface OpenedAssociation extends Suite {
  readonly spi: number;
  readonly icv: Icv;
}

/**
 * The security associations of a session (RFC 4301 4.4.2), by destination and SPI, and what was learnt of each. Those whose
 * packets were opened have numbers and are kept; of the others only the latest are.
 */
export class Associations {
  /** Ways of opening, in the order of their numbers, from 1. */
  readonly opened: OpenedAssociation[] = [];
  /** Associations in the order of their first packets, and how many there was no room for. */
  readonly listed: EspAssociation[] = [];
  unlisted = 0;
  private readonly flows: Flows;
  private readonly rows: EspAssociation[] = [];
  private readonly most: number;

  /** Other limits than the usual ones are for tests; `known` is a power of two. */
  constructor(known = MAX_ASSOCIATIONS, opened = MAX_OPENED) {
    this.flows = new Flows(known, () => undefined);
    this.most = opened;
  }

  /** Associations known at the moment. */
  get size(): number {
    return this.flows.size;
  }

  /** The association of packets with this SPI to `dst`, a new one where it is not known. */
  of(src: number, dst: number, spi: number): EspAssociation {
    const row = this.flows.find(dst, spi, 0);
    return row < 0 ? this.add(src, dst, spi) : (this.rows[row] as EspAssociation);
  }

  /** What is known of the way of opening with this number; null where there is none. */
  get(number: number): OpenedAssociation | null {
    return this.opened[number - 1] ?? null;
  }

  /**
   * The number of a way of opening packets of an association, a place in its `numbers`; 0 where no more can be numbered.
   * `icv` and `suite` are what is known of it.
   */
  numberOf(association: EspAssociation, opening: number, icv: Icv, suite: Suite): number {
    const known = association.numbers[opening] as number;
    if (known !== 0) return known;
    if (this.opened.length >= this.most) return 0;
    const { encryption, authentication, keySource } = suite;
    const number = this.opened.push({ spi: association.spi, icv, encryption, authentication, keySource });
    association.numbers[opening] = number;
    if (association.number === 0) association.number = number;
    return number;
  }

  /** What was thought of an association is wrong: whatever comes with its SPI belongs to another one, which is returned. */
  replace({ src, dst, spi }: EspAssociation): EspAssociation {
    const row = this.flows.find(dst, spi, 0);
    const association = new EspAssociation(spi, src, dst);
    if (row >= 0) this.rows[row] = association;
    this.list(association);
    return association;
  }

  private add(src: number, dst: number, spi: number): EspAssociation {
    const row = this.flows.open(dst, spi, 0);
    const before = this.rows[row];
    if (before?.number === 0 && before.listed === 0) {
      before.reset(spi, src, dst);
      this.list(before);
      return before;
    }
    const association = new EspAssociation(spi, src, dst);
    this.rows[row] = association;
    this.list(association);
    return association;
  }

  private list(association: EspAssociation): void {
    if (this.listed.length < MAX_LISTED) association.listed = this.listed.push(association);
    else this.unlisted += 1;
  }
}

/** Packets of the association are not encrypted, with things standing as `layout` says. */
export function takeAsNull(association: EspAssociation, layout: number): void {
  association.learnt = Learnt.Null;
  association.layout = layout;
}
