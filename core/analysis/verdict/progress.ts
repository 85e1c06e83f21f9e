import { Flag, Method, type Messages } from '../messages.ts';
import type { Sighting } from '../sighting.ts';
import { Field, type Transactions } from '../transactions.ts';

/** How far each transaction got: its request, provisional and final responses, and how often they were sent. Copies take no part. */
export class Progress {
  private readonly messages: Messages;
  private readonly transactions: Transactions;

  constructor(messages: Messages, transactions: Transactions) {
    this.messages = messages;
    this.transactions = transactions;
  }

  message(row: number, seen: Sighting): void {
    const number = this.transactions.of.get(row);
    const flags = this.messages.flags.get(row);
    if (number === 0 || (flags & Flag.Copy) !== 0) return;
    if ((flags & Flag.Request) === 0) this.answered(number, row, seen.status);
    else this.requested(number, row, seen.method, flags);
  }

  private requested(number: number, row: number, method: number, flags: number): void {
    const { transactions } = this;
    if (method === Method.ACK && transactions.get(number, Field.Method) !== Method.ACK) {
      if (transactions.get(number, Field.Ack) === 0) transactions.set(number, Field.Ack, row + 1);
      return;
    }
    const first = transactions.get(number, Field.Request) === 0;
    if (first) transactions.set(number, Field.Request, row + 1);
    // The same request seen on another hop of the same transaction (behind a NAT) was not sent again.
    else if ((flags & Flag.Retransmission) === 0) return;
    transactions.set(number, Field.Sendings, transactions.get(number, Field.Sendings) + 1);
  }

  private answered(number: number, row: number, status: number): void {
    const { messages, transactions } = this;
    if (status >= 200) {
      const final = transactions.get(number, Field.Final);
      if (final === 0 || (status < 300 && messages.status.get(final - 1) >= 300)) {
        transactions.set(number, Field.Final, row + 1);
      }
    } else if (status >= 100) {
      transactions.set(number, Field.Provisional, row + 1);
      if (status >= 180 && status < 190 && transactions.get(number, Field.Ringing) === 0) {
        transactions.set(number, Field.Ringing, row + 1);
      }
    }
  }
}
