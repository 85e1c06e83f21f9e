import { Flag, Method } from '../messages.ts';
import { GIVE_UP, T1, T2 } from './silence.ts';
import type { Tables } from '../tables.ts';
import { Reason, State, type Verdict } from './verdict.ts';
import { Field } from '../transactions.ts';

/** Repetitions of a 2xx after its ACK from which on the ACK was lost and did not just cross them: the second comes a second later. */
export const CLEARLY_AFTER = 2;
/**
 * How long after a 2xx a capture may end without an ACK: the first repetition is due after T1 (13.3.1.4), and had as
 * much time again. Until then the call counts as answered, not as unacknowledged.
 */
const ACK_DUE = 2 * T1;

/**
 * What became of a call that was answered: `transaction` is the INVITE with a 2xx. ACK and BYE count on whatever hop
 * they are seen, for the dialog of that 2xx; other branches of a fork that answered as well are ended by BYEs of their own.
 */
export function answeredState(tables: Tables, transaction: number, verdict: Verdict): void {
  const { transactions, retransmissions } = tables;
  const answer = transactions.get(transaction, Field.Final);
  const status = transactions.status(transaction);
  verdict.transaction = transaction;
  verdict.answer = answer;
  findAckAndBye(tables, answer - 1, verdict);
  const last = retransmissions.latestSending(answer);
  if (verdict.ack === 0) {
    verdict.repeats = last === answer ? 0 : repetitions(tables, answer, answer);
    if (verdict.bye !== 0) verdict.decide(State.unacknowledged, Reason.ByeWithoutAck, answer, status);
    else if (last === answer && verdict.now - tables.messages.time.get(answer - 1) < ACK_DUE)
      verdict.decide(State.inCall, Reason.NoAckYet, answer, status);
    else verdict.decide(State.unacknowledged, Reason.NoAck, answer, status);
    return;
  }
  const lost = last > verdict.ack ? acknowledgement(tables, answer, last, verdict) : Reason.Acknowledged;
  if (lost === Reason.AckLost || lost === Reason.AckLostGaveUp)
    verdict.decide(State.unacknowledged, lost, last, status);
  else if (verdict.bye === 0) verdict.decide(State.inCall, lost, verdict.ack, status);
  else verdict.decide(State.completed, Reason.Bye, verdict.bye, status);
}

/** The first BYE of the dialog, and the first ACK for the 2xx in row `answer`. */
function findAckAndBye(tables: Tables, answer: number, verdict: Verdict): void {
  const { messages, transactions, calls } = tables;
  const cseq = messages.cseqNumber.get(answer);
  for (let other = calls.deciding(verdict.call); other !== 0; other = transactions.get(other, Field.Next)) {
    const method = transactions.get(other, Field.Method);
    if (method !== Method.BYE && method !== Method.ACK) continue;
    const row = (transactions.get(other, Field.Request) || transactions.get(other, Field.First)) - 1;
    const known = method === Method.BYE ? verdict.bye : verdict.ack;
    // Transactions are not always in the order of their packets: what stood behind a hole in a stream comes late.
    if (known !== 0 && messages.frame.get(row) >= messages.frame.get(known - 1)) continue;
    if (!sameDialog(tables, answer, row)) continue;
    if (method === Method.BYE) verdict.bye = row + 1;
    else if (messages.cseqNumber.get(row) === cseq) verdict.ack = row + 1;
  }
  if (verdict.bye !== 0) verdict.byeFromCaller = messages.fromTag.get(verdict.bye - 1) === messages.fromTag.get(answer);
}

/** Call-ID is the same already: the tags are those of the 2xx, either way round (12). Missing ones (RFC 2543) fit any. */
export function sameDialog(tables: Tables, answer: number, row: number): boolean {
  const { fromTag, toTag } = tables.messages;
  const ours = fromTag.get(answer);
  const theirs = toTag.get(answer);
  const from = fromTag.get(row);
  const to = toTag.get(row);
  return (fits(from, ours) && fits(to, theirs)) || (fits(from, theirs) && fits(to, ours));
}

function fits(a: number, b: number): boolean {
  return a === b || a === 0 || b === 0;
}

/**
 * The 2xx was repeated although there is an ACK in the capture: did the ACK arrive in the end? The answering side
 * repeats at intervals that double up to T2, until ACK or for 64*T1, and then hangs up (13.3.1.4). So when a repetition
 * that was due did not come, the ACK had arrived.
 */
function acknowledgement(tables: Tables, answer: number, last: number, verdict: Verdict): Reason {
  const { messages } = tables;
  verdict.repeats = repetitions(tables, answer, verdict.ack);
  if (verdict.repeats < CLEARLY_AFTER) return Reason.Acknowledged;
  verdict.lateAck = ackAfter(tables, answer, last);
  const began = messages.time.get(answer - 1);
  const ended = messages.time.get(last - 1);
  const due = ended + Math.min(ended - began + T1, T2);
  const stopped = verdict.bye !== 0 || verdict.now > due + T1;
  if (!stopped) return Reason.AckLost;
  const early = due + T1 < began + GIVE_UP;
  return early || verdict.byeFromCaller ? Reason.AcknowledgedLate : Reason.AckLostGaveUp;
}

/** Row + 1 of the first ACK for the 2xx in row `answer` - 1 that came after row `last` - 1; 0 where none did. */
function ackAfter(tables: Tables, answer: number, last: number): number {
  const { messages, calls } = tables;
  const cseq = messages.cseqNumber.get(answer - 1);
  for (let row = calls.next.get(last - 1); row !== 0; row = calls.next.get(row - 1)) {
    if (messages.method.get(row - 1) !== Method.ACK || messages.cseqNumber.get(row - 1) !== cseq) continue;
    if ((messages.flags.get(row - 1) & Flag.Copy) === 0 && sameDialog(tables, answer - 1, row - 1)) return row;
  }
  return 0;
}

/** How often the message first sent in row `first` - 1 was sent again after row `behind` - 1. */
function repetitions(tables: Tables, first: number, behind: number): number {
  const { calls, retransmissions } = tables;
  let count = 0;
  for (let row = calls.next.get(behind - 1); row !== 0; row = calls.next.get(row - 1)) {
    if (retransmissions.retransmissionOf(row - 1) === first) count++;
  }
  return count;
}
