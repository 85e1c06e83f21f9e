import type { Quotes } from './quotes.ts';
import type { Tables } from '../tables.ts';
import type { Verdict } from './verdict.ts';
import { Field } from '../transactions.ts';

const NS = 1_000_000_000;

/** The words that sentences about a verdict are made of. Rows are row + 1, as in the verdict. */
export class Words {
  readonly tables: Tables;
  readonly verdict: Verdict;
  readonly quotes: Quotes;

  constructor(tables: Tables, verdict: Verdict, quotes: Quotes) {
    this.tables = tables;
    this.verdict = verdict;
    this.quotes = quotes;
  }

  /** `frame 7` */
  frame(row: number): string {
    return `frame ${this.tables.messages.frame.get(row - 1)}`;
  }

  /** `486 Busy Here (frame 7)`; everybody knows what 1xx and 2xx say. */
  response(row: number): string {
    const status = this.tables.messages.status.get(row - 1);
    const phrase = status < 300 ? '' : this.quotes.phrase(row - 1);
    return `${status}${phrase === '' ? '' : ` ${phrase}`} (${this.frame(row)})`;
  }

  /** `the INVITE (frame 3)`: what the caller's own hop shows, where it does. */
  request(): string {
    const { tables, verdict } = this;
    const number = verdict.asked || verdict.transaction;
    const method = tables.messages.methods.text(tables.transactions.get(number, Field.Method)) ?? 'request';
    const request = tables.transactions.get(number, Field.Request);
    const name = /^[A-Z]{1,20}$/u.test(method) ? method : 'request';
    return request === 0 ? `the ${name}` : `the ${name} (${this.frame(request)})`;
  }

  /** Row + 1 of the request, or of what there is of its transaction. */
  start(): number {
    const { tables, verdict } = this;
    return (
      tables.transactions.get(verdict.transaction, Field.Request) ||
      tables.transactions.get(verdict.transaction, Field.First)
    );
  }

  /** `, sent 7 times` */
  sent(): string {
    const sendings = this.tables.transactions.get(this.verdict.transaction, Field.Sendings);
    return sendings < 2 ? '' : `, sent ${sendings} times`;
  }

  /** ` after ringing for 12.0 s`, up to the message in row `end`; '' where it hardly did. */
  rang(end: number): string {
    const { ringing } = this.verdict;
    const { time } = this.tables.messages;
    if (ringing === 0 || time.get(end - 1) - time.get(ringing - 1) < NS / 10) return '';
    return ` after ringing for ${this.between(ringing, end)}`;
  }

  /** Time from one message to another. */
  between(from: number, to: number): string {
    const { time } = this.tables.messages;
    return seconds(time.get(to - 1) - time.get(from - 1));
  }

  /** Time from a message to the end of the capture. */
  since(row: number): string {
    return seconds(this.verdict.now - this.tables.messages.time.get(row - 1));
  }
}

function seconds(ns: number): string {
  return `${Math.max(0, ns / NS).toFixed(1)} s`;
}
