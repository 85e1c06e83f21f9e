import { U32Column } from '../bytes/column.ts';
import { rankOf, Relation, relation, type Rank } from './verdict/attempts.ts';
import { Flag, type Messages } from './messages.ts';
import { Records } from './records.ts';
import type { Sighting } from './sighting.ts';
import { Field, type Transactions } from './transactions.ts';

/** What is kept of each call. Rows are row + 1, 0 is none. */
const Kept = {
  First: 0,
  Last: 1,
  Messages: 2,
  Retransmissions: 3,
  Copies: 4,
  Deciding: 5,
  Began: 6,
  /** Rank of the deciding transaction, so that it need not be looked at for each new one. */
  Rank: 7,
} as const;

/** Messages of a call that are passed at most to find the place of a late one. */
const MAX_STEPS = 1024;

/**
 * Calls: all messages of one Call-ID, whatever the method. The number of a call is the number of its Call-ID in
 * `Messages.callIds`, from 1 in order of first message. Messages without Call-ID belong to no call. What became of a
 * call is worked out when somebody asks (state.ts), from its transactions.
 */
export class Calls {
  /** By row: row + 1 of the next message of the call, 0 at its end. */
  readonly next = new U32Column();

  private readonly kept = new Records(8);
  /** By call: row + 1 of the message last put where it belongs. Few calls have such: what stood behind a hole in a stream is handed over late. */
  private readonly late = new Map<number, number>();
  private readonly table: Messages;
  private readonly transactions: Transactions;

  constructor(messages: Messages, transactions: Transactions) {
    this.table = messages;
    this.transactions = transactions;
    this.kept.push();
  }

  /** Calls are numbered 1 to `count`. */
  get count(): number {
    return this.kept.length - 1;
  }

  message(row: number, { callId: call, frame }: Sighting): void {
    const { table, kept } = this;
    this.next.push(0);
    if (call === 0) return;
    while (this.count < call) kept.push();
    const last = kept.get(call, Kept.Last);
    if (last === 0) {
      kept.set(call, Kept.First, row + 1);
      kept.set(call, Kept.Last, row + 1);
    } else if (frame >= table.frame.get(last - 1) || !this.insert(call, row)) this.append(call, last, row);
    const flags = table.flags.get(row);
    if ((flags & Flag.Copy) !== 0) {
      kept.increment(call, Kept.Copies);
      return;
    }
    kept.increment(call, Kept.Messages);
    if ((flags & Flag.Retransmission) !== 0) {
      kept.increment(call, Kept.Retransmissions);
      return;
    }
    const transaction = this.transactions.of.get(row);
    if (transaction !== 0 && this.transactions.get(transaction, Field.First) === row + 1)
      this.opened(call, transaction);
  }

  /** Row of a call's first message. */
  first(call: number): number {
    return this.kept.get(call, Kept.First) - 1;
  }

  /** Row of its last message. */
  last(call: number): number {
    return this.kept.get(call, Kept.Last) - 1;
  }

  /** How many messages it has, retransmissions included, copies not. */
  messages(call: number): number {
    return this.kept.get(call, Kept.Messages);
  }

  retransmissions(call: number): number {
    return this.kept.get(call, Kept.Retransmissions);
  }

  copies(call: number): number {
    return this.kept.get(call, Kept.Copies);
  }

  /** The transaction that decides (attempts.ts); `Field.Next` leads on from it. 0 where the call has none. */
  deciding(call: number): number {
    return this.kept.get(call, Kept.Deciding);
  }

  /** The first transaction on the hop that decides, before later attempts: times count from its request. 0 where the call has none. */
  began(call: number): number {
    return this.kept.get(call, Kept.Began);
  }

  get bytes(): number {
    return this.next.bytes + this.kept.bytes;
  }

  private append(call: number, last: number, row: number): void {
    this.next.set(last - 1, row + 1);
    this.kept.set(call, Kept.Last, row + 1);
  }

  /** Puts a message that was handed over late between the others, by the packets that completed them; false where that would take too long. */
  private insert(call: number, row: number): boolean {
    const { kept, late, next } = this;
    const { frame } = this.table;
    const own = frame.get(row);
    const first = kept.get(call, Kept.First);
    if (frame.get(first - 1) > own) {
      next.set(row, first);
      kept.set(call, Kept.First, row + 1);
      late.set(call, row + 1);
      return true;
    }
    let before = late.get(call) ?? first;
    if (frame.get(before - 1) > own) before = first;
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const behind = next.get(before - 1);
      if (behind === 0) return false;
      if (frame.get(behind - 1) > own) {
        next.set(row, behind);
        next.set(before - 1, row + 1);
        late.set(call, row + 1);
        return true;
      }
      before = behind;
    }
    return false;
  }

  private opened(call: number, transaction: number): void {
    const { kept, table, transactions } = this;
    const deciding = kept.get(call, Kept.Deciding);
    let is: Relation = Relation.Begins;
    if (deciding !== 0) {
      is = relation(table, transactions, deciding, kept.get(call, Kept.Rank) as Rank, transaction);
      if (is === Relation.Follows) return;
    }
    kept.set(call, Kept.Deciding, transaction);
    kept.set(call, Kept.Rank, rankOf(table, transactions, transaction));
    if (is !== Relation.Attempt) kept.set(call, Kept.Began, transaction);
  }
}
