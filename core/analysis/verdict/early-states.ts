import { OfCall } from '../call-records.ts';
import { Method } from '../method.ts';
import { Note } from '../row-notes.ts';
import type { Sighting } from '../sighting.ts';
import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';
import { judge } from './state.ts';
import { Verdict, type State } from './verdict.ts';

/** Calls that seem to be over and wait to be judged: until so many others seem so, the last messages of most have come. */
const WAITING = 128;
/** Calls with more messages, copies included, are judged when somebody asks: each look at them takes long, and they may seem over often. */
const MOST_MESSAGES = 64;

/** Bits of `OfCall.Early`: a State + 1, and whether the call waits. */
const STATE = 0xff;
const WAITS = 0x100;

/**
 * States of calls that are over, found out while messages still come in: with 32,000 calls judging them all at the end
 * takes longer than what else is left to do then. A state is kept where it does not depend on the time as of which it
 * is asked for, and as long as no message of the call comes.
 */
export class EarlyStates {
  private readonly tables: Tables;
  private readonly waiting: Uint32Array;
  private next = 0;
  private readonly verdict = new Verdict();

  /** @param waiting calls that seem to be over and are not judged yet, at most. */
  constructor(tables: Tables, waiting = WAITING) {
    this.tables = tables;
    this.waiting = new Uint32Array(waiting);
  }

  /** Behind all analyses that a state is made from. */
  message(row: number, { callId: call, status, method }: Sighting): void {
    if (call === 0) return;
    const { callRecords } = this.tables.messages;
    const early = callRecords.get(call, OfCall.Early);
    if ((early & STATE) !== 0) callRecords.set(call, OfCall.Early, early & WAITS);
    if ((early & WAITS) === 0 && (status >= 200 || method === Method.ACK) && this.mayBeOver(row, status))
      this.wait(call);
  }

  /** The state of a call as of any time after its last message; null where it was not found out, or changes with time. */
  of(call: number): State | null {
    const state = this.tables.messages.callRecords.get(call, OfCall.Early) & STATE;
    return state === 0 ? null : ((state - 1) as State);
  }

  /** Whether nothing more may come: there was a final response to another request than INVITE, or an ACK for one to INVITE that refused. */
  private mayBeOver(row: number, status: number): boolean {
    const { messages, transactions } = this.tables;
    const transaction = messages.notes.get(row, Note.Transaction);
    return transaction !== 0 && (transactions.get(transaction, Field.Method) === Method.INVITE) === (status === 0);
  }

  private wait(call: number): void {
    const { waiting, next, tables } = this;
    const { callRecords } = tables.messages;
    const oldest = waiting[next] as number;
    if (oldest !== 0) this.judge(oldest);
    waiting[next] = call;
    this.next = (next + 1) % waiting.length;
    callRecords.set(call, OfCall.Early, WAITS);
  }

  private judge(call: number): void {
    const { tables, verdict } = this;
    const { callRecords } = tables.messages;
    let early = 0;
    if (callRecords.get(call, OfCall.Messages) + callRecords.get(call, OfCall.Copies) <= MOST_MESSAGES) {
      judge(tables, call, 0, verdict);
      if (verdict.isTimeless) early = verdict.state + 1;
    }
    callRecords.set(call, OfCall.Early, early);
  }
}
