import { EspAssociation, Learnt } from './esp-association.ts';
import { Flows } from './flows.ts';

/** Security associations that are known at a time; beyond, the one idle for longest is forgotten. A power of two. */
export const MAX_ASSOCIATIONS = 1 << 16;
/** Associations that can be opened in a session, since messages name them for as long as it lives. */
export const MAX_OPENED = 1 << 17;

/**
 * The security associations of a session (RFC 4301 4.4.2), by destination and SPI, and what was learnt of each. Those whose
 * packets were opened have a number and are kept; of the others only the latest are.
 */
export class Associations {
  /** Those that were opened, in the order of their numbers, from 1. */
  readonly opened: EspAssociation[] = [];
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

  /** The association that was opened under this number; null where there is none. */
  get(number: number): EspAssociation | null {
    return this.opened[number - 1] ?? null;
  }

  /** Packets of the association are not encrypted; from now on it has a number. False where no more can be opened. */
  open(association: EspAssociation, layout: number): boolean {
    if (association.number === 0) {
      if (this.opened.length >= this.most) return false;
      association.number = this.opened.push(association);
    }
    association.learnt = Learnt.Null;
    association.layout = layout;
    return true;
  }

  /** What was thought of an association is wrong: whatever comes with its SPI belongs to another one. */
  replace({ src, dst, spi }: EspAssociation): void {
    const row = this.flows.find(dst, spi, 0);
    if (row >= 0) this.rows[row] = new EspAssociation(spi, src, dst);
  }

  private add(src: number, dst: number, spi: number): EspAssociation {
    const row = this.flows.open(dst, spi, 0);
    const before = this.rows[row];
    if (before?.number === 0) {
      before.reset(spi, src, dst);
      return before;
    }
    const association = new EspAssociation(spi, src, dst);
    this.rows[row] = association;
    return association;
  }
}
