import { isCopy, MAY_BE_COPY } from './copies.ts';
import { mix } from './hash-index.ts';
import { At, Flag, type Messages } from './messages.ts';
import type { Records } from './records.ts';
import { Note } from './row-notes.ts';
import type { Sighting } from './sighting.ts';
import { Field, type Transactions } from './transactions.ts';

/** Different messages of one transaction that a new one is compared with: those before them count as not seen. */
const MAX_DIFFERENT = 64;
/** Earlier sendings of a message that are looked at for being the same packet. */
const MAX_SENDINGS_COMPARED = 8;

/**
 * Which messages repeat an earlier one (RFC 3261 17): the same message of the same transaction, seen again on the same
 * hop. On another hop it is forwarding; with another branch, fewer Max-Forwards or more Vias it is a loop or a spiral.
 * Streams are no different: there it is rare, but a 2xx is repeated over them as well (13.3.1.4). Provisional responses
 * other than 100 have to be equal to the last byte: a new RSeq or SDP makes a new message (RFC 3262).
 *
 * A message that turns out to be a repetition may be one packet that was captured twice (copies.ts).
 */
export class Retransmissions {
  private readonly kept: Records;
  private readonly messages: Messages;
  private readonly transactions: Transactions;

  constructor(messages: Messages, transactions: Transactions) {
    this.messages = messages;
    this.kept = messages.notes;
    this.transactions = transactions;
  }

  message(row: number, seen: Sighting): void {
    const { transactions } = this;
    const notes = this.kept.segmentOf(row);
    const at = this.kept.offsetOf(row);
    const { status, ipId } = seen;
    const provisional = status > 100 && status < 200;
    if (provisional) notes[at + Note.Digest] = seen.digest;
    if (ipId > 0) notes[at + Note.IpId] = ipId;
    else notes[at + Note.Surroundings] = seen.surroundings;
    const transaction = notes[at + Note.Transaction] as number;
    if (transaction === 0) return;
    const record = transactions.records.segmentOf(transaction);
    const to = transactions.records.offsetOf(transaction);
    const latest = record[to + Field.Latest] as number;
    // A bit that is the same for equal messages tells most new ones without looking at those before.
    const met = record[to + Field.Seen] as number;
    const bit = 1 << (mix(mix(seen.src, status), seen.toTag) & 31);
    if ((met & bit) !== 0) {
      const first = this.firstSending(latest, seen, provisional);
      if (first !== 0) {
        this.repeat(first - 1, row);
        return;
      }
    }
    notes[at + Note.Before] = latest;
    record[to + Field.Latest] = row + 1;
    record[to + Field.Seen] = met | bit;
  }

  /** Row + 1 of the message just seen, in the transaction whose latest message is in row `latest` - 1; 0 where it is new. */
  private firstSending(latest: number, seen: Sighting, provisional: boolean): number {
    let other = latest;
    for (let different = 0; other !== 0 && different < MAX_DIFFERENT; different++) {
      if (this.same(other - 1, seen, provisional)) return other;
      other = this.kept.get(other - 1, Note.Before);
    }
    return 0;
  }

  /** Row + 1 of the first sending of the message that `row` retransmits; 0 where it does not (a copy does not). */
  retransmissionOf(row: number): number {
    return (this.messages.flags.get(row) & Flag.Retransmission) === 0 ? 0 : this.kept.get(row, Note.Repeats);
  }

  /** Row + 1 of the other sighting of the packet that `row` is a copy of; 0 where it is none. */
  copyOf(row: number): number {
    return (this.messages.flags.get(row) & Flag.Copy) === 0 ? 0 : this.kept.get(row, Note.Repeats);
  }

  /** Row + 1 of the latest sending of the message first sent in row `first` - 1. */
  latestSending(first: number): number {
    return this.kept.get(first - 1, Note.LatestSending) || first;
  }

  /** `row` is the message that was first sent in row `first`. */
  private repeat(first: number, row: number): void {
    const { messages, kept } = this;
    const latest = kept.get(first, Note.LatestSending);
    let sending = latest === 0 ? first : latest - 1;
    for (let compared = 0; compared < MAX_SENDINGS_COMPARED; compared++) {
      const apart = Math.abs(messages.time.get(row) - messages.time.get(sending));
      if (apart > MAY_BE_COPY) break;
      if (this.samePacket(sending, row, apart)) {
        kept.set(row, Note.Repeats, sending + 1);
        messages.flags.set(row, messages.flags.get(row) | Flag.Copy);
        return;
      }
      if (sending === first) break;
      sending = (kept.get(sending, Note.Before) || first + 1) - 1;
    }
    messages.flags.set(row, messages.flags.get(row) | Flag.Retransmission);
    kept.set(row, Note.Repeats, first + 1);
    kept.set(row, Note.Before, latest);
    kept.set(first, Note.LatestSending, row + 1);
  }

  private samePacket(a: number, b: number, apart: number): boolean {
    const { messages, kept } = this;
    const id = kept.get(a, Note.IpId);
    return (
      messages.length.get(a) === messages.length.get(b) &&
      id === kept.get(b, Note.IpId) &&
      isCopy(apart, id, kept.get(a, Note.Surroundings), kept.get(b, Note.Surroundings))
    );
  }

  /** Whether the message in `row` is the one just seen, on the same hop; they are of one transaction. */
  private same(row: number, seen: Sighting, provisional: boolean): boolean {
    const { records } = this.messages;
    const record = records.segmentOf(row);
    const at = records.offsetOf(row);
    const bits = record[at + At.Bits] as number;
    return (
      ((record[at + At.Status] as number) & 0xffff) === seen.status &&
      record[at + At.Src] === seen.src &&
      ((record[at + At.Methods] as number) & 0xffff) === seen.method &&
      record[at + At.Dst] === seen.dst &&
      record[at + At.Ports] === ((seen.sport << 16) | seen.dport) >>> 0 &&
      ((bits >>> 8) & 0xff) === seen.transport &&
      record[at + At.ToTag] === seen.toTag &&
      bits >>> 16 === (seen.maxForwards | (seen.viaCount << 8)) &&
      (!provisional || (this.kept.get(row, Note.Digest) | 0) === seen.digest)
    );
  }
}
