import type { Packet } from '../../decode/packet.ts';

/** Beyond this many flows new ones are counted together as one: 4 million places of 16 bytes. */
export const MAX_FLOWS = 1 << 21;

/** Up to so many places there are eight for each flow: the first one looked at is the right one nearly always. */
const ROOMY = 1 << 16;

/**
 * Directed 5-tuples that carried what has the form of RTP or RTCP, numbered from 1: open addressing over the pair of
 * address numbers and the pair of ports. What is in a flow is the question of `MediaStreams`.
 */
export class MediaFlows {
  packets = 0;
  count = 0;
  /** Packets of flows beyond the limit. */
  unplaced = 0;
  /** Source and destination number, ports, number of the flow; all 0 is an empty place. */
  private table = new Int32Array(4 << 10);
  private mask = (1 << 10) - 1;
  private readonly limit: number;

  /** @param limit flows told apart. */
  constructor(limit = MAX_FLOWS) {
    this.limit = limit;
  }

  /** The flow of a packet, from 1; 0 where there are too many. */
  of(packet: Packet): number {
    this.packets += 1;
    const ports = (packet.sport << 16) | packet.dport;
    // With a sign: numbers of 32 bits without one would be put on the heap.
    const src = packet.src | 0;
    const dst = packet.dst | 0;
    const { table, mask } = this;
    let place = placeOf(src, dst, ports) & mask;
    for (;;) {
      const at = 4 * place;
      if (table[at + 2] === ports && table[at] === src && table[at + 1] === dst) {
        // A place of zeros is a flow of zeros, or empty.
        return table[at + 3] === 0 ? this.add(src, dst, ports, place) : (table[at + 3] as number);
      }
      if (table[at + 3] === 0) return this.add(src, dst, ports, place);
      place = (place + 1) & mask;
    }
  }

  private add(src: number, dst: number, ports: number, place: number): number {
    if (this.count >= this.limit) {
      this.unplaced += 1;
      return 0;
    }
    const { table, mask } = this;
    this.count += 1;
    table[4 * place] = src;
    table[4 * place + 1] = dst;
    table[4 * place + 2] = ports;
    table[4 * place + 3] = this.count;
    if (this.count * (mask < ROOMY ? 8 : 2) > mask) this.grow();
    return this.count;
  }

  private grow(): void {
    const old = this.table;
    const mask = (this.mask + 1) * 2 - 1;
    const table = new Int32Array(4 * (mask + 1));
    for (let at = 0; at < old.length; at += 4) {
      if (old[at + 3] === 0) continue;
      let place = placeOf(old[at] as number, old[at + 1] as number, old[at + 2] as number) & mask;
      while (table[4 * place + 3] !== 0) place = (place + 1) & mask;
      table.set(old.subarray(at, at + 4), 4 * place);
    }
    this.table = table;
    this.mask = mask;
  }
}

/** Addresses and ports of one network differ in few bits: each is mixed before the next comes in. */
function placeOf(src: number, dst: number, ports: number): number {
  let hash = Math.imul(src, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15) ^ dst, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ ports, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
