import type { FaultKind } from './faults.ts';
import type { ByteStream, Framing } from './framing.ts';
import { HeldBytes } from './held-bytes.ts';
import { decodeHep3, hep3Length } from './hep3.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';

/** HEP version 3 over TCP: packets follow each other, each says how long it is. After lost bytes it goes on with a segment that begins with one. */
export class HepFraming implements Framing {
  private readonly stream: ByteStream;
  private readonly held: HeldBytes;
  private searching = false;

  constructor(stream: ByteStream) {
    this.stream = stream;
    this.held = new HeldBytes(stream.budget, stream);
  }

  feed(packet: Packet, at: number, end: number): number {
    let next = at;
    if (this.held.length > 0) next = this.goOn(packet, at, end);
    while (next < end) {
      const length = hep3Length(packet.bytes, next, end);
      if (length < 0) {
        if (!this.searching) packet.faults.note(noPacket, packet.frame);
        this.searching = true;
        this.stream.saw(Outcome.TcpGap);
        return end;
      }
      this.searching = false;
      if (length === 0 || next + length > end) {
        this.held.take(packet, next, end);
        this.stream.saw(Outcome.SipSegment);
        return end;
      }
      this.hand(packet, next, next + length);
      next += length;
    }
    return end;
  }

  lost(packet: Packet, why: FaultKind): void {
    if (this.held.length > 0) packet.faults.note(why, packet.frame);
    this.held.release();
    this.stream.spoilt(packet);
    this.searching = true;
  }

  /** Adds to the packet that is held, by its header first, since that says how long it is. */
  private goOn(packet: Packet, at: number, end: number): number {
    const { held } = this;
    let next = at;
    let length = hep3Length(held.bytes, 0, held.length);
    while (length === 0 && next < end) {
      held.take(packet, next, next + 1);
      next++;
      length = hep3Length(held.bytes, 0, held.length);
    }
    if (length < 0) {
      held.release();
      this.stream.spoilt(packet);
      return at;
    }
    if (length > 0) {
      const last = Math.min(end, next + length - held.length);
      if (last > next) held.take(packet, next, last);
      next = last;
      if (held.length === length) {
        held.lend(packet);
        this.hand(packet, 0, length);
        held.restore(packet);
        held.release();
        return next;
      }
    }
    this.stream.saw(Outcome.SipSegment);
    return next;
  }

  private hand(packet: Packet, at: number, end: number): void {
    const { missing } = packet;
    packet.missing = 0;
    decodeHep3(packet, at, end);
    packet.missing = missing;
    this.stream.whole();
    const { outcome } = packet;
    this.stream.saw(outcome === Outcome.OtherUdp ? Outcome.OtherTcp : (outcome as Outcome));
  }
}

const noPacket = {
  protocol: 'hep',
  code: 'no-packet',
  text: 'In a HEP stream something stands where a packet should begin; it is read again from the next segment that begins with one.',
};
