import { U32Column } from '../bytes/column.ts';
import { OfCall } from './call-records.ts';
import { HashIndex, mix } from './hash-index.ts';
import { At, Flag, Method, type Messages } from './messages.ts';
import { Field as RowField, Records } from './records.ts';
import { Note } from './row-notes.ts';
import type { Sighting } from './sighting.ts';

/**
 * What is known of a transaction. Fields that name rows hold row + 1, and 0 where there is none; from `Request` on they
 * are written by `Progress`.
 */
export const Field = {
  /** The message that opened it: a response where the request is not in the capture. */
  First: 0,
  /** Number in `Messages.methods`. */
  Method: 1,
  /** Hash of Call-ID, CSeq number, From tag and sent-by. */
  Key: 2,
  /** Number of: an INVITE's CANCEL, a CANCEL's INVITE. */
  Related: 3,
  /** Numbers of the transactions opened before and after with the same Call-ID. */
  Before: 4,
  Next: 5,
  /** Number of the transaction before with the same branch. */
  SameBranch: 6,
  /** The latest message of it that does not repeat an earlier one; written by `Retransmissions`. */
  Latest: 7,
  /** A bit for each of its messages, by hash; written by `Retransmissions`. */
  Seen: 8,
  Request: 9,
  /** Times the request was sent on the hop it was first seen on. */
  Sendings: 10,
  /** Last response below 200. */
  Provisional: 11,
  /** First response 180 to 189. */
  Ringing: 12,
  /** First final response; a 2xx behind another takes its place (RFC 3261 16.7, step 5). */
  Final: 13,
  /** First ACK for a final response other than 2xx. */
  Ack: 14,
} as const;
export type Field = (typeof Field)[keyof typeof Field];

/** Transactions with one branch that are looked through one by one; those behind them are found by hash. */
const MAX_SAME_BRANCH = 8;
/** Transactions of a call that a response without Via is tried with, the latest first. */
const MAX_WITHOUT_VIA = 16;

/**
 * Transactions (RFC 3261 17): a request on one hop with its responses, a number from 1 each, in order of their first
 * message. Found by top Via branch, sent-by and method (17.1.3, 17.2.3), and by Call-ID, From tag and CSeq number as
 * well: well-formed ones are the same with or without these, branches without the `z9hG4bK` cookie need them (RFC 2543),
 * and clients that use one branch for everything are told apart. ACK for a final response other than 2xx belongs to the
 * INVITE transaction; ACK for a 2xx is its own; CANCEL is its own and names what it cancels. Messages without Call-ID or
 * method belong to none.
 *
 * A response that came without any Via (some servers copy only the topmost, and the proxy before takes that off) is given
 * to the request with the same CSeq that went the other way.
 */
export class Transactions {
  /** By row: the transaction it belongs to, 0 where none. */
  readonly of: { get(row: number): number };

  /** See Field. */
  readonly records = new Records(15);
  /** By branch: the transaction opened last with it. */
  private readonly byBranch = new U32Column();
  private readonly index = new HashIndex(1 << 8);
  /** How many transactions with the branch looked for `lookUp` went through. */
  private sameBranch = 0;
  private readonly messages: Messages;

  constructor(messages: Messages) {
    this.messages = messages;
    this.of = new RowField(messages.notes, Note.Transaction);
    this.records.push();
  }

  /** How many there are; numbers are 1 to `count`. */
  get count(): number {
    return this.records.length - 1;
  }

  message(row: number, seen: Sighting): void {
    const method = seen.cseqMethod || seen.method;
    if (seen.callId === 0 || method === 0) return;
    while (this.byBranch.length <= seen.branch) this.byBranch.push(0);
    const key = keyOf(seen);
    let number = 0;
    if (method === Method.ACK) number = this.refused(seen, key);
    else if (seen.viaCount === 0) number = this.otherWay(row, method);
    if (number === 0) number = this.lookUp(seen, method, key);
    if (number === 0) number = this.open(row, seen, method, key);
    this.messages.notes.set(row, Note.Transaction, number);
  }

  get(number: number, field: Field): number {
    return this.records.get(number, field);
  }

  set(number: number, field: Field, value: number): void {
    this.records.set(number, field, value);
  }

  /** Status of its final response, 0 where there is none. */
  status(number: number): number {
    const final = this.records.get(number, Field.Final);
    return final === 0 ? 0 : this.messages.status.get(final - 1);
  }

  get bytes(): number {
    return this.records.bytes + this.byBranch.bytes + this.index.bytes;
  }

  /** Opens one for the message in `row`, right after `lookUp` found none for it. */
  private open(row: number, seen: Sighting, method: number, key: number): number {
    const { records } = this;
    const { callRecords } = this.messages;
    const { branch, callId: call } = seen;
    const number = records.push();
    const record = records.segmentOf(number);
    const at = records.offsetOf(number);
    record[at + Field.First] = row + 1;
    record[at + Field.Method] = method;
    record[at + Field.Key] = key;
    if (this.sameBranch >= MAX_SAME_BRANCH) this.index.add(mix(mix(key, branch), method) >>> 0, number);
    else {
      record[at + Field.SameBranch] = this.byBranch.get(branch);
      this.byBranch.set(branch, number);
    }
    const before = callRecords.get(call, OfCall.LastTransaction);
    callRecords.set(call, OfCall.LastTransaction, number);
    if (before !== 0) {
      record[at + Field.Before] = before;
      records.set(before, Field.Next, number);
    }
    if (method === Method.CANCEL) {
      const invite = this.lookUp(seen, Method.INVITE, key);
      record[at + Field.Related] = invite;
      if (invite !== 0) records.set(invite, Field.Related, number);
    }
    return number;
  }

  /** The INVITE transaction that an ACK belongs to, 0 where it acknowledges a 2xx. */
  private refused(seen: Sighting, key: number): number {
    const invite = this.lookUp(seen, Method.INVITE, key);
    if (invite === 0) return 0;
    const status = this.status(invite);
    return status >= 200 && status < 300 ? 0 : invite;
  }

  /** The transaction of this method that a message belongs to by its headers, 0 where there is none yet. */
  private lookUp(seen: Sighting, method: number, key: number): number {
    const { records } = this;
    this.sameBranch = 0;
    let number = this.byBranch.get(seen.branch);
    while (number !== 0) {
      const record = records.segmentOf(number);
      const at = records.offsetOf(number);
      const alike = record[at + Field.Key] === key && record[at + Field.Method] === method;
      if (alike && this.fits(record[at + Field.First] as number, seen)) return number;
      this.sameBranch++;
      number = record[at + Field.SameBranch] as number;
    }
    return this.sameBranch < MAX_SAME_BRANCH ? 0 : this.lookFurther(seen, method, key);
  }

  /** The same for branches that many transactions have, of which the later ones are found by hash. */
  private lookFurther(seen: Sighting, method: number, key: number): number {
    const { records, index } = this;
    const hash = mix(mix(key, seen.branch), method) >>> 0;
    let number = index.first(hash);
    while (number !== 0) {
      const alike = records.get(number, Field.Key) === key && records.get(number, Field.Method) === method;
      if (alike && this.fits(records.get(number, Field.First), seen)) return number;
      number = index.next(hash);
    }
    return 0;
  }

  /** Whether a message belongs to the transaction that row `first` - 1 opened, whose key and method are its own: the hash only spares most looks. */
  private fits(first: number, seen: Sighting): boolean {
    const { records } = this.messages;
    const record = records.segmentOf(first - 1);
    const at = records.offsetOf(first - 1);
    return (
      record[at + At.CallId] === seen.callId &&
      record[at + At.Branch] === seen.branch &&
      record[at + At.FromTag] === seen.fromTag &&
      record[at + At.CseqNumber] === seen.cseqNumber &&
      record[at + At.SentBy] === seen.sentBy
    );
  }

  /** The transaction whose request has the same CSeq and went from where the response in `row` goes to, 0 where there is none. */
  private otherWay(row: number, method: number): number {
    const { messages, records } = this;
    if ((messages.flags.get(row) & Flag.Request) !== 0) return 0;
    let number = messages.callRecords.get(messages.callId.get(row), OfCall.LastTransaction);
    for (let tried = 0; number !== 0 && tried < MAX_WITHOUT_VIA; tried++) {
      const request = records.get(number, Field.Request) - 1;
      if (
        request >= 0 &&
        records.get(number, Field.Method) === method &&
        messages.cseqNumber.get(request) === messages.cseqNumber.get(row) &&
        messages.src.get(request) === messages.dst.get(row) &&
        messages.dst.get(request) === messages.src.get(row) &&
        messages.sport.get(request) === messages.dport.get(row) &&
        messages.dport.get(request) === messages.sport.get(row)
      ) {
        return number;
      }
      number = records.get(number, Field.Before);
    }
    return 0;
  }
}

/** Hash of what has to be the same besides branch and method. */
function keyOf(seen: Sighting): number {
  let hash = mix(seen.callId, seen.sentBy);
  hash = mix(hash, seen.cseqNumber);
  return mix(hash, seen.fromTag) >>> 0;
}
