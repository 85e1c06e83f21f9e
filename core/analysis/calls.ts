import { OfCall } from './call-records.ts';
import { rankOf, Relation, relation, type Rank } from './verdict/attempts.ts';
import { At, Flag, type Messages } from './messages.ts';
import { Field as RowField, type Records } from './records.ts';
import { Note } from './row-notes.ts';
import type { Sighting } from './sighting.ts';
import { Field, type Transactions } from './transactions.ts';

/** Messages of a call that are passed at most to find the place of a late one. */
const MAX_STEPS = 1024;

/**
 * Calls: all messages of one Call-ID, whatever the method. The number of a call is the number of its Call-ID in
 * `Messages.callIds`, from 1 in order of first message. Messages without Call-ID belong to no call. What became of a
 * call is worked out when somebody asks (state.ts), from its transactions.
 */
export class Calls {
  /** By row: row + 1 of the next message of the call, 0 at its end. */
  readonly next: { get(row: number): number };

  private readonly kept: Records;
  private readonly notes: Records;
  /** By call: row + 1 of the message last put where it belongs. Few calls have such: what stood behind a hole in a stream is handed over late. */
  private readonly late = new Map<number, number>();
  private readonly table: Messages;
  private readonly transactions: Transactions;

  constructor(messages: Messages, transactions: Transactions) {
    this.table = messages;
    this.transactions = transactions;
    this.kept = messages.callRecords;
    this.notes = messages.notes;
    this.next = new RowField(messages.notes, Note.NextOfCall);
  }

  /** Calls are numbered 1 to `count`. */
  get count(): number {
    return this.kept.length - 1;
  }

  message(row: number, { callId: call, frame }: Sighting): void {
    if (call === 0) return;
    const { table, transactions } = this;
    const record = this.kept.segmentOf(call);
    const at = this.kept.offsetOf(call);
    const last = record[at + OfCall.Last] as number;
    if (last === 0) record[at + OfCall.First] = row + 1;
    if (frame >= (record[at + OfCall.LastFrame] as number) || !this.insert(call, row)) {
      if (last !== 0) this.notes.set(last - 1, Note.NextOfCall, row + 1);
      record[at + OfCall.Last] = row + 1;
      record[at + OfCall.LastFrame] = frame;
    }
    const flags = table.records.get(row, At.Bits);
    if ((flags & Flag.Copy) !== 0) {
      record[at + OfCall.Copies] = (record[at + OfCall.Copies] as number) + 1;
      return;
    }
    record[at + OfCall.Messages] = (record[at + OfCall.Messages] as number) + 1;
    if ((flags & Flag.Retransmission) !== 0) {
      record[at + OfCall.Retransmissions] = (record[at + OfCall.Retransmissions] as number) + 1;
      return;
    }
    const transaction = this.notes.get(row, Note.Transaction);
    if (transaction !== 0 && transactions.records.get(transaction, Field.First) === row + 1)
      this.opened(call, transaction);
  }

  /** Row of a call's first message. */
  first(call: number): number {
    return this.kept.get(call, OfCall.First) - 1;
  }

  /** Row of its last message. */
  last(call: number): number {
    return this.kept.get(call, OfCall.Last) - 1;
  }

  /** How many messages it has, retransmissions included, copies not. */
  messages(call: number): number {
    return this.kept.get(call, OfCall.Messages);
  }

  retransmissions(call: number): number {
    return this.kept.get(call, OfCall.Retransmissions);
  }

  copies(call: number): number {
    return this.kept.get(call, OfCall.Copies);
  }

  /** The transaction that decides (attempts.ts); `Field.Next` leads on from it. 0 where the call has none. */
  deciding(call: number): number {
    return this.kept.get(call, OfCall.Deciding);
  }

  /** The first transaction on the hop that decides, before later attempts: times count from its request. 0 where the call has none. */
  began(call: number): number {
    return this.kept.get(call, OfCall.Began);
  }

  /** Puts a message that was handed over late between the others, by the packets that completed them; false where that would take too long. */
  private insert(call: number, row: number): boolean {
    const { kept, late, next, notes } = this;
    const { frame } = this.table;
    const own = frame.get(row);
    const first = kept.get(call, OfCall.First);
    if (frame.get(first - 1) > own) {
      notes.set(row, Note.NextOfCall, first);
      kept.set(call, OfCall.First, row + 1);
      late.set(call, row + 1);
      return true;
    }
    let before = late.get(call) ?? first;
    if (frame.get(before - 1) > own) before = first;
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const behind = next.get(before - 1);
      if (behind === 0) return false;
      if (frame.get(behind - 1) > own) {
        notes.set(row, Note.NextOfCall, behind);
        notes.set(before - 1, Note.NextOfCall, row + 1);
        late.set(call, row + 1);
        return true;
      }
      before = behind;
    }
    return false;
  }

  private opened(call: number, transaction: number): void {
    const { kept, table, transactions } = this;
    const deciding = kept.get(call, OfCall.Deciding);
    let is: Relation = Relation.Begins;
    if (deciding !== 0) {
      is = relation(table, transactions, deciding, kept.get(call, OfCall.Rank) as Rank, transaction);
      if (is === Relation.Follows) return;
    }
    kept.set(call, OfCall.Deciding, transaction);
    kept.set(call, OfCall.Rank, rankOf(table, transactions, transaction));
    if (is !== Relation.Attempt) kept.set(call, OfCall.Began, transaction);
  }
}
