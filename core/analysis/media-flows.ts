import type { MediaSink, Packet } from '../decode/packet.ts';

/** Beyond this many flows new ones are counted together as one: 4 million places of 16 bytes. */
export const MAX_FLOWS = 1 << 21;

/**
 * Directed 5-tuples that carried RTP or RTCP, counted: open addressing over the pair of address numbers and the pair
 * of ports. What the streams say is another analysis' question; here they are only told apart.
 */
export class MediaFlows implements MediaSink {
  packets = 0;
  count = 0;
  /** Packets of flows beyond the limit. */
  unplaced = 0;
  /** Triples: source and destination number, ports; ports 0 and addresses 0 mean an empty place. */
  private table = new Uint32Array(3 << 10);
  private mask = (1 << 10) - 1;
  private readonly limit: number;
  /** The last flow seen: media comes in runs often enough. */
  private lastSrc = 0;
  private lastDst = 0;
  private lastPorts = 0;

  /** @param limit flows told apart. */
  constructor(limit = MAX_FLOWS) {
    this.limit = limit;
  }

  media(packet: Packet): void {
    this.packets += 1;
    const ports = (packet.sport << 16) | packet.dport;
    if (packet.src === this.lastSrc && packet.dst === this.lastDst && ports === this.lastPorts) return;
    this.lastSrc = packet.src;
    this.lastDst = packet.dst;
    this.lastPorts = ports;
    this.find(packet.src, packet.dst, ports >>> 0);
  }

  private find(src: number, dst: number, ports: number): void {
    const { table, mask } = this;
    // Addresses and ports of one network differ in few bits: each is mixed before the next comes in.
    let hash = Math.imul(src, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15) ^ dst, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13) ^ ports, 0xc2b2ae35);
    hash ^= hash >>> 16;
    let place = hash & mask;
    for (;;) {
      const at = 3 * place;
      if (table[at] === 0) break;
      if (table[at] === src && table[at + 1] === dst && table[at + 2] === ports) return;
      place = (place + 1) & mask;
    }
    if (this.count >= this.limit) {
      this.unplaced += 1;
      return;
    }
    table[3 * place] = src;
    table[3 * place + 1] = dst;
    table[3 * place + 2] = ports;
    this.count += 1;
    if (this.count * 2 > mask) this.grow();
  }

  private grow(): void {
    const old = this.table;
    this.mask = (this.mask + 1) * 2 - 1;
    this.table = new Uint32Array(3 * (this.mask + 1));
    this.count = 0;
    for (let at = 0; at < old.length; at += 3) {
      if (old[at] !== 0) this.find(old[at] as number, old[at + 1] as number, old[at + 2] as number);
    }
  }
}
