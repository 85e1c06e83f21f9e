import { U8Column } from '../bytes/column.ts';
import { Method } from './method.ts';
import type { Sighting } from './sighting.ts';
import { Field, type Transactions } from './transactions.ts';

/** What each REGISTER transaction wants: read from its first request, as the bytes go by. */
export class Registrations {
  /** By transaction, up to the latest REGISTER: bits of Intent. */
  private readonly intents = new U8Column();
  private readonly transactions: Transactions;

  constructor(transactions: Transactions) {
    this.transactions = transactions;
  }

  message(row: number, { intent, method }: Sighting): void {
    const { transactions } = this;
    if (method !== Method.REGISTER) return;
    const number = transactions.of.get(row);
    if (number === 0 || transactions.get(number, Field.Request) !== row + 1) return;
    while (this.intents.length <= number) this.intents.push(0);
    this.intents.set(number, intent);
  }

  /** Bits of Intent of a REGISTER; 0 for one that only asks, or whose request is not in the capture. */
  intent(transaction: number): number {
    return transaction < this.intents.length ? this.intents.get(transaction) : 0;
  }

  get bytes(): number {
    return this.intents.bytes;
  }
}
