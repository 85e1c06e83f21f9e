import { At, Flag, Method, type Messages } from '../messages.ts';
import { Note } from '../row-notes.ts';
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
    const { messages, transactions } = this;
    const number = messages.notes.get(row, Note.Transaction);
    if (number === 0) return;
    const flags = messages.records.get(row, At.Bits);
    if ((flags & Flag.Copy) !== 0) return;
    const record = transactions.records.segmentOf(number);
    const at = transactions.records.offsetOf(number);
    if ((flags & Flag.Request) === 0) this.answered(record, at, row, seen.status);
    else requested(record, at, row, seen.method, flags);
  }

  private answered(record: Uint32Array, at: number, row: number, status: number): void {
    if (status >= 200) {
      const final = record[at + Field.Final] as number;
      if (final === 0 || (status < 300 && this.messages.status.get(final - 1) >= 300))
        record[at + Field.Final] = row + 1;
    } else if (status >= 100) {
      record[at + Field.Provisional] = row + 1;
      if (status >= 180 && status < 190 && record[at + Field.Ringing] === 0) record[at + Field.Ringing] = row + 1;
    }
  }
}

function requested(record: Uint32Array, at: number, row: number, method: number, flags: number): void {
  if (method === Method.ACK && record[at + Field.Method] !== Method.ACK) {
    if (record[at + Field.Ack] === 0) record[at + Field.Ack] = row + 1;
    return;
  }
  if (record[at + Field.Request] === 0) record[at + Field.Request] = row + 1;
  // The same request seen on another hop of the same transaction (behind a NAT) was not sent again.
  else if ((flags & Flag.Retransmission) === 0) return;
  record[at + Field.Sendings] = (record[at + Field.Sendings] as number) + 1;
}
