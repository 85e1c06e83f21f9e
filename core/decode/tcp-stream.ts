import { StreamState, type ByteStream, type Framing } from './framing.ts';
import type { FaultKind } from './faults.ts';
import type { HeldBudget, Holder } from './held-bytes.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import { Ahead, type AheadSegment } from './tcp-ahead.ts';
import { afterGap, captureEnds, connectionEnds, limitReached } from './tcp-faults.ts';
import { Undecided } from './undecided.ts';

/** A segment this far from where its direction is begins anew: another connection, or a very long loss. */
export const FAR = 4 << 20;
/** Bytes that the other side has acknowledged and the capture does not have may still be right behind, for so many nanoseconds. */
export const PATIENCE = 1_000_000;
/** Without any word of the other side, missing bytes are waited for until new ones come so many nanoseconds later. */
export const LONGEST_WAIT = 3_000_000_000;

/** Which outcome of a segment's parts is the segment's: the higher one. */
const rank = new Uint8Array(64);
[
  Outcome.TcpDuplicate,
  Outcome.NotSipOnSipPort,
  Outcome.OtherTcp,
  Outcome.KeepAlive,
  Outcome.Media,
  Outcome.Tls,
  Outcome.TcpGap,
  Outcome.LimitReached,
  Outcome.SipSegment,
  Outcome.Sip,
].forEach((outcome, index) => {
  rank[outcome] = index + 1;
});

/** One direction of a TCP connection: puts its bytes in order (RFC 9293 3.4, 3.10.7.4) and has them cut into messages. */
export class TcpStream implements ByteStream {
  state: StreamState = StreamState.Undecided;
  /** Set by the framing, for whoever keeps the connection: see ByteStream.upgradePeer. */
  peerFraming: ((stream: ByteStream) => Framing) | null = null;
  held = 0;
  heldBefore: Holder | null = null;
  heldBehind: Holder | null = null;
  cutBehind = false;
  plain: Outcome;
  readonly budget: HeldBudget;

  /** Sequence number of the next byte. */
  private next: number;
  /** Nothing is known of where the stream is: the next segment is the next one. */
  private adrift = false;
  /** So many bytes at most are missing from here on because the capture did not keep them. */
  private cut = 0;
  /** The other side's furthest acknowledgement, and when it came: NaN where there was none. */
  private acknowledged = 0;
  private acknowledgedAt = Number.NaN;
  /** It has said something of the missing bytes: since they are missing, or that it has them, before. */
  private hasAcknowledged = false;
  private framing: Framing;
  private readonly ahead = new Ahead(this);
  private seen: number = Outcome.Unset;
  /** Whether the packet at hand, which is not yet in the ledger, is one of `unsure`; and what it is since it is no more. */
  private isUnsure = false;
  private own: Outcome = Outcome.Unset;
  /** Packets counted as `plain` whose turn has come. */
  unsure = 0;
  /** Packets counted as part of the message that is not whole yet. */
  private parts = 0;
  private lossCountsAs: Outcome = Outcome.TcpGap;

  /** @param next sequence number of the first byte */
  constructor(budget: HeldBudget, plain: Outcome, next: number) {
    this.budget = budget;
    this.plain = plain;
    this.next = next;
    this.framing = new Undecided(this);
  }

  /**
   * Takes the segment whose data is `packet.bytes[at, end)`, the first byte being number `seq`, and returns what it is
   * counted as. Behind it the capture did not keep about `cut` bytes.
   */
  segment(packet: Packet, seq: number, at: number, end: number, cut: number): number {
    this.begin();
    let before = (this.next - seq) | 0;
    if (this.adrift || before > FAR || before < -FAR) {
      if (!this.adrift) this.drop(packet, afterGap);
      this.adrift = false;
      this.next = seq;
      this.cut = 0;
      before = 0;
    } else if (before < 0 && this.cut > 0) {
      const jump = Math.min(this.cut, -before);
      this.next = (this.next + jump) >>> 0;
      before += jump;
      this.cut = 0;
    }
    const length = end - at;
    // One byte before the next one asks for an acknowledgement (RFC 9293 3.8.4).
    if (before === 1 && length === 1) return Outcome.TcpWithoutData;
    if (before >= length) return Outcome.TcpDuplicate;
    if (before < 0) {
      const counted = this.early(packet, seq, at, end, cut);
      this.overdue(packet);
      return counted;
    }
    this.inOrder(packet, at + before, end, cut);
    this.overdue(packet);
    this.saw(this.own);
    if (this.seen === Outcome.Unset) return this.plain;
    if (this.seen === Outcome.SipSegment) this.parts++;
    if (this.isUnsure && this.seen !== this.plain) this.unsure--;
    return this.seen;
  }

  /** Bytes came before their turn. */
  get isWaiting(): boolean {
    return this.ahead.first !== undefined;
  }

  /** The other side says that it has all bytes before `ack`; called for each of its segments. */
  acknowledge(packet: Packet, ack: number): void {
    if (Number.isNaN(this.acknowledgedAt) || ((ack - this.acknowledged) | 0) > 0) {
      this.acknowledged = ack;
      this.acknowledgedAt = packet.time;
    }
    if (this.ahead.first === undefined) return;
    this.hasAcknowledged = true;
    this.overdue(packet);
  }

  /** The sender has no more bytes from `seq` on (FIN). */
  close(packet: Packet, seq: number): void {
    if (seq === this.next && this.ahead.first === undefined) this.framing.lost(packet, connectionEnds);
  }

  /** The capture, or what is kept of the connection, is over: what is held is read as far as it can be. */
  finish(packet: Packet): void {
    while (this.ahead.first !== undefined) this.skip(packet);
    this.framing.lost(packet, captureEnds);
  }

  giveUp(packet: Packet): void {
    packet.faults.note(limitReached, packet.frame);
    this.lossCountsAs = Outcome.LimitReached;
    this.adrift = this.ahead.first !== undefined;
    this.drop(packet, limitReached);
    this.lossCountsAs = Outcome.TcpGap;
  }

  feed(packet: Packet, at: number, end: number): void {
    for (let next = at; next < end;) next = this.framing.feed(packet, next, end);
  }

  saw(outcome: number): void {
    if ((rank[outcome] as number) > (rank[this.seen] as number)) this.seen = outcome;
  }

  become(framing: Framing): void {
    this.framing = framing;
    this.state = StreamState.Framed;
  }

  claim(packet: Packet, waiting: number): void {
    const parts = Math.min(waiting, this.unsure);
    const lost = this.unsure - parts;
    this.unsure = 0;
    if (this.isUnsure) this.own = parts > 0 ? Outcome.SipSegment : Outcome.TcpGap;
    this.isUnsure = false;
    const counted = parts - (this.own === Outcome.SipSegment ? 1 : 0);
    this.parts += counted;
    packet.ledger.move(this.plain, Outcome.SipSegment, counted);
    packet.ledger.move(this.plain, Outcome.TcpGap, lost - (this.own === Outcome.TcpGap ? 1 : 0));
  }

  dismiss(state: typeof StreamState.Tls | typeof StreamState.Other): void {
    this.state = state;
    this.saw(state === StreamState.Tls ? Outcome.Tls : this.plain);
  }

  upgradePeer(framing: (stream: ByteStream) => Framing): void {
    this.peerFraming = framing;
  }

  whole(): void {
    this.parts = 0;
  }

  spoilt(packet: Packet): void {
    packet.ledger.move(Outcome.SipSegment, this.lossCountsAs, this.parts);
    this.parts = 0;
  }

  private begin(): void {
    this.seen = Outcome.Unset;
    this.own = Outcome.Unset;
    this.isUnsure = false;
  }

  /** Bytes whose turn it is: up to those that came early, then these, and so on. */
  private inOrder(packet: Packet, at: number, end: number, cut: number): void {
    let from = at;
    while (from < end) {
      const { first } = this.ahead;
      const last = first === undefined ? end : Math.min(end, from + ((first.seq - this.next) | 0));
      this.cutBehind = cut > 0 && last === end;
      this.feed(packet, from, last);
      const reached = (this.next + last - from) >>> 0;
      this.next = reached;
      this.cut = 0;
      if (this.cutBehind) this.lose(packet, cut);
      if (this.seen === this.plain && !this.isUnsure) {
        // Before what comes behind is read, since that may tell what this packet is.
        this.unsure++;
        this.isUnsure = true;
      }
      if (first !== undefined && this.drain(packet)) this.saw(Outcome.Sip);
      from = last + ((this.next - reached) | 0);
    }
  }

  private lose(packet: Packet, cut: number): void {
    this.cutBehind = false;
    this.framing.lost(packet, afterGap);
    this.cut = cut;
  }

  /** Keeps what came before its turn; returns what it is counted as until then. */
  private early(packet: Packet, seq: number, at: number, end: number, cut: number): number {
    const counted = this.state === StreamState.Framed ? Outcome.SipSegment : this.plain;
    if (this.ahead.first === undefined) {
      this.hasAcknowledged = !Number.isNaN(this.acknowledgedAt) && ((this.acknowledged - seq) | 0) >= 0;
    }
    const isNew = this.ahead.add(packet, seq, at, end, counted, cut);
    while (this.ahead.isFull) this.skip(packet);
    return isNew ? counted : Outcome.TcpDuplicate;
  }

  /** Feeds what came early and whose turn it is now: the packet at hand has filled a hole. True where that makes a message whole. */
  private drain(packet: Packet): boolean {
    let completed = false;
    for (;;) {
      const { first } = this.ahead;
      if (first === undefined || ((this.next - first.seq) | 0) < 0) return completed;
      // What becomes whole now is completed by the packet at hand, not by the one it came in.
      if (this.feedFirst(packet, first, Outcome.SipSegment)) completed = true;
    }
  }

  /**
   * Gives up on the bytes before the first that came early. What stands behind is read as if that had been known at
   * once: messages are completed by the packets they came in, however long ago.
   */
  private skip(packet: Packet): void {
    const { ahead } = this;
    let { first } = ahead;
    if (first === undefined) return;
    const { frame, time, ipId, association } = packet;
    packet.frame = first.frame;
    if (this.state === StreamState.Framed) packet.faults.note(afterGap, packet.frame);
    this.framing.lost(packet, afterGap);
    this.next = first.seq;
    while (first !== undefined && ((this.next - first.seq) | 0) >= 0) {
      if (first.frame >= packet.frame) {
        packet.frame = first.frame;
        packet.time = first.time;
        packet.ipId = first.ipId;
        packet.association = first.association;
      }
      this.feedFirst(packet, first, Outcome.Sip);
      ({ first } = ahead);
    }
    packet.frame = frame;
    packet.time = time;
    packet.ipId = ipId;
    packet.association = association;
  }

  /** Feeds the first segment that came early; true where that makes a message whole, as what it is then counted is `whole`. */
  private feedFirst(packet: Packet, first: AheadSegment, whole: Outcome): boolean {
    const before = this.seen;
    const { held, counted, cut } = first;
    const known = (this.next - first.seq) | 0;
    this.ahead.shift();
    this.seen = Outcome.Unset;
    if (known < held.length) {
      this.cutBehind = cut > 0;
      held.lend(packet);
      this.feed(packet, known, held.length);
      held.restore(packet);
      this.next = first.next;
      this.cut = 0;
      if (this.cutBehind) this.lose(packet, cut);
    }
    held.release();
    const completed = this.seen === Outcome.Sip;
    if (counted >= 0) this.recount(packet, counted as Outcome, whole);
    this.seen = before;
    return completed;
  }

  /** A packet was counted when it came; now it is known what it held. */
  private recount(packet: Packet, counted: Outcome, whole: Outcome): void {
    const { seen } = this;
    const now = seen === Outcome.Sip ? whole : seen === Outcome.Unset ? Outcome.TcpDuplicate : seen;
    if (now !== counted) packet.ledger.move(counted, now, 1);
    if (seen === Outcome.SipSegment) this.parts++;
    else if (seen === this.plain) this.unsure++;
  }

  /** Gives up on missing bytes that will not come any more. */
  private overdue(packet: Packet): void {
    for (;;) {
      const { first } = this.ahead;
      if (first === undefined) return;
      if (this.hasAcknowledged) {
        // Bytes that the other side still asks for will be sent again, however long that takes.
        if (((this.acknowledged - first.seq) | 0) < 0) return;
        if (packet.time - Math.min(first.time, this.acknowledgedAt) < PATIENCE) return;
      } else if (packet.time - first.time < LONGEST_WAIT) return;
      this.skip(packet);
    }
  }

  /** Drops all that is held. */
  drop(packet: Packet, why: FaultKind): void {
    this.framing.lost(packet, why);
    for (let first = this.ahead.shift(); first !== undefined; first = this.ahead.shift()) {
      first.held.release();
      if (first.counted === Outcome.SipSegment) packet.ledger.move(first.counted, this.lossCountsAs, 1);
    }
  }
}
