import type { Quotes } from './quotes.ts';
import type { Tables } from '../tables.ts';
import { Reason, State, type Verdict } from './verdict.ts';
import { Field } from '../transactions.ts';
import { whyAnswered } from './why-answered.ts';
import { cancelOf } from './why-cancel.ts';
import { elsewhere, further, originOf } from './why-more.ts';
import { Words } from './why-words.ts';

/** Characters from which on no further sentence is added. */
const ENOUGH = 220;

/**
 * Why a call has its state, with the frames that show it: one sentence, and what helps to understand it behind, the most
 * important first. One line of about 200 characters. What it says of the capture's own words is what `quotes` brings.
 */
export function why(tables: Tables, verdict: Verdict, quotes: Quotes): string {
  const words = new Words(tables, verdict, quotes);
  let text = sentence(first(words));
  if (verdict.transaction === 0) return text;
  if (verdict.byAnother) text += ` ${sentence(elsewhere(words))}`;
  for (const more of further(words)) {
    const next = ` ${sentence(more)}`;
    if (text.length + next.length <= ENOUGH) text += next;
  }
  return text;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function first(words: Words): string {
  const { verdict } = words;
  if (verdict.transaction === 0) return 'Its messages belong to no transaction: their CSeq is missing or broken';
  switch (verdict.reason) {
    case Reason.Final:
      return refused(words);
    case Reason.Waiting:
    case Reason.TimerRanOut:
    case Reason.RangTooLong:
    case Reason.ManySendings:
    case Reason.SenderGaveUp:
      return `${unanswered(words)}${shownElsewhere(words)}`;
    case Reason.CancelUnanswered:
      return `The caller cancelled (${words.frame(verdict.proof)})${words.rang(verdict.proof)}; the final answer to the INVITE is not in the capture`;
    case Reason.Cancelled:
      return cancelled(words);
    case Reason.EarlyBye:
      return `The caller hung up by BYE (${words.frame(verdict.proof)})${words.rang(verdict.proof)}, before there was a final answer`;
    case Reason.FinalNotCaptured:
      return `The ACK in ${words.frame(verdict.proof)} says that the call was refused; the final answer itself is not in the capture`;
    case Reason.Registered:
      return `The REGISTER was accepted with ${words.response(verdict.proof)}`;
    case Reason.Unregistered:
      return `The REGISTER that removes the binding was accepted with ${words.response(verdict.proof)}`;
    case Reason.Queried:
      return `The REGISTER asked for the bindings only, and was answered with ${words.response(verdict.proof)}`;
    case Reason.Challenged:
      return `The REGISTER was challenged with ${words.response(verdict.proof)}, and no credentials followed in what the capture shows`;
    case Reason.CredentialsRefused:
      return `The REGISTER had credentials, and was answered with ${words.response(verdict.proof)} all the same: they were refused (wrong password, user or realm)`;
    case Reason.AnswerNotCaptured:
      return unseenAnswer(words);
    case Reason.InDialog:
      return within(words);
    default:
      return whyAnswered(words);
  }
}

/** `The INVITE (frame 3) was answered with 486 Busy Here (frame 9) by 192.0.2.1:5060 after ringing for 2.0 s` */
function refused(words: Words): string {
  const { verdict, quotes } = words;
  const answered = `${words.request()} was answered with ${words.response(verdict.proof)}`;
  if (verdict.status < 300) return answered;
  const rang = words.rang(verdict.proof);
  const origin = originOf(words);
  const by = quotes.sender(origin - 1);
  if (by === '') return `${answered}${rang}`;
  return origin === verdict.proof
    ? `${answered} by ${by}${rang}`
    : `${answered}${rang}, first sent by ${by} (${words.frame(origin)})`;
}

/** Nobody answered, or not yet. */
function unanswered(words: Words): string {
  const { verdict, tables } = words;
  const request = words.request();
  const sent = words.sent();
  switch (verdict.reason) {
    case Reason.TimerRanOut:
      return `${request} got no final answer within 32 s (64*T1)${sent}`;
    case Reason.RangTooLong:
      return `${request} got no final answer for 3 minutes after the last provisional one (Timer C)`;
    case Reason.ManySendings:
      return `Nothing answered ${request}${sent}; the capture ends ${words.since(words.start())} after the first`;
    case Reason.SenderGaveUp:
      return sent === ''
        ? `Nothing answered ${request}, and the sender did not repeat it in ${words.since(words.start())}`
        : `Nothing answered ${request}${sent}; the sender stopped repeating it`;
    default: {
      if (verdict.proof !== 0)
        return `It has been ringing since ${words.response(verdict.proof)}, and there is no final answer when the capture ends ${words.since(verdict.proof)} later`;
      const provisional = tables.transactions.get(verdict.transaction, Field.Provisional);
      const soFar = provisional === 0 ? 'no answer' : `no answer but ${words.response(provisional)}`;
      return `${request} has ${soFar} when the capture ends ${words.since(words.start())} later`;
    }
  }
}

/** What is said of a hop only must not deny what others show. */
function shownElsewhere(words: Words): string {
  const { elsewhere: row } = words.verdict;
  return row === 0 ? '' : ` (on the first hop: another hop shows ${words.response(row)})`;
}

function unseenAnswer(words: Words): string {
  const { ack, bye } = words.verdict;
  if (bye !== 0) return `Ended by BYE (${words.frame(bye)}); the answer to the INVITE is not in the capture`;
  return `The ACK in ${words.frame(ack)} says that the call was answered; the answer itself is not in the capture`;
}

function within(words: Words): string {
  const { verdict, tables } = words;
  const begins = `The capture begins within the call (${words.frame(tables.calls.first(verdict.call) + 1)})`;
  if (verdict.state === State.completed) return `${begins}; BYE in ${words.frame(verdict.proof)} ended it`;
  if (verdict.state === State.cancelled) return `${begins}: CANCEL in ${words.frame(verdict.proof)}`;
  return `${begins} and there is no BYE`;
}

function cancelled(words: Words): string {
  const { verdict } = words;
  const answer = words.response(verdict.proof);
  const cancel = cancelOf(words);
  if (cancel.byCaller) {
    const how = cancel.bye ? 'hung up by BYE' : 'cancelled';
    return `The caller ${how} (${words.frame(cancel.row)})${words.rang(cancel.row)}; the INVITE ended with ${answer}`;
  }
  const ended = `The INVITE ended with ${answer}${words.rang(verdict.proof)}`;
  return cancel.row === 0
    ? `${ended}; there is no CANCEL for it in the capture`
    : `${ended}; another hop shows the CANCEL (${words.frame(cancel.row)})`;
}
