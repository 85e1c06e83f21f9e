import { Assembly, Placed, State } from './assembly.ts';
import { deeper } from './depth.ts';
import { upperLayer } from './extension-headers.ts';
import { Outcome, outcomeTexts } from './ledger.ts';
import type { Packet } from './packet.ts';
import { looksLikeSip } from './sip-start.ts';

/** What waiting fragments may take. The oldest datagram goes first. */
export const FragmentLimits = {
  /** Datagrams at a time. */
  datagrams: 1024,
  /** Bytes held for them, bookkeeping included. */
  bytes: 16 << 20,
  /** Nanoseconds of capture time after a datagram's first fragment (RFC 791 3.2 and RFC 8200 4.5 have 15 and 60 s). */
  time: 30e9,
  /** Bytes of a datagram behind its IP header. */
  size: 65_535,
} as const;

/**
 * IP fragments that wait for the rest of their datagram (RFC 791 3.2; RFC 8200 4.5, RFC 5722, RFC 6946). A datagram is
 * told by addresses and identification, in IPv4 by the protocol as well.
 *
 * Fragments may come in any order, and twice (`any` interface, mirrored ports, in a tunnel and out of it): copies of
 * what is there already are counted and ignored. A whole datagram is remembered until its time is over: when all its
 * fragments come again, it is handed on again, as the copies of an unfragmented packet are.
 */
export class Fragments {
  /** By hash; two datagrams with one hash are not kept at the same time. In the order of their first fragments. */
  private readonly waiting = new Map<number, Assembly>();
  private readonly spare: Assembly[] = [];
  private held = 0;
  /** No datagram began before this time. */
  private oldest = 0;

  /** Datagrams remembered, and bytes they take. */
  get size(): number {
    return this.waiting.size;
  }
  get bytes(): number {
    return this.held;
  }

  /**
   * `packet.bytes[at, end)` is a fragment's payload that stands at `offset` of the datagram; `wireEnd` is where it would
   * end had the capture kept all of it. `protocol` is that of the first header behind the fragmented part. Addresses,
   * family and identification are read from the packet. Writes the outcome.
   */
  take(
    packet: Packet,
    protocol: number,
    offset: number,
    more: boolean,
    at: number,
    end: number,
    wireEnd: number,
  ): void {
    const length = wireEnd - at;
    // All but the last have a multiple of 8; IPv6 says what to do with others (RFC 8200 4.5), IPv4 cuts them to one.
    const broken = more ? length < 8 || (packet.family === 6 && (length & 7) !== 0) : length <= 0;
    if (broken || offset + length > FragmentLimits.size) {
      packet.faults.note(broken ? badLength : tooLarge, packet.frame);
      packet.outcome = Outcome.Malformed;
      return;
    }
    this.expire(packet);
    let assembly = this.datagramOf(packet, protocol);
    if (assembly.state === State.Settled) {
      packet.outcome = assembly.settled;
      if (offset === 0 && end < wireEnd && assembly.settled !== Outcome.FragmentLost)
        upperLayer(packet, protocol, at, end, end);
      return;
    }
    let placed = assembly.place(packet, offset, more, at, end, wireEnd);
    if (placed === Placed.OtherDatagram) {
      this.remove(packet, assembly);
      assembly = this.datagramOf(packet, protocol);
      placed = assembly.place(packet, offset, more, at, end, wireEnd);
    }
    if (placed === Placed.Known || placed === Placed.Refused) {
      packet.outcome = placed === Placed.Known ? Outcome.FragmentDuplicate : Outcome.FragmentLost;
      if (placed === Placed.Refused) this.refuse(packet, assembly);
      return;
    }
    if (assembly.overlaps) packet.faults.note(overlap, packet.frame);
    if (offset === 0) assembly.protocol = protocol;
    this.held += assembly.grown();
    if (assembly.whole) return this.complete(packet, assembly);
    if (offset === 0 && end < wireEnd) return this.cutShort(packet, assembly, at, end);
    assembly.count += 1;
    packet.outcome = Outcome.FragmentWaiting;
    this.makeRoom(packet, assembly);
  }

  /** The capture is over: what waits has lost. */
  finish(packet: Packet): void {
    for (const assembly of this.waiting.values()) this.remove(packet, assembly);
  }

  /** Reads the joined bytes, and settles the account of the fragments that waited. */
  private complete(packet: Packet, assembly: Assembly): void {
    const { bytes, view, origin, missing } = packet;
    // Out of the table meanwhile: the datagram may itself be a tunnel of fragments.
    this.detach(assembly);
    packet.bytes = assembly.bytes;
    packet.view = assembly.view;
    packet.origin = assembly.extents();
    packet.networkAt = -1;
    const end = Math.min(assembly.total, assembly.cutAt);
    packet.missing = assembly.total - end;
    // What was put together may hold a fragment that makes another datagram whole.
    if (deeper(packet)) upperLayer(packet, assembly.protocol, 0, end, assembly.total);
    packet.bytes = bytes;
    packet.view = view;
    packet.origin = origin;
    packet.missing = missing;
    packet.ledger.move(Outcome.FragmentWaiting, asFragment(packet.outcome), assembly.count);
    assembly.wasWhole(packet.time);
    if (this.waiting.has(assembly.hash)) this.recycle(assembly);
    else {
      this.attach(assembly);
      this.makeRoom(packet, assembly);
    }
  }

  /** The first fragment was cut by the snaplen: the datagram can't become whole, so what is there is read at once. */
  private cutShort(packet: Packet, assembly: Assembly, at: number, end: number): void {
    this.detach(assembly);
    upperLayer(packet, assembly.protocol, at, end, end);
    assembly.settle(asFragment(packet.outcome));
    packet.ledger.move(Outcome.FragmentWaiting, assembly.settled, assembly.count);
    assembly.count = 0;
    if (this.waiting.has(assembly.hash)) this.recycle(assembly);
    else this.attach(assembly);
  }

  /** Overlapping fragments in IPv6: the whole datagram is dropped, and all that still comes of it (RFC 5722 4.). */
  private refuse(packet: Packet, assembly: Assembly): void {
    packet.faults.note(packet.family === 6 ? overlapV6 : overlap, packet.frame);
    if (packet.family !== 6) return;
    packet.ledger.move(Outcome.FragmentWaiting, Outcome.FragmentLost, assembly.count);
    assembly.count = 0;
    assembly.settle(Outcome.FragmentLost);
  }

  private datagramOf(packet: Packet, protocol: number): Assembly {
    const key = packet.family === 6 ? -1 : protocol;
    const hash = hashOf(packet.src, packet.dst, packet.ipId, key);
    const known = this.waiting.get(hash);
    if (known !== undefined) {
      const young = packet.time - known.time <= FragmentLimits.time;
      if (
        young &&
        known.src === packet.src &&
        known.dst === packet.dst &&
        known.id === packet.ipId &&
        known.key === key
      )
        return known;
      this.remove(packet, known);
    }
    const assembly = this.spare.pop() ?? new Assembly();
    assembly.begin(packet, hash, key, protocol);
    this.attach(assembly);
    return assembly;
  }

  private attach(assembly: Assembly): void {
    if (this.waiting.size === 0) this.oldest = assembly.time;
    this.waiting.set(assembly.hash, assembly);
    this.held += assembly.grown();
  }

  private detach(assembly: Assembly): void {
    this.waiting.delete(assembly.hash);
    this.held -= assembly.cost;
    assembly.cost = 0;
  }

  /** Gives up what began too long ago. The table is in order of time as far as the capture is. */
  private expire(packet: Packet): void {
    if (packet.time - this.oldest <= FragmentLimits.time) return;
    this.oldest = packet.time;
    for (const assembly of this.waiting.values()) {
      if (packet.time - assembly.time <= FragmentLimits.time) {
        this.oldest = assembly.time;
        return;
      }
      this.remove(packet, assembly);
    }
  }

  /** Gives up the oldest datagrams until the limits hold, but not the one at hand. */
  private makeRoom(packet: Packet, keep: Assembly): void {
    for (const assembly of this.waiting.values()) {
      if (this.waiting.size <= FragmentLimits.datagrams && this.held <= FragmentLimits.bytes) return;
      if (assembly === keep) continue;
      if (assembly.count > 0) packet.faults.note(limit, packet.frame);
      this.remove(packet, assembly);
    }
  }

  /** Forgets a datagram; what waits of it is lost, or was a copy. */
  private remove(packet: Packet, assembly: Assembly): void {
    this.detach(assembly);
    if (assembly.state === State.Again)
      packet.ledger.move(Outcome.FragmentWaiting, Outcome.FragmentDuplicate, assembly.count);
    else {
      packet.ledger.move(Outcome.FragmentWaiting, Outcome.FragmentLost, assembly.count);
      const begun = assembly.state === State.Waiting ? assembly.beginning() : 0;
      if (begun > 8 && assembly.protocol === 17 && looksLikeSip(assembly.bytes, 8, begun))
        packet.faults.note(sipLost, assembly.frame);
    }
    this.recycle(assembly);
  }

  private recycle(assembly: Assembly): void {
    if (this.spare.length < 64 && assembly.bytes.length <= 16_384) this.spare.push(assembly);
  }
}

/**
 * What the other fragments of a datagram were, when the packet that made it whole had this outcome. What may hide a
 * call (encrypted, malformed …) is counted as that.
 */
function asFragment(outcome: number): Outcome {
  if (outcome === Outcome.Sip || outcome === Outcome.SipSegment) return Outcome.SipFragment;
  const hides = outcome !== Outcome.FragmentWaiting && outcomeTexts[outcome]?.lost === true;
  return hides ? (outcome as Outcome) : Outcome.Fragment;
}

/** 53 bits, so that of the few datagrams that wait at a time no two have the same. */
function hashOf(src: number, dst: number, id: number, key: number): number {
  let low = Math.imul(src ^ Math.imul(id, 0x85eb_ca6b), 0x9e37_79b1) ^ Math.imul(dst, 0xc2b2_ae35);
  low = Math.imul(low ^ (low >>> 15), 0x2c1b_3c6d);
  let high = Math.imul(dst ^ Math.imul(id + key * 0x1_0001, 0x27d4_eb2f), 0x1656_67b1) ^ Math.imul(src, 0x9e37_79b1);
  high = Math.imul(high ^ (high >>> 13), 0x297a_2d39);
  return ((low ^ (low >>> 16)) >>> 0) * 0x20_0000 + ((high ^ (high >>> 16)) >>> 11);
}

const badLength = {
  protocol: 'ip',
  code: 'bad-fragment',
  text: 'A fragment is empty, or is not the last and its length is no multiple of 8.',
};
const tooLarge = {
  protocol: 'ip',
  code: 'fragment-beyond-end',
  text: 'A fragment reaches beyond the 65,535 bytes a datagram can have.',
};
const overlap = {
  protocol: 'ipv4',
  code: 'fragments-overlap',
  text: 'Fragments of a datagram overlap and differ; what came first stays.',
};
const overlapV6 = {
  protocol: 'ipv6',
  code: 'fragments-overlap',
  text: 'Fragments of a datagram overlap; it is dropped, as RFC 5722 says.',
};
const sipLost = {
  protocol: 'ip',
  code: 'sip-fragments-missing',
  text: 'A SIP message was sent in fragments, and some of them are not in the capture.',
};
const limit = {
  protocol: 'ip',
  code: 'fragment-limit',
  text: 'More datagrams wait for fragments than are held; the oldest are given up.',
};
