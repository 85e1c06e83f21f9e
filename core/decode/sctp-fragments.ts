import type { FaultKind } from './faults.ts';
import { HeldBytes, type HeldBudget, type Holder } from './held-bytes.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import { MAX_MESSAGE } from './sip-length.ts';

/** Fragments that one association holds back at most; beyond, all of them are given up. */
export const MAX_SCTP_FRAGMENTS = 1024;

/** A part of a user message. */
export class SctpFragment {
  held: HeldBytes;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Whether it is what its packet is counted for. */
  counted = false;
  /** First and last number of the fragments without a hole between that it is one end of. */
  runFrom: number;
  runTo: number;

  constructor(held: HeldBytes, number: number, isFirst: boolean, isLast: boolean) {
    this.held = held;
    this.isFirst = isFirst;
    this.isLast = isLast;
    this.runFrom = number;
    this.runTo = number;
  }
}

/**
 * Fragments of user messages that wait for the others (RFC 9260 6.9, RFC 8260 2.2): joined by their numbers, which
 * follow each other, from one that is marked as first to one that is marked as last. In which order messages are to be
 * handed to the receiver does not matter here.
 */
export class SctpFragments implements Holder {
  held = 0;
  heldBefore: Holder | null = null;
  heldBehind: Holder | null = null;
  private readonly budget: HeldBudget;
  private count = 0;
  /** By message (0 where the numbers are those of the association), then by number. */
  private readonly messages = new Map<number, Map<number, SctpFragment>>();

  constructor(budget: HeldBudget) {
    this.budget = budget;
  }

  /** Keeps `packet.bytes[at, end)`, in the place of an earlier fragment with the same number. */
  add(
    packet: Packet,
    message: number,
    number: number,
    at: number,
    end: number,
    isFirst: boolean,
    isLast: boolean,
  ): SctpFragment {
    const held = new HeldBytes(this.budget, this);
    held.take(packet, at, end);
    let fragments = this.messages.get(message);
    if (fragments === undefined) this.messages.set(message, (fragments = new Map<number, SctpFragment>()));
    const earlier = fragments.get(number);
    if (earlier !== undefined) {
      earlier.held.release();
      earlier.held = held;
      return earlier;
    }
    const fragment = new SctpFragment(held, number, isFirst, isLast);
    fragments.set(number, fragment);
    this.count++;
    // Joined with what is on either side; only the ends of a run are kept right.
    const before = isFirst ? undefined : fragments.get((number - 1) >>> 0);
    const behind = isLast ? undefined : fragments.get((number + 1) >>> 0);
    if (before !== undefined && !before.isLast) fragment.runFrom = before.runFrom;
    if (behind !== undefined && !behind.isFirst) fragment.runTo = behind.runTo;
    const from = fragments.get(fragment.runFrom);
    const to = fragments.get(fragment.runTo);
    if (from !== undefined) from.runTo = fragment.runTo;
    if (to !== undefined) to.runFrom = fragment.runFrom;
    return fragment;
  }

  /** The whole message that the fragment is part of, whoever gets it releases it; null while some of it is missing. */
  whole(packet: Packet, message: number, fragment: SctpFragment): HeldBytes | null {
    const fragments = this.messages.get(message);
    const { runFrom, runTo } = fragment;
    if (fragments?.get(runFrom)?.isFirst !== true || fragments.get(runTo)?.isLast !== true) return null;
    const joined = new HeldBytes(this.budget, this);
    for (let number = runFrom; ; number = (number + 1) >>> 0) {
      const part = fragments.get(number);
      if (part === undefined) break;
      part.held.lend(packet);
      joined.take(packet, 0, part.held.length);
      part.held.restore(packet);
      part.held.release();
      fragments.delete(number);
      this.count--;
      if (number === runTo) break;
    }
    if (fragments.size === 0) this.messages.delete(message);
    return joined;
  }

  /** Whether it is time to give up. */
  get isFull(): boolean {
    return this.count > MAX_SCTP_FRAGMENTS || this.held > 2 * MAX_MESSAGE;
  }

  giveUp(packet: Packet): void {
    this.drop(packet, Outcome.LimitReached, tooMany);
  }

  /** The capture is over. */
  finish(packet: Packet): void {
    if (this.count > 0) this.drop(packet, Outcome.TcpGap, notWhole);
  }

  private drop(packet: Packet, outcome: Outcome, why: FaultKind): void {
    packet.faults.note(why, packet.frame);
    for (const fragments of this.messages.values()) {
      for (const fragment of fragments.values()) {
        fragment.held.release();
        if (fragment.counted) packet.ledger.move(Outcome.SipSegment, outcome, 1);
      }
    }
    this.messages.clear();
    this.count = 0;
  }
}

const tooMany = {
  protocol: 'sctp',
  code: 'limit-reached',
  text: 'More fragments of SCTP messages wait for the others than there is room for; they are left out.',
};
const notWhole = {
  protocol: 'sctp',
  code: 'message-not-whole',
  text: 'Fragments of an SCTP message are not in the capture; the message is left out.',
};
