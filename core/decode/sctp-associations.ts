import { Flows } from './flows.ts';
import { HeldBudget } from './held-bytes.ts';
import type { Packet } from './packet.ts';
import { SctpFragments } from './sctp-fragments.ts';

/** Directions of associations with SIP that are known at a time; beyond, the one idle for longest is forgotten. A power of two. */
export const MAX_ASSOCIATIONS = 1 << 14;
/** Bytes that fragments of all associations hold back at most. */
export const MAX_SCTP_HELD = 16 << 20;
/** Messages behind which a number may come again without being taken for the same one. */
const REMEMBERED = 128;

/** One direction of an association that carries SIP. */
export class SctpAssociation {
  readonly fragments: SctpFragments;
  /** Numbers and digests of the latest chunks that held a message or a part of one. */
  private readonly numbers = new Uint32Array(REMEMBERED);
  private readonly digests = new Int32Array(REMEMBERED);
  private latest = 0;
  private remembered = 0;

  constructor(budget: HeldBudget) {
    this.fragments = new SctpFragments(budget);
  }

  /**
   * Whether the chunk with this number and `bytes[at, end)` in it was seen before (RFC 9260 6.2); it will have been from
   * now on. The bytes are looked at because made-up captures use the same tag and numbers over and over.
   */
  seen(number: number, bytes: Uint8Array, at: number, end: number): boolean {
    let digest = end - at;
    for (let next = at; next < end; next++) digest = Math.imul(digest ^ (bytes[next] as number), 0x01000193);
    for (let i = 0; i < this.remembered; i++) if (this.numbers[i] === number && this.digests[i] === digest) return true;
    this.numbers[this.latest] = number;
    this.digests[this.latest] = digest;
    this.latest = (this.latest + 1) % REMEMBERED;
    if (this.remembered < REMEMBERED) this.remembered++;
    return false;
  }
}

/**
 * Directions of associations, by the receiver's verification tag (RFC 9260 8.5) and the ports. Addresses say nothing:
 * an association may use several on either side (6.4).
 */
export class SctpAssociations {
  readonly budget = new HeldBudget(MAX_SCTP_HELD);
  private readonly flows: Flows;
  private readonly list: SctpAssociation[] = [];
  private current: Packet | null = null;

  constructor(limit = MAX_ASSOCIATIONS) {
    this.flows = new Flows(limit, (row) => {
      if (this.current !== null) this.list[row]?.fragments.finish(this.current);
    });
  }

  lookUp(packet: Packet, tag: number): SctpAssociation | null {
    const row = this.flows.find(tag, 0, ((packet.sport << 16) | packet.dport) >>> 0);
    return row < 0 ? null : (this.list[row] as SctpAssociation);
  }

  lookUpOrOpen(packet: Packet, tag: number): SctpAssociation {
    const known = this.lookUp(packet, tag);
    if (known !== null) return known;
    this.current = packet;
    const row = this.flows.open(tag, 0, ((packet.sport << 16) | packet.dport) >>> 0);
    this.current = null;
    return (this.list[row] = new SctpAssociation(this.budget));
  }

  finish(packet: Packet): void {
    for (const association of this.list) association.fragments.finish(packet);
  }
}
