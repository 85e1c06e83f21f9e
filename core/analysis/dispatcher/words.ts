import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';

/** Sentences about messages. */
export class Words {
  private readonly tables: Tables;
  private readonly wait: number;

  /** @param wait nanoseconds that the prober waits for an answer */
  constructor(tables: Tables, wait: number) {
    this.tables = tables;
    this.wait = wait;
  }

  frame(row: number): string {
    return `frame ${this.tables.messages.frame.get(row)}`;
  }

  /** Row of a transaction's request. */
  rowOf(number: number): number {
    return this.tables.transactions.get(number, Field.Request) - 1;
  }

  /** @param row the response, or the request where none came in time */
  probe(row: number, status: number, silent: boolean): string {
    return silent
      ? `The probe in ${this.frame(row)} was not answered within ${seconds(this.wait)} (408 at the prober)`
      : `The probe was answered with ${status} (${this.frame(row)})`;
  }

  failedCall(number: number): string {
    const { transactions } = this.tables;
    const final = transactions.get(number, Field.Final);
    return final === 0
      ? `The call in ${this.frame(this.rowOf(number))} was not answered within ${seconds(this.wait)} (408 at the prober)`
      : `The call was answered with ${transactions.status(number)} (${this.frame(final - 1)})`;
  }
}

function seconds(ns: number): string {
  return `${Math.round(ns / 1e8) / 10} s`;
}
