import type { LadderMessage } from './input.ts';

/** One arrow: a message with all the copies of it that the capture saw. */
export interface Step {
  readonly message: LadderMessage;
  /** How many more times it was captured. */
  copies: number;
  /** The message it repeats on the same hop, where that one is in the ladder too. */
  readonly repeats: LadderMessage | null;
  /** Number of the request in its call, from 1: the same on each hop, for responses and for retransmissions. */
  readonly request: number;
}

/** Messages in capture order → arrows in that order, copies folded into the first one seen. */
export function foldCopies(messages: readonly LadderMessage[]): Step[] {
  const steps: Step[] = [];
  const stepOf = new Map<number, Step>();
  const byRow = new Map<number, LadderMessage>();
  const requests = new Requests();
  for (const message of messages) {
    byRow.set(message.row, message);
    const first = message.copyOf === null ? undefined : stepOf.get(message.copyOf);
    if (first !== undefined) {
      first.copies++;
      stepOf.set(message.row, first);
      continue;
    }
    const { retransmissionOf } = message;
    const repeats = retransmissionOf === null ? null : (byRow.get(retransmissionOf) ?? null);
    const step: Step = { message, copies: 0, repeats, request: requests.numberOf(message) };
    steps.push(step);
    stepOf.set(message.row, step);
    // The packet it is a copy of is not part of this ladder: its other copies are copies of this one.
    if (message.copyOf !== null) stepOf.set(message.copyOf, step);
  }
  return steps;
}

/**
 * Numbers the requests of each call. A request keeps CSeq, method and From tag over all hops (RFC 3261 16.6 lets a
 * proxy change none of them), and each side of a dialog counts its own CSeq.
 */
class Requests {
  private readonly numbers = new Map<string, number>();
  private readonly last: number[] = [];

  numberOf({ callIndex, cseq, fromTag, transactionKey, row }: LadderMessage): number {
    const key =
      cseq === null
        ? `${callIndex} ? ${transactionKey ?? `row ${row}`}`
        : `${callIndex} ${cseq.number} ${cseq.method} ${fromTag ?? ''}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const next = (this.last[callIndex] ?? 0) + 1;
    this.last[callIndex] = next;
    this.numbers.set(key, next);
    return next;
  }
}
