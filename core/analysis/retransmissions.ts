import { isCopy, MAY_BE_COPY } from './copies.ts';
import { mix } from './hash-index.ts';
import { Flag, type Messages } from './messages.ts';
import { Records } from './records.ts';
import type { Sighting } from './sighting.ts';
import { Field, type Transactions } from './transactions.ts';

/** Different messages of one transaction that a new one is compared with: those before them count as not seen. */
const MAX_DIFFERENT = 64;
/** Earlier sendings of a message that are looked at for being the same packet. */
const MAX_SENDINGS_COMPARED = 8;

/** What is kept of each row. Rows are row + 1, 0 is none. */
const Kept = {
  Repeats: 0,
  /** On a first sending: the message before it in the transaction. On a retransmission: the sending before it, 0 where that is the first. */
  Before: 1,
  /** On a first sending: the latest one, where there are others. */
  LatestSending: 2,
  /** Of a provisional response other than 100. */
  Digest: 3,
  Surroundings: 4,
  /** IPv4 identification, 0 where there is none (IPv6) or the sender leaves it 0 (RFC 6864). */
  IpId: 5,
} as const;

/**
 * Which messages repeat an earlier one (RFC 3261 17): the same message of the same transaction, seen again on the same
 * hop. On another hop it is forwarding; with another branch, fewer Max-Forwards or more Vias it is a loop or a spiral.
 * Streams are no different: there it is rare, but a 2xx is repeated over them as well (13.3.1.4). Provisional responses
 * other than 100 have to be equal to the last byte: a new RSeq or SDP makes a new message (RFC 3262).
 *
 * A message that turns out to be a repetition may be one packet that was captured twice (copies.ts).
 */
export class Retransmissions {
  private readonly kept = new Records(6);
  private readonly messages: Messages;
  private readonly transactions: Transactions;

  constructor(messages: Messages, transactions: Transactions) {
    this.messages = messages;
    this.transactions = transactions;
  }

  message(row: number, seen: Sighting): void {
    const { transactions, kept } = this;
    kept.push();
    const { status, ipId } = seen;
    const provisional = status > 100 && status < 200;
    if (provisional) kept.set(row, Kept.Digest, seen.digest);
    if (ipId > 0) kept.set(row, Kept.IpId, ipId);
    else kept.set(row, Kept.Surroundings, seen.surroundings);
    const transaction = transactions.of.get(row);
    if (transaction === 0) return;
    const latest = transactions.get(transaction, Field.Latest);
    // A bit that is the same for equal messages tells most new ones without looking at those before.
    const met = transactions.get(transaction, Field.Seen);
    const bit = 1 << (mix(mix(seen.src, status), seen.toTag) & 31);
    let different = (met & bit) === 0 ? MAX_DIFFERENT : 0;
    for (let other = latest; other !== 0 && different < MAX_DIFFERENT; other = kept.get(other - 1, Kept.Before)) {
      if (this.same(other - 1, seen, provisional)) {
        this.repeat(other - 1, row);
        return;
      }
      different++;
    }
    kept.set(row, Kept.Before, latest);
    transactions.set(transaction, Field.Latest, row + 1);
    transactions.set(transaction, Field.Seen, met | bit);
  }

  /** Row + 1 of the first sending of the message that `row` retransmits; 0 where it does not (a copy does not). */
  retransmissionOf(row: number): number {
    return (this.messages.flags.get(row) & Flag.Retransmission) === 0 ? 0 : this.kept.get(row, Kept.Repeats);
  }

  /** Row + 1 of the other sighting of the packet that `row` is a copy of; 0 where it is none. */
  copyOf(row: number): number {
    return (this.messages.flags.get(row) & Flag.Copy) === 0 ? 0 : this.kept.get(row, Kept.Repeats);
  }

  /** Row + 1 of the latest sending of the message first sent in row `first` - 1. */
  latestSending(first: number): number {
    return this.kept.get(first - 1, Kept.LatestSending) || first;
  }

  get bytes(): number {
    return this.kept.bytes;
  }

  /** `row` is the message that was first sent in row `first`. */
  private repeat(first: number, row: number): void {
    const { messages, kept } = this;
    const latest = kept.get(first, Kept.LatestSending);
    let sending = latest === 0 ? first : latest - 1;
    for (let compared = 0; compared < MAX_SENDINGS_COMPARED; compared++) {
      const apart = Math.abs(messages.time.get(row) - messages.time.get(sending));
      if (apart > MAY_BE_COPY) break;
      if (this.samePacket(sending, row, apart)) {
        kept.set(row, Kept.Repeats, sending + 1);
        messages.flags.set(row, messages.flags.get(row) | Flag.Copy);
        return;
      }
      if (sending === first) break;
      sending = (kept.get(sending, Kept.Before) || first + 1) - 1;
    }
    messages.flags.set(row, messages.flags.get(row) | Flag.Retransmission);
    kept.set(row, Kept.Repeats, first + 1);
    kept.set(row, Kept.Before, latest);
    kept.set(first, Kept.LatestSending, row + 1);
  }

  private samePacket(a: number, b: number, apart: number): boolean {
    const { messages, kept } = this;
    const id = kept.get(a, Kept.IpId);
    return (
      messages.length.get(a) === messages.length.get(b) &&
      id === kept.get(b, Kept.IpId) &&
      isCopy(apart, id, kept.get(a, Kept.Surroundings), kept.get(b, Kept.Surroundings))
    );
  }

  /** Whether the message in `row` is the one just seen, on the same hop; they are of one transaction. */
  private same(row: number, seen: Sighting, provisional: boolean): boolean {
    const { messages } = this;
    return (
      messages.status.get(row) === seen.status &&
      messages.src.get(row) === seen.src &&
      messages.method.get(row) === seen.method &&
      messages.dst.get(row) === seen.dst &&
      messages.sport.get(row) === seen.sport &&
      messages.dport.get(row) === seen.dport &&
      messages.transport.get(row) === seen.transport &&
      messages.toTag.get(row) === seen.toTag &&
      messages.maxForwards.get(row) === seen.maxForwards &&
      messages.viaCount.get(row) === seen.viaCount &&
      (!provisional || (this.kept.get(row, Kept.Digest) | 0) === seen.digest)
    );
  }
}
